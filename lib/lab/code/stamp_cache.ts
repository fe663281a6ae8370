/**
 * What was computed from a file, remembered by the file's size, time and inode, so that a start does not read every
 * file again. Young files are not remembered (as in git's index: an edit within the clock's tick would go unnoticed).
 * @module
 */
import { ageOf, writeFileAtomic } from "../../files.ts";
import { EnvironmentError } from "../../os_errors.ts";

/** Age in ms from which a modification time is trusted. */
const SETTLED_MS = 2000;

/** Computes with memory; `save` writes the memory back if something was added. */
export interface StampCache<T> {
  get(path: string, compute: (path: string) => T): T;
  save(): void;
}

interface Entry<T> {
  readonly stamp: string;
  readonly value: T;
}

/** Opens the cache at `file`; an unreadable cache is an empty one, since everything in it can be computed again. */
export function openStampCache<T>(file: string): StampCache<T> {
  const entries = load<T>(file);
  let dirty = false;
  return {
    get(path, compute) {
      const stat = Deno.statSync(path);
      const modified = stat.mtime?.getTime() ?? 0;
      const stamp = `${stat.size}:${modified}:${stat.ctime?.getTime() ?? 0}:${stat.ino ?? 0}`;
      const known = entries.get(path);
      if (known?.stamp === stamp) return known.value;
      const value = compute(path);
      if ((ageOf(path) ?? 0) > SETTLED_MS) {
        entries.set(path, { stamp, value });
        dirty = true;
      }
      return value;
    },
    save() {
      if (dirty) remember(file, JSON.stringify([...entries]));
      dirty = false;
    },
  };
}

/** Where nothing can be written the next start computes again. */
function remember(file: string, text: string): void {
  try {
    writeFileAtomic(file, text);
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
  }
}

function load<T>(file: string): Map<string, Entry<T>> {
  try {
    return new Map(JSON.parse(Deno.readTextFileSync(file)) as [string, Entry<T>][]);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof SyntaxError) return new Map();
    if (error instanceof TypeError) return new Map();
    throw error;
  }
}
