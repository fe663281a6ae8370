/**
 * What `deno task doctor` finds out about the machine by trying: whether the lab can write where it writes, and which
 * devices compute.
 * @module
 */
import { capitalised } from "../../format.ts";
import { dirname, join } from "node:path";
import { atLeast } from "../../checked.ts";
import { exists, namesIn, removeIfThere, writeAll } from "../../files.ts";
import { asUserError, EnvironmentError } from "../../os_errors.ts";
import { childEnvironment, heldBack } from "../../lab/run/child_environment.ts";
import { denoCommand } from "../../lab/run/deno_command.ts";
import { type LabPaths, ROOT } from "../../lab/record/paths.ts";
import type { Examination } from "./examination.ts";

/** Tries to write in every folder that a run or the report writes to. */
export function writing(paths: LabPaths, reports: string): Examination {
  const { root, database, ...folders } = paths;
  const inside = [...Object.values(folders), join(reports, "site"), join(reports, "baselines")].filter(
    exists,
  );
  const files = [database, ...namesIn(paths.locks).map((name) => join(paths.locks, name))].filter(exists);
  const refused = [
    ...[root, reports, ...inside].flatMap((folder) => refusal(() => tryFolder(folder))),
    ...files.flatMap((file) => refusal(() => Deno.openSync(file, { read: true, write: true }).close())),
  ];
  const name = "Writing";
  if (refused.length === 0) return { name, state: "ok", found: `"${root}" and "${reports}" can be written` };
  const more = refused.length > 1 ? `, and ${refused.length - 1} more` : "";
  return { name, state: "error", found: `${refused[0]!.found}${more}`, advice: refused[0]!.advice };
}

/** Writes a block, as a full disk has room for an empty file; leaves nothing behind, not even the folder. */
function tryFolder(folder: string): void {
  const isNew = !exists(folder);
  if (isNew) Deno.mkdirSync(folder, { recursive: true });
  const path = join(folder, `.doctor.${Deno.pid}`);
  try {
    using file = Deno.openSync(path, { write: true, createNew: true });
    writeAll(file, new Uint8Array(4096));
    file.syncDataSync();
  } catch (error) {
    throw asUserError(error, path);
  } finally {
    if (exists(path)) removeIfThere(path);
    if (isNew) Deno.removeSync(folder);
  }
}

function refusal(attempt: () => void): { found: string; advice: string }[] {
  try {
    attempt();
    return [];
  } catch (error) {
    const known = asUserError(error);
    if (known instanceof EnvironmentError) {
      const place = known.path?.replace(/[/\\]\.doctor\.\d+$/, "");
      return [{ found: `"${place}": ${known.wrong}`, advice: capitalised(known.remedy) }];
    }
    if (!(known instanceof Deno.errors.NotCapable)) throw error;
    const [what] = atLeast(known.message.split(","), 1);
    const advice = "What each task may do stands in deno.json; name a folder that it may use";
    return [{ found: `not permitted: ${what.replace(/^R/, "r")}`, advice }];
  }
}

/** The folder itself or the nearest one above it that is there. */
export function nearest(folder: string): string {
  return exists(folder) || dirname(folder) === folder ? folder : nearest(dirname(folder));
}

/** Drivers may hang. */
const PATIENCE_MS = 30_000;

/** Which devices compute, each tried as a run's process has it. */
export async function devices(built: readonly string[]): Promise<Examination> {
  const names = ["cpu", "webgpu", "cuda"].filter((name) => built.includes(name));
  const works = await Promise.all(names.map(computes));
  const [here, missing] = atLeast(
    [true, false].map((wanted) => names.filter((_, at) => works[at] === wanted)),
    2,
  );
  const held = heldBack();
  return {
    name: "Devices",
    state: here.includes("cpu") ? "ok" : "error",
    found: `${here.join(", ")}${
      missing.length > 0 ? `; not here: ${missing.join(", ")} (--device says why)` : ""
    }`,
    ...(missing.length > 0 && held.length > 0
      ? { advice: `Runs do not get ${held.join(", ")}: make these folders known to the system (ldconfig)` }
      : {}),
  };
}

async function computes(device: string): Promise<boolean> {
  const { success } = await new Deno.Command(denoCommand(), {
    args: [
      "run",
      "--no-prompt",
      "--quiet",
      `--config=${join(ROOT, "deno.json")}`,
      "--allow-read",
      "--allow-env",
      "--allow-sys",
      "--allow-ffi",
      join(ROOT, "lib", "tensor", "probe_device.ts"),
      device,
    ],
    clearEnv: true,
    env: childEnvironment(),
    stdin: "null",
    stdout: "null",
    stderr: "null",
    signal: AbortSignal.timeout(PATIENCE_MS),
  }).output();
  return success;
}
