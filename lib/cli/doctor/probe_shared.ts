/**
 * One of two processes, on two nodes, that try a folder which both see: `probe_shared.ts FOLDER [PLACE]`. The first one
 * takes a lock, writes and renames; the second one says what it sees of that. Each prints one line of JSON.
 * @module
 */
import { hostname } from "node:os";
import { join } from "node:path";
import { exists, isFilledFolder, namesIn, removeTree, writeFileAtomic } from "../../files.ts";
import { tryLock } from "../../lab/run/lock.ts";
import { print } from "../terminal/print.ts";

/** What one of them found. Times in seconds. */
export type Seen =
  & { readonly host: string }
  & (
    /** From writing a file until the other one's answer to it was there. */
    | { readonly role: "writer"; readonly back: number }
    | {
      readonly role: "reader";
      /** Whether the writer's lock kept it out, and the writer's folder stayed when it renamed one onto it. */
      readonly isKeptOut: boolean;
      readonly isLeftAlone: boolean;
      /** What it read of the writer's folder as soon as that had its name. */
      readonly isWhole: boolean;
      /** How far its clock is ahead of the writer's. */
      readonly ahead: number;
    }
    | { readonly role: "writer" | "reader"; readonly unseen: string }
  );

/** As long as a network drive may keep a listing, and a little. */
const PATIENCE_MS = 90_000;
const TEXT = "x".repeat(1 << 20);

/** Waits until the other one's file is there. */
async function until(folder: string, name: string): Promise<boolean> {
  for (const start = performance.now(); performance.now() - start < PATIENCE_MS;) {
    // The list is asked anew; that a file was not there may be remembered.
    if (namesIn(folder).includes(name)) return true;
    await new Promise((done) => setTimeout(done, 20));
  }
  return false;
}

async function write(folder: string): Promise<Seen> {
  const host = Deno.env.get("SLURMD_NODENAME") ?? hostname();
  Deno.mkdirSync(folder);
  const lock = tryLock(join(folder, "lock"), "probe");
  if (lock === undefined) return { host, role: "writer", unseen: "a lock that nobody has" };
  const made = join(folder, "made.writer");
  Deno.mkdirSync(made);
  writeFileAtomic(join(made, "file"), TEXT);
  Deno.renameSync(made, join(folder, "made"));
  const start = performance.now();
  writeFileAtomic(join(folder, "ping"), String(Date.now()));
  const isBack = await until(folder, "pong");
  const back = (performance.now() - start) / 1000;
  if (isBack) await until(folder, "end");
  lock.release();
  removeTree(folder);
  return isBack
    ? { host, role: "writer", back }
    : { host, role: "writer", unseen: "the other node's answer" };
}

async function read(folder: string): Promise<Seen> {
  const host = Deno.env.get("SLURMD_NODENAME") ?? hostname();
  if (!await until(folder, "ping")) return { host, role: "reader", unseen: "the other node's file" };
  writeFileAtomic(join(folder, "pong"), "");
  const ahead = (Date.now() - Number(Deno.readTextFileSync(join(folder, "ping")))) / 1000;
  const lock = tryLock(join(folder, "lock"), "probe");
  lock?.release();
  const made = join(folder, "made", "file");
  const isWhole = exists(made) && Deno.readTextFileSync(made) === TEXT;
  const own = join(folder, "made.reader");
  Deno.mkdirSync(own);
  let isLeftAlone = false;
  try {
    Deno.renameSync(own, join(folder, "made"));
  } catch (error) {
    if (!isFilledFolder(error)) throw error;
    isLeftAlone = exists(made);
  }
  writeFileAtomic(join(folder, "end"), "");
  return { host, role: "reader", isKeptOut: lock === undefined, isLeftAlone, isWhole, ahead };
}

if (import.meta.main) {
  const [folder, place = Deno.env.get("SLURM_PROCID")] = Deno.args;
  print(JSON.stringify(await (place === "0" ? write : read)(folder!)));
}
