/**
 * Writing files so that a reader sees the old bytes or the new ones, never half: write beside, flush, rename.
 * @module
 */
import { dirname } from "node:path";
import { asUserError } from "./os_errors.ts";

/**
 * Writes `path` atomically and durably (data flushed before the rename); makes the folder if needed. Writers of one file
 * may be on several machines, where process ids repeat: each writes beside under a name of its own.
 * @throws {UserError} when the system refuses, say on a full disk; the old file is still there then.
 */
export function writeFileAtomic(path: string, data: Uint8Array | string | Iterable<Uint8Array>): void {
  const beside = `${path}.${crypto.randomUUID().slice(-12)}.tmp`;
  const chunks = typeof data === "string"
    ? [new TextEncoder().encode(data)]
    : data instanceof Uint8Array
    ? [data]
    : data;
  let isMade = false;
  try {
    Deno.mkdirSync(dirname(path), { recursive: true });
    const file = Deno.openSync(beside, { write: true, create: true, truncate: true });
    isMade = true;
    try {
      for (const chunk of chunks) writeAll(file, chunk);
      file.syncDataSync();
    } finally {
      file.close();
    }
    Deno.renameSync(beside, path);
  } catch (error) {
    if (isMade) removeIfThere(beside);
    throw asUserError(error, path);
  }
}

/**
 * Writes a file that must not be there yet, as whole as `writeFileAtomic` does; makes the folder if needed.
 * @returns false, with nothing written, when something is at `path`, also where another process has just put it there
 * @throws {UserError} when the system refuses
 */
export function writeNewFile(path: string, text: string): boolean {
  const beside = `${path}.${crypto.randomUUID().slice(-12)}.tmp`;
  writeFileAtomic(beside, text);
  try {
    // A link is refused where a file is; a rename would take its place.
    Deno.linkSync(beside, path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.AlreadyExists) return false;
    throw asUserError(error, path);
  } finally {
    removeIfThere(beside);
  }
}

/** Whether a folder could not be moved or removed because something is in it, or came into it meanwhile. */
export function isFilledFolder(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ENOTEMPTY" || error.code === "EEXIST");
}

/** What `look` finds; undefined when what it looks at is not there, or goes while it looks. */
export function unlessGone<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/** Removes a folder and all in it; one that is not there is fine. */
export function removeTree(path: string): void {
  unlessGone(() => Deno.removeSync(path, { recursive: true }));
}

/** The same for a folder into which another process may still write: what it writes meanwhile stays. */
export function clearTree(path: string): void {
  try {
    removeTree(path);
  } catch (error) {
    if (!isFilledFolder(error)) throw error;
  }
}

/** Removes a file; a file that is not there is fine. */
export function removeIfThere(path: string): void {
  unlessGone(() => Deno.removeSync(path));
}

/** Names of what is in a folder, in order; nothing where it is not there. */
export function namesIn(folder: string): string[] {
  return (unlessGone(() => [...Deno.readDirSync(folder)]) ?? []).map(({ name }) => name).sort();
}

/** How long ago a file was written, or a folder got or lost a name, in ms; undefined where it is not there. */
export function ageOf(path: string): number | undefined {
  const written = writtenAt(path);
  return written === undefined ? undefined : Date.now() - written;
}

/** When a file was last written, in ms since 1970; undefined where it is not there. */
export function writtenAt(path: string): number | undefined {
  return unlessGone(() => Deno.statSync(path).mtime?.getTime() ?? 0);
}

/** What a file looks like from outside: another one after every write; undefined where it is not there. */
export function fileStamp(path: string): string | undefined {
  return unlessGone(() => {
    const { size, mtime, ino } = Deno.statSync(path);
    return `${size}:${mtime?.getTime() ?? 0}:${ino ?? 0}`;
  });
}

/** Whether something exists at `path`. */
export function exists(path: string): boolean {
  try {
    Deno.statSync(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) return false;
    throw error;
  }
}

/** Writes every byte of `data`; a single `writeSync` may take only a part. */
export function writeAll(file: { writeSync(data: Uint8Array): number }, data: Uint8Array): void {
  for (let at = 0; at < data.length;) at += file.writeSync(data.subarray(at));
}
