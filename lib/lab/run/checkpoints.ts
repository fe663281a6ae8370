/**
 * What an interrupted step goes on from: `.lab/checkpoints/<key>/<process>/`. Each process writes into a folder of its own,
 * since one that is thought dead may still write on another machine, and begins with what another one left.
 * @module
 */
import { dirname, join, relative } from "node:path";
import { removeTree, unlessGone } from "../../files.ts";
import { filesBelow } from "../code/closure.ts";

/** How often a folder that changes while it is copied is copied anew. */
const TRIES = 5;

/**
 * A process's folder for the checkpoints of a step, with what was written last by any other process that began it.
 * @param step the step's folder, with one folder a process
 */
export function takeCheckpoints(step: string, process: string): string {
  const own = join(step, process);
  Deno.mkdirSync(own, { recursive: true });
  const others = [...Deno.readDirSync(step)].filter(({ name, isDirectory }) =>
    isDirectory && name !== process
  )
    .map(({ name }) => join(step, name));
  const left = others.map((folder) => ({ folder, files: stamps(folder) })).filter(({ files }) =>
    files.length > 0
  );
  const newest = left.sort((a, b) => last(b.files) - last(a.files))[0];
  if (newest !== undefined) copyWhole(newest.folder, own);
  return own;
}

/** A file as it was at a moment. */
interface Stamp {
  readonly name: string;
  readonly ino: number | null;
  readonly size: number;
  readonly mtime: number;
}

/** A folder's whole files; of what is being written the name ends in ".tmp". */
function stamps(folder: string): Stamp[] {
  return filesBelow(folder).filter((path) => !path.endsWith(".tmp")).flatMap((path) =>
    unlessGone(() => {
      const { ino, size, mtime } = Deno.statSync(path);
      return [{ name: relative(folder, path), ino, size, mtime: mtime?.getTime() ?? 0 }];
    }) ?? []
  );
}

function last(files: readonly Stamp[]): number {
  return Math.max(...files.map(({ mtime }) => mtime));
}

/** Copies a folder as it is at one moment; where it never holds still the step begins anew. */
function copyWhole(from: string, to: string): void {
  for (let tries = 0; tries < TRIES; tries++) {
    const before = stamps(from);
    for (const { name } of before) unlessGone(() => take(join(from, name), join(to, name)));
    if (JSON.stringify(stamps(from)) === JSON.stringify(before)) return;
    removeTree(to);
    Deno.mkdirSync(to);
  }
}

/** A second name for the same bytes, which nothing changes where they lie; a copy where a file has only one name. */
function take(from: string, to: string): void {
  Deno.mkdirSync(dirname(to), { recursive: true });
  try {
    Deno.linkSync(from, to);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) throw error;
    Deno.copyFileSync(from, to);
  }
}
