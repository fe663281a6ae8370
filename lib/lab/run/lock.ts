/**
 * Locks between processes: `flock` on a small file that names its holder. The kernel lets go of the lock when the
 * holder dies, however it dies, so there are no stale locks to judge. Some network drives have no locks, or keep them to
 * one machine: a lock saves work, and nothing may be wrong where two hold it.
 * @module
 */
import { removeIfThere, writeAll } from "../../files.ts";
import { asUserError } from "../../os_errors.ts";
import { mkdirSync } from "node:fs";
import { hostname } from "node:os";
import { dirname } from "node:path";

/** Who holds a lock, as far as the file tells. */
export interface Holder {
  readonly pid: number;
  readonly host: string;
  readonly what: string;
}

export interface Lock {
  release(): void;
}

/** Takes the lock if it is free. @throws {UserError} when the system does not let it be written */
export function tryLock(path: string, what: string): Lock | undefined {
  try {
    mkdirSync(dirname(path), { recursive: true });
    return take(Deno.openSync(path, { read: true, write: true, create: true }), path, what);
  } catch (error) {
    throw asUserError(error, path);
  }
}

/** What a file system without locks says: NFS without lockd, FUSE, old Lustre. */
const WITHOUT_LOCKS = ["ENOLCK", "ENOTSUP", "EOPNOTSUPP", "ENOSYS"];

/** Whether the file is locked for this process now; where the file system has no locks, it is. */
function lockFile(file: Pick<Deno.FsFile, "tryLockSync">, exclusive = true): boolean {
  try {
    return file.tryLockSync(exclusive);
  } catch (error) {
    if (error instanceof Error && "code" in error && WITHOUT_LOCKS.includes(String(error.code))) return true;
    throw error;
  }
}

function take(file: Deno.FsFile, path: string, what: string): Lock | undefined {
  try {
    if (!lockFile(file) || !isStillThere(file, path)) {
      file.close();
      return undefined;
    }
    const holder: Holder = { pid: Deno.pid, host: hostname(), what };
    file.truncateSync();
    writeAll(file, new TextEncoder().encode(JSON.stringify(holder)));
  } catch (error) {
    file.close();
    throw error;
  }
  return {
    release: () => {
      if (isStillThere(file, path)) removeIfThere(path);
      file.close();
    },
  };
}

/** How long a holder may take to write its name, in ms, before waiters call it unknown. */
const NAMING_MS = 1000;

/**
 * Waits for the lock; `onWait` is told once who holds it, as soon as the holder has written its name.
 * @throws what `onWait` throws, and what `signal` was aborted with.
 */
export async function lock(
  path: string,
  what: string,
  options: { onWait?: (holder: Holder | undefined) => void; signal?: AbortSignal } = {},
): Promise<Lock> {
  const start = performance.now();
  for (let told = false;;) {
    const got = tryLock(path, what);
    if (got) return got;
    const holder = told ? undefined : holderOf(path);
    if (!told && (holder !== undefined || performance.now() - start > NAMING_MS)) {
      told = true;
      options.onWait?.(holder);
    }
    await new Promise((done) => setTimeout(done, 50));
    options.signal?.throwIfAborted();
  }
}

/** Whether someone holds the lock; a holder that was killed leaves the file behind. */
export function isHeld(path: string): boolean {
  try {
    using file = Deno.openSync(path, { read: true });
    return !lockFile(file, false);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/** Who holds the lock; undefined when the file is gone or not yet written. */
export function holderOf(path: string): Holder | undefined {
  try {
    return JSON.parse(Deno.readTextFileSync(path)) as Holder;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** A holder removes the file before it lets go: whoever waited on that file has to start over. */
function isStillThere(file: Deno.FsFile, path: string): boolean {
  try {
    const [held, there] = [file.statSync(), Deno.statSync(path)];
    return held.ino === there.ino && held.dev === there.dev;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
