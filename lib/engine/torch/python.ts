/**
 * The Python package of this engine, `python/lingualift_torch`, as a process: messages are a line of JSON each, with
 * bytes behind it where it says so (`python/lingualift_torch/frames.py`). One process serves a whole Deno process, one
 * request after another; loading PyTorch takes seconds.
 * @module
 */
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { UserError } from "../../errors.ts";
import type { Compute } from "../engine.ts";

/** Named so that the package is part of the code that a result depends on. */
const PACKAGE = fileURLToPath(new URL("../../../python/lingualift_torch", import.meta.url));

/** A message of the process. */
export interface Message {
  readonly type: "ready" | "progress" | "done" | "failed";
  readonly [field: string]: unknown;
}

/** Its answer, with the bytes behind it. */
export interface Reply {
  readonly message: Message;
  readonly payload: Uint8Array<ArrayBuffer>;
}

/** Looks at every message that comes before the answer; what it throws ends the process. */
export type Watch = (message: Message) => void;

/** No caches beside the code, no network, no warning about forks. */
const ENVIRONMENT = {
  PYTHONDONTWRITEBYTECODE: "1",
  TOKENIZERS_PARALLELISM: "false",
  HF_HUB_OFFLINE: "1",
};

/** Starts Python with the package. @throws {UserError} when there is none, or it cannot be run */
export function startPython(
  { program }: Pick<Compute, "program">,
  args: readonly string[],
  stdin: "piped" | "null",
): Deno.ChildProcess {
  if (program === undefined) {
    throw new UserError(
      'Cannot use --engine torch: there is no Python with it; run "deno task torch install"',
    );
  }
  try {
    return new Deno.Command(program, {
      args: [...args],
      // Where `-m lingualift_torch` finds it.
      cwd: dirname(PACKAGE),
      env: ENVIRONMENT,
      stdin,
      stdout: "piped",
      stderr: "piped",
    }).spawn();
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new UserError(`Cannot use --engine torch: no program "${program}"; run "deno task torch install"`);
  }
}

/** Reads the messages of a process, and the end of what it says beside them. */
export interface Conversation {
  next(): Promise<Reply | undefined>;
  /** The last lines of its standard error, once it has ended. */
  complaint(): Promise<string>;
}

export function converse(child: Deno.ChildProcess): Conversation {
  const reader = child.stdout.getReader();
  const complaint = lastLines(child.stderr);
  let kept = new Uint8Array(0);

  async function more(): Promise<boolean> {
    const { value, done } = await reader.read();
    if (done) return false;
    const joined = new Uint8Array(kept.length + value.length);
    joined.set(kept);
    joined.set(value, kept.length);
    kept = joined;
    return true;
  }

  return {
    complaint: () => complaint,
    async next() {
      let end: number;
      while ((end = kept.indexOf(10)) < 0) if (!await more()) return undefined;
      const message = JSON.parse(new TextDecoder().decode(kept.subarray(0, end)));
      kept = kept.slice(end + 1);
      const { bytes = 0 } = message as { bytes?: number };
      if (bytes <= kept.length) {
        const payload = kept.slice(0, bytes);
        kept = kept.slice(bytes);
        return { message, payload };
      }
      // Large answers are put together once, not with every chunk.
      const payload = new Uint8Array(bytes);
      payload.set(kept);
      let filled = kept.length;
      kept = new Uint8Array(0);
      while (filled < bytes) {
        const { value, done } = await reader.read();
        if (done) return undefined;
        const part = value.subarray(0, bytes - filled);
        payload.set(part, filled);
        filled += part.length;
        kept = value.slice(part.length);
      }
      return { message, payload };
    },
  };
}

/** What processes have used: of each the last that it told. */
const used = new Map<string, Used>();

/** Processor time in seconds, and memory in bytes, each process at its highest. */
export interface Used {
  readonly cpu_s: number;
  readonly peak_bytes: number;
  /** Of a CUDA device, where one was used. */
  readonly device_bytes?: number | undefined;
}

/** Of all Python processes that this one has started. */
export function usedByPython(): Used {
  const all = [...used.values()];
  return {
    cpu_s: all.reduce((sum, { cpu_s }) => sum + cpu_s, 0),
    peak_bytes: all.reduce((most, { peak_bytes }) => Math.max(most, peak_bytes), 0),
    device_bytes: all.map((one) => one.device_bytes).findLast((bytes) => bytes !== undefined),
  };
}

/** What an answer says that something went wrong is an error here. @param process which said it */
export function checked(reply: Reply | undefined, complaint: string, process: string): Reply {
  if (reply === undefined) {
    const why = complaint === "" ? "it said nothing" : complaint;
    throw new UserError(`The process of --engine torch has ended: ${why}`);
  }
  if (reply.message.used !== undefined) used.set(process, reply.message.used as Used);
  if (reply.message.type !== "failed") return reply;
  const { user, message } = reply.message;
  if (user === true) throw new UserError(String(message));
  throw new Error(`internal, in Python: ${message}`);
}

/** The last lines of a stream, so that an endless one takes no memory. */
async function lastLines(stream: ReadableStream<Uint8Array>): Promise<string> {
  let text = "";
  const decoder = new TextDecoder();
  for await (const chunk of stream) text = (text + decoder.decode(chunk, { stream: true })).slice(-2000);
  return text.trim().split("\n").slice(-3).join(" ");
}
