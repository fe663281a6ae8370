/**
 * One go at a run, as a folder: the request, a folder for each process that takes it on, with its messages as they come and
 * its result, checksummed and written last, and the log of what it printed. Parent and worker need no other connection, so
 * that they may be on different machines. A queue may start an attempt twice, and both may live: neither touches what the
 * other one writes.
 * @module
 */
import { basename, dirname, join } from "node:path";
import { clearTree, exists, namesIn, unlessGone, writeAll, writeFileAtomic } from "../../files.ts";
import type { LabPaths } from "../record/paths.ts";
import { decodeChecked, encodeRecord, TornRecord } from "../record/record.ts";
import type { WorkerMessage, WorkerRequest, WorkerResult } from "./messages.ts";

/** An attempt's folder and its files. */
export interface Attempt {
  /** As no other attempt is called, whichever machine makes it. */
  readonly id: string;
  readonly folder: string;
  readonly request: string;
  /** Who starts it, where that is a queue that outlives the lab. */
  readonly handle: string;
  /** What its processes print. */
  readonly log: string;
}

/** The files of an attempt's folder. */
export function attemptIn(folder: string): Attempt {
  const at = (name: string): string => join(folder, name);
  return {
    id: basename(folder),
    folder,
    request: at("request.json"),
    handle: at("handle.json"),
    log: at("log.txt"),
  };
}

/** A fresh folder with the request, and the folders that the worker may fill but not make. */
export function newAttempt(paths: LabPaths, run: string, request: WorkerRequest): Attempt {
  const { jobs, artifacts, checkpoints, tmp, cache, locks, objects } = paths;
  for (const folder of [artifacts, checkpoints, tmp, cache, locks, objects]) {
    Deno.mkdirSync(folder, { recursive: true });
  }
  const attempt = attemptIn(join(jobs, run, crypto.randomUUID()));
  writeFileAtomic(attempt.request, JSON.stringify(request));
  return attempt;
}

/** Who has an attempt under way: an executor, and what it knows it by. */
export interface Kept {
  readonly executor: string;
  readonly id: string;
  /** Whether somebody has asked it to end: whoever follows it begins it no more. */
  readonly isCancelled?: true;
}

/** Written before the executor is asked, so that nothing is under way that nobody knows of. */
export function writeHandle({ handle }: Attempt, kept: Kept): void {
  writeFileAtomic(handle, JSON.stringify(kept));
}

/** Undefined where nothing outlives the lab. */
export function readHandle({ handle }: Attempt): Kept | undefined {
  return unlessGone(() => JSON.parse(Deno.readTextFileSync(handle)));
}

/** What the worker was asked for. */
export function readRequest({ request }: Attempt): WorkerRequest {
  return JSON.parse(Deno.readTextFileSync(request));
}

/** An attempt that is there. */
export interface Found {
  /** The run's id. */
  readonly run: string;
  readonly attempt: Attempt;
  readonly request: WorkerRequest;
  readonly handle: Kept | undefined;
}

/** Every attempt that is there; another process may end and remove one at any moment. */
export function allAttempts(paths: LabPaths): Found[] {
  return attemptFolders(paths).flatMap(({ run, attempt }) =>
    unlessGone(() => [{ run, attempt, request: readRequest(attempt), handle: readHandle(attempt) }]) ?? []
  );
}

/** Those too of which only what a late process wrote is left. */
export function attemptFolders({ jobs }: LabPaths): Pick<Found, "run" | "attempt">[] {
  return namesIn(jobs).flatMap((run) =>
    namesIn(join(jobs, run)).map((name) => ({ run, attempt: attemptIn(join(jobs, run, name)) }))
  );
}

/** What one process leaves in an attempt. */
export interface Try {
  send(message: WorkerMessage): void;
  /** Written last. */
  end(result: WorkerResult): void;
  [Symbol.dispose](): void;
}

/** A process takes an attempt on. @param process as no other one on any machine is called */
export function openTry({ folder }: Attempt, process: string): Try {
  const own = join(folder, process);
  Deno.mkdirSync(own);
  const file = Deno.openSync(join(own, MESSAGES), { create: true, append: true });
  return {
    send: (message) => writeAll(file, new TextEncoder().encode(`${JSON.stringify(message)}\n`)),
    end: (result) => writeFileAtomic(join(own, RESULT), encodeRecord(result)),
    [Symbol.dispose]: () => file.close(),
  };
}

const MESSAGES = "messages.ndjson";
const RESULT = "result.json";

/** Reads the messages of all processes that are new since the last call, whole lines only. */
export function messageReader({ folder }: Attempt): () => WorkerMessage[] {
  const offsets = new Map<string, number>();
  return () =>
    triesIn(folder).flatMap((own) => {
      const { lines, end } = linesSince(join(own, MESSAGES), offsets.get(own) ?? 0);
      offsets.set(own, end);
      return lines.map((line): WorkerMessage => JSON.parse(line));
    });
}

function linesSince(path: string, offset: number): { lines: string[]; end: number } {
  using file = unlessGone(() => Deno.openSync(path));
  if (file === undefined) return { lines: [], end: offset };
  const length = file.statSync().size - offset;
  if (length <= 0) return { lines: [], end: offset };
  file.seekSync(offset, Deno.SeekMode.Start);
  const bytes = new Uint8Array(length);
  let read = 0;
  for (let got = file.readSync(bytes); got && read < length; got = file.readSync(bytes.subarray(read))) {
    read += got;
  }
  const end = bytes.subarray(0, read).lastIndexOf(10) + 1;
  return {
    lines: new TextDecoder().decode(bytes.subarray(0, end)).split("\n").slice(0, -1),
    end: offset + end,
  };
}

/** A whole result of any of its processes, one that says that the work is done before one that says why not. */
export function readResult({ folder }: Attempt): WorkerResult | undefined {
  const results = triesIn(folder).flatMap((own) => {
    const path = join(own, RESULT);
    // By the list of names: that a file was not there may be remembered longer.
    if (!namesIn(own).includes(RESULT)) return [];
    try {
      return [decodeChecked(Deno.readTextFileSync(path), path) as unknown as WorkerResult];
    } catch (error) {
      if (error instanceof TornRecord) return [];
      throw error;
    }
  });
  return results.find(({ type }) => type !== "failed") ?? results.at(-1);
}

/** The end of what its processes printed. */
export function readLog({ log }: Attempt): string {
  return exists(log) ? Deno.readTextFileSync(log).slice(-16_000) : "";
}

/** Removes what the attempt and its processes wrote; what one that still lives writes meanwhile is left for `sweep`. */
export function removeAttempt({ tmp }: LabPaths, { id, folder }: Attempt): void {
  for (const own of [folder, join(tmp, id)]) clearTree(own);
  const run = dirname(folder);
  if (namesIn(run).length === 0) clearTree(run);
}

/** Where a process of the attempt makes steps. */
export function scratchOf({ tmp }: LabPaths, { id }: Attempt, process: string): string {
  return join(tmp, id, process);
}

/** The folders of the processes; none where the attempt has been cleared away. */
function triesIn(folder: string): string[] {
  const entries = unlessGone(() => [...Deno.readDirSync(folder)]) ?? [];
  return entries.filter(({ isDirectory }) => isDirectory).map(({ name }) => join(folder, name)).sort();
}
