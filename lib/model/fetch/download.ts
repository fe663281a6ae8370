/**
 * One file over HTTP: what is there already is not asked for again, what arrives is checked before it has its name.
 * @module
 */
import { atLeast } from "../../checked.ts";
import { UserError } from "../../errors.ts";
import { exists, removeIfThere, writeAll } from "../../files.ts";
import { hashFile, sha256File } from "../../hash.ts";
import { asUserError } from "../../os_errors.ts";

/** A file elsewhere. */
export interface Remote {
  readonly url: string;
  /** In bytes, where it is known. */
  readonly size: number | undefined;
  /** Of its content, where it is known. */
  readonly hash: Hash | undefined;
}

/** In hex: SHA-256, or SHA-1 as git computes it of a file. */
export interface Hash {
  readonly kind: "sha256" | "git";
  readonly hex: string;
}

export interface DownloadOptions {
  readonly signal?: AbortSignal | undefined;
  /** Bytes that are there. */
  readonly onBytes?: (done: number) => void;
  /** How long to wait before the first new try, in ms; twice as long before each further one. */
  readonly patience?: number;
}

/** New tries without a byte in between. */
const TRIES = 5;
const PATIENCE_MS = 1000;
/** A connection that brings nothing for so long is dead, in ms. */
const STALLED_MS = 60_000;

/** The connection or the server failed in a way that another try may mend. */
class Passing extends Error {
  override name = "Passing";
}

/**
 * Downloads to `path`, by way of `part`, which stays for the next call when this one is interrupted or fails.
 * @throws {UserError} when the server refuses, keeps failing, or sends something else than what the hash says: then
 * nothing of it stays
 */
export async function download(
  remote: Remote,
  { path, part }: { readonly path: string; readonly part: string },
  options: DownloadOptions = {},
): Promise<void> {
  const { signal, onBytes = () => {}, patience = PATIENCE_MS } = options;
  const isResumed = sizeOf(part) > 0;
  for (let failures = 0; !isComplete(remote, part);) {
    signal?.throwIfAborted();
    const before = sizeOf(part);
    try {
      await receive(remote, part, { signal, onBytes });
      if (remote.size === undefined || sizeOf(part) === remote.size) break;
      throw new Passing(`the connection ended after ${sizeOf(part)} of ${remote.size} bytes`);
    } catch (error) {
      signal?.throwIfAborted();
      if (!(error instanceof Passing)) throw asUserError(error, part);
      failures = sizeOf(part) > before ? 1 : failures + 1;
      if (failures >= TRIES) {
        throw new UserError(
          `Cannot get ${remote.url}: ${error.message}; run the same command again to go on from there`,
          { cause: error },
        );
      }
      await pause(patience * 2 ** (failures - 1), signal);
    }
  }
  const found = remote.hash === undefined ? undefined : hashOf(part, remote.hash.kind);
  if (found !== remote.hash?.hex) {
    removeIfThere(part);
    // What an earlier call left may be at fault, not the server.
    if (isResumed) return await download(remote, { path, part }, options);
    throw new UserError(
      `Cannot use ${remote.url}: its content has the ${remote.hash?.kind} hash ${found}, expected ` +
        `${remote.hash?.hex}; nothing of it was kept, run the same command again`,
    );
  }
  Deno.renameSync(part, path);
}

/** One try: appends to `part` what is not there. */
async function receive(
  { url, size }: Remote,
  part: string,
  { signal, onBytes }: { readonly signal: AbortSignal | undefined; readonly onBytes: (done: number) => void },
): Promise<void> {
  const stalled = new AbortController();
  const watch = () => setTimeout(() => stalled.abort(), STALLED_MS);
  let timer = watch();
  using file = Deno.openSync(part, { write: true, create: true });
  let at = file.seekSync(0, Deno.SeekMode.End);
  try {
    const response = await passing(() =>
      fetch(url, {
        headers: { "accept-encoding": "identity", ...(at > 0 ? { range: `bytes=${at}-` } : {}) },
        signal: AbortSignal.any([stalled.signal, ...(signal ? [signal] : [])]),
      })
    );
    if (!isAnswer(response, at, size)) {
      // What is there does not fit what the server has: from the beginning.
      await response.body?.cancel();
      file.truncateSync(0);
      throw new Passing("the server does not go on from where it ended");
    }
    if (response.status === 200 && at > 0) {
      file.truncateSync(0);
      at = file.seekSync(0, Deno.SeekMode.Start);
    }
    const reader = response.body?.getReader();
    for (let chunk; reader && !(chunk = await passing(() => reader.read())).done;) {
      clearTimeout(timer);
      timer = watch();
      writeAll(file, chunk.value);
      at += chunk.value.length;
      onBytes(at);
    }
  } finally {
    clearTimeout(timer);
  }
}

/** Whether this response holds the bytes from `at` on, or all. @throws {UserError} when the server refuses */
function isAnswer({ status, url, headers }: Response, at: number, size: number | undefined): boolean {
  if (status === 416) return false;
  if (status === 429 || status >= 500) throw new Passing(`the server says ${status}`);
  if (status !== 200 && status !== 206) throw new UserError(`Cannot get ${url}: the server says ${status}`);
  const [, start, whole] = headers.get("content-range")?.match(/^bytes (\d+)-\d+\/(\d+|\*)$/) ?? [];
  if (status === 200) return true;
  return Number(start) === at && (size === undefined || whole === "*" || Number(whole) === size);
}

/** What goes wrong with a connection is a `TypeError` or an abort of our own. */
async function passing<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof TypeError || error instanceof DOMException || error instanceof Deno.errors.Http) {
      throw new Passing(shortReason(error), { cause: error });
    }
    throw error;
  }
}

/** Why a request failed, as one phrase: what Deno wraps around it is left out. */
export function shortReason(error: Error): string {
  const { message } = error.cause instanceof Error ? error.cause : error;
  const [first] = atLeast(message.split("\n"), 1);
  return first.replace(/^error sending request .*?\(http[^)]*\): /, "").replace(
    /^client error \(\w+\): /,
    "",
  );
}

function isComplete({ size }: Remote, part: string): boolean {
  const there = sizeOf(part);
  if (size !== undefined && there > size) removeIfThere(part);
  return there === size;
}

/** Bytes of a file, 0 where there is none. */
export function sizeOf(path: string): number {
  return exists(path) ? Deno.statSync(path).size : 0;
}

function hashOf(path: string, kind: Hash["kind"]): string {
  return kind === "git" ? hashFile("sha1", path, `blob ${sizeOf(path)}\0`) : sha256File(path);
}

function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((done, fail) => {
    const timer = setTimeout(done, ms);
    signal?.addEventListener("abort", () => {
      clearTimeout(timer);
      fail(signal.reason);
    }, { once: true });
  });
}
