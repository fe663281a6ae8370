/**
 * What the operating system refuses, in words that a person can act on: the one place that knows its error codes.
 * Whether something is there is for the reader of that thing to judge, so ENOENT is not among them.
 * @module
 */
import { sep } from "node:path";
import { must } from "./checked.ts";
import { UserError } from "./errors.ts";

/** One kind of refusal. */
interface Refusal {
  /** As the C library words it: libraries with code of their own pass on no more than that. */
  readonly words: string;
  readonly wrong: string;
  readonly remedy: string;
}

const SPACE = "free some space and run again to resume";
const OTHER = "or name another path";

const REFUSALS: Readonly<Record<string, Refusal>> = {
  ENOSPC: { words: "No space left on device", wrong: "the disk is full", remedy: SPACE },
  EDQUOT: {
    words: "Disk quota exceeded",
    wrong: "your disk quota is used up",
    remedy: SPACE,
  },
  EROFS: {
    words: "Read-only file system",
    wrong: "it lies on a read-only file system",
    remedy: `make that writable ${OTHER}`,
  },
  EIO: {
    words: "Input/output error",
    wrong: "the device reports an error",
    remedy: "look at the system's log, and run again to resume when the device is well",
  },
  EACCES: {
    words: "Permission denied",
    wrong: "its owner does not permit it",
    remedy: `change owner or mode of the file and its folders (ls -ld shows them) ${OTHER}`,
  },
  EPERM: {
    words: "Operation not permitted",
    wrong: "the system does not permit it",
    remedy: `look at its owner and attributes (ls -ld, lsattr) ${OTHER}`,
  },
  EISDIR: {
    words: "Is a directory",
    wrong: "it is a folder, expected a file",
    remedy: "name a file",
  },
  ENOTDIR: {
    words: "Not a directory",
    wrong: "it is or goes through a file, expected a folder",
    remedy: "name a folder",
  },
  EEXIST: {
    words: "File exists",
    wrong: "a file is there, expected a folder",
    remedy: "name a folder",
  },
  ENAMETOOLONG: {
    words: "File name too long",
    wrong: "the name is too long for this file system",
    remedy: "name a shorter path",
  },
  ELOOP: {
    words: "Too many levels of symbolic links",
    wrong: "its symbolic links lead in a circle",
    remedy: "mend the links",
  },
  EFBIG: {
    words: "File too large",
    wrong: 'it is larger than this file system or "ulimit -f" permits',
    remedy: `raise the limit ${OTHER}`,
  },
  EBUSY: {
    words: "Device or resource busy",
    wrong: "the system is using it, perhaps as a mount point",
    remedy: `unmount it ${OTHER}`,
  },
  EXDEV: {
    words: "Invalid cross-device link",
    wrong: "a file system is mounted inside the folder",
    remedy: `unmount it ${OTHER}`,
  },
  ESTALE: {
    words: "Stale file handle",
    wrong: "the network file system has lost it",
    remedy: "mount that again and run again to resume",
  },
  EMFILE: {
    words: "Too many open files",
    wrong: "this process may not open more files",
    remedy: 'raise the limit ("ulimit -n 4096") or use fewer --jobs',
  },
  ENFILE: {
    words: "Too many open files in system",
    wrong: "the machine may not open more files",
    remedy: "end other programs and run again to resume",
  },
  EAGAIN: {
    words: "Resource temporarily unavailable",
    wrong: "the machine may not start more processes",
    remedy: 'raise the limit ("ulimit -u") or use fewer --jobs',
  },
};

/** Codes that have meanings of their own elsewhere: a file that should be new, a lock that is held. */
const ONLY_IN: Readonly<Record<string, RegExp>> = { EEXIST: /\bmkdir\b/, EAGAIN: /spawn/ };

/** Words that end in others' come first. */
const BY_WORDS = Object.entries(REFUSALS).sort(([, a], [, b]) => b.words.length - a.words.length);

/** The operating system refuses something. */
export class EnvironmentError extends UserError {
  override name = "EnvironmentError";
  readonly path: string | undefined;
  readonly wrong: string;
  readonly remedy: string;

  /** @param code as in errno.h */
  constructor(readonly code: string, { done, path }: Place, options?: ErrorOptions) {
    const { wrong, remedy } = must(REFUSALS[code], code);
    super(`Cannot ${done}${path === undefined ? "" : ` "${path}"`}: ${wrong}; ${remedy}`, options);
    this.path = path;
    this.wrong = wrong;
    this.remedy = remedy;
  }

  /** Whether it is about something in this folder. */
  isBelow(folder: string): boolean {
    return this.path === folder || (this.path?.startsWith(folder + sep) ?? false);
  }
}

/** What could not be done, to which path. */
interface Place {
  readonly done: string;
  readonly path?: string;
}

/**
 * A refusal of the operating system as an `EnvironmentError`; any other error unchanged.
 * @param path named where the error itself names none
 *
 * @example
 * ```ts
 * import { asUserError } from "./os_errors.ts";
 * import { strictEqual } from "node:assert";
 * const error = asUserError(new Error("IO Error: Disk quota exceeded"), "a.bin") as Error;
 * strictEqual(error.message, 'Cannot write "a.bin": your disk quota is used up; free some space and run again to resume');
 * ```
 */
export function asUserError(error: unknown, path?: string): unknown {
  if (!(error instanceof Error) || error instanceof UserError) return error;
  const code = codeOf(error);
  return code === undefined ? error : new EnvironmentError(code, placeOf(error, path), { cause: error });
}

function codeOf(error: Error & { code?: unknown }): string | undefined {
  const { code, message } = error;
  const found = typeof code === "string"
    ? Object.hasOwn(REFUSALS, code) ? code : undefined
    : BY_WORDS.find(([, { words }]) => message.includes(words))?.[0];
  const isMeant = (ONLY_IN[found ?? ""] ?? /^/).test(message);
  return isMeant ? found : undefined;
}

const READING = /^(l?stat|read\w*|scandir|opendir|realpath)$/;
const REMOVING = /^(remove|rm|rmdir|unlink)$/;

/** Deno ends its messages with "open 'x'" or "rename 'x' -> 'y'". */
function placeOf(error: Error & { path?: string; syscall?: string }, path?: string): Place {
  const started = error.message.match(/^Failed to spawn '(.*?)'/s)?.[1];
  if (started !== undefined) return { done: "start", path: started };
  const [, call = error.syscall ?? "write", from, to] =
    error.message.match(/: (\w+) '((?:(?!' -> ').)*)'(?: -> '(.*)')?$/s) ?? [];
  const named = to ?? from ?? error.path ?? error.message.match(/"([^"]+)"/)?.[1] ?? path;
  if (named === undefined) return { done: "go on" };
  const done = READING.test(call)
    ? "read"
    : REMOVING.test(call)
    ? "remove"
    : call === "open"
    ? "open"
    : "write";
  // The name that a file has while it is written is nobody's concern.
  return { done, path: named.replace(/\.\d+\.tmp$/, "") };
}
