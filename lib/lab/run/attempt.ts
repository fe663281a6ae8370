/**
 * One try at a run, as a folder: the request, the worker's messages as they come, the log of its process, and the result,
 * checksummed and written last. Parent and worker need no other connection, so that they may be on different machines.
 * @module
 */
import { join } from "node:path";
import { exists, writeAll, writeFileAtomic } from "../../files.ts";
import type { LabPaths } from "../record/paths.ts";
import { decodeChecked, encodeRecord, TornRecord } from "../record/record.ts";
import type { WorkerMessage, WorkerRequest, WorkerResult } from "./messages.ts";

/** The folder of a try and its files. */
export interface Attempt {
  readonly folder: string;
  readonly request: string;
  readonly messages: string;
  readonly result: string;
  /** What the process printed. */
  readonly log: string;
}

/** The files of an attempt's folder. */
export function attemptIn(folder: string): Attempt {
  const at = (name: string): string => join(folder, name);
  return {
    folder,
    request: at("request.json"),
    messages: at("messages.ndjson"),
    result: at("result.json"),
    log: at("log.txt"),
  };
}

/**
 * A fresh folder with the request, and the folders that the worker may fill but not make. Its name is no other attempt's,
 * whichever machine makes it.
 */
export function newAttempt(paths: LabPaths, run: string, request: WorkerRequest): Attempt {
  const { jobs, artifacts, checkpoints, tmp, cache, locks, objects } = paths;
  for (const folder of [artifacts, checkpoints, tmp, cache, locks, objects]) {
    Deno.mkdirSync(folder, { recursive: true });
  }
  const attempt = attemptIn(join(jobs, run, crypto.randomUUID()));
  writeFileAtomic(attempt.request, JSON.stringify(request));
  return attempt;
}

/** What the worker was asked for. */
export function readRequest({ request }: Attempt): WorkerRequest {
  return JSON.parse(Deno.readTextFileSync(request));
}

/** Where the worker writes messages. */
export function openMessages({ messages }: Attempt): (message: WorkerMessage) => void {
  const file = Deno.openSync(messages, { create: true, append: true });
  return function send(message) {
    writeAll(file, new TextEncoder().encode(`${JSON.stringify(message)}\n`));
  };
}

/** Reads the messages that are new since the last call, whole lines only. */
export function messageReader({ messages }: Attempt): () => WorkerMessage[] {
  let offset = 0;
  return function news() {
    if (!exists(messages)) return [];
    using file = Deno.openSync(messages);
    const length = file.statSync().size - offset;
    if (length <= 0) return [];
    file.seekSync(offset, Deno.SeekMode.Start);
    const bytes = new Uint8Array(length);
    let read = 0;
    for (let got = file.readSync(bytes); got && read < length; got = file.readSync(bytes.subarray(read))) {
      read += got;
    }
    const end = bytes.subarray(0, read).lastIndexOf(10) + 1;
    offset += end;
    const lines = new TextDecoder().decode(bytes.subarray(0, end)).split("\n").slice(0, -1);
    return lines.map((line): WorkerMessage => JSON.parse(line));
  };
}

/** Written last. */
export function writeResult({ result }: Attempt, value: WorkerResult): void {
  writeFileAtomic(result, encodeRecord(value));
}

/** The result if it is there and whole. */
export function readResult({ result }: Attempt): WorkerResult | undefined {
  if (!exists(result)) return undefined;
  try {
    return decodeChecked(Deno.readTextFileSync(result), result) as unknown as WorkerResult;
  } catch (error) {
    if (error instanceof TornRecord) return undefined;
    throw error;
  }
}

/** The end of what the process printed. */
export function readLog({ log }: Attempt): string {
  return exists(log) ? Deno.readTextFileSync(log).slice(-16_000) : "";
}

/** Removes the folder, and the run's with it when no other attempt is there. */
export function removeAttempt({ folder }: Attempt): void {
  Deno.removeSync(folder, { recursive: true });
  const run = join(folder, "..");
  if ([...Deno.readDirSync(run)].length === 0) Deno.removeSync(run);
}
