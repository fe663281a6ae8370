/**
 * Machines that refuse: full and read-only file systems, files of other users. Where this machine does not let us make
 * one, the test says so and is skipped.
 * @module
 */
import { atLeast } from "../../lib/checked.ts";

/** Runs a command; whether it ended well. A program that is not there did not. */
export function succeeds(...line: string[]): boolean {
  const [command, ...args] = atLeast(line, 1);
  try {
    return new Deno.Command(command, { args, stdin: "null", stdout: "null", stderr: "null" }).outputSync()
      .success;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/** A file system of `size` at `at` while `use` runs. */
export async function withSmallDisk(
  t: Deno.TestContext,
  { at, size }: { at: string; size: string },
  use: () => Promise<void>,
): Promise<void> {
  if (!succeeds("mount", "-t", "tmpfs", "-o", `size=${size}`, "tmpfs", at)) {
    return await skip(t, "this machine does not let us mount a tmpfs");
  }
  try {
    await use();
  } finally {
    await unmount(at);
  }
}

/** Programs that other tests are starting at this moment may hold its files for an instant. @throws {Error} when it stays */
async function unmount(at: string): Promise<void> {
  for (const start = performance.now(); !succeeds("umount", at);) {
    if (performance.now() - start > 10_000) throw new Error(`cannot unmount ${at}`);
    await new Promise((done) => setTimeout(done, 100));
  }
}

/** `folder`, read-only, while `use` runs. */
export async function withReadOnly(
  t: Deno.TestContext,
  folder: string,
  use: () => Promise<void>,
): Promise<void> {
  if (!succeeds("mount", "--bind", folder, folder)) {
    return await skip(t, "this machine does not let us mount a folder");
  }
  try {
    if (!succeeds("mount", "-o", "remount,ro,bind", folder)) {
      throw new Error("the mount cannot be made read-only");
    }
    await use();
  } finally {
    await unmount(folder);
  }
}

/** Gives a folder and all in it to someone else, who lets us read it; root is someone else already without its powers. */
export function giveAway(folder: string): void {
  const given = Deno.uid() === 0
    ? succeeds("chown", "-R", "12345:12345", folder)
    : succeeds("chmod", "-R", "a-w", folder);
  if (!given) throw new Error(`"${folder}" cannot be given away`);
}

/** Makes a folder that no one may look into; `unhide` lets it be removed again. */
export function hide(folder: string): void {
  Deno.chmodSync(folder, 0o000);
}

export function unhide(folder: string): void {
  Deno.chmodSync(folder, 0o755);
  succeeds("chmod", "-R", "u+w", folder);
}

/** How to start a command that has to ask owners; undefined where root cannot lay down its powers. */
export function withoutPowers(...command: string[]): string[] | undefined {
  if (Deno.uid() !== 0) return command;
  const without = ["setpriv", "--bounding-set=-dac_override,-dac_read_search,-fowner", "--inh-caps=-all"];
  return succeeds(...without, "true") ? [...without, ...command] : undefined;
}

/** Marks the test as skipped, with the reason. */
export async function skip(t: Deno.TestContext, reason: string): Promise<void> {
  await t.step({ name: `skipped: ${reason}`, ignore: true, fn: () => {} });
}
