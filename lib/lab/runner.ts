/**
 * Runs what is to do, each run in a process of its own, `jobs` at a time. The parent alone writes records and the
 * store. A failed run spares the others; an interrupt tells the workers to stop, waits a moment and ends them: whatever
 * they had finished stays cached.
 * @module
 */
import { UserError } from "../errors.ts";
import { asUserError, EnvironmentError } from "../os_errors.ts";
import { join } from "node:path";
import { childEnvironment } from "./child_environment.ts";
import { declare } from "./declare.ts";
import { denoCommand } from "./deno_command.ts";
import { putJson } from "./objects.ts";
import { toLines } from "./lines.ts";
import { type LabPaths, ROOT } from "./paths.ts";
import type { DecidedRun } from "./plan.ts";
import { timestamp } from "./provenance.ts";
import { RECORD_VERSION, type RunRecord } from "./record.ts";
import { writeFailure, writeRecord } from "./records.ts";
import type { WorkerMessage, WorkerRequest } from "./worker.ts";

/** How long workers have to stop by themselves after an interrupt, in ms. */
const GRACE_MS = 3000;

/** What the runner tells while it works. */
export interface RunEvents {
  began(run: DecidedRun): void;
  message(run: DecidedRun, message: WorkerMessage): void;
  ended(run: DecidedRun, ending: Ended | "interrupted"): void;
}

/** Options of one start. */
export interface RunOptions {
  readonly paths: LabPaths;
  readonly jobs: number;
  readonly provenance: Readonly<Record<string, string>>;
  readonly events: RunEvents;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  /** Called between runs, for instance to bring the store up to date. */
  readonly afterRun: (record: RunRecord) => Promise<void>;
}

/** How it went. */
export interface Outcome {
  readonly finished: readonly RunRecord[];
  readonly failed: readonly { readonly run: DecidedRun; readonly error: string }[];
  readonly interrupted: boolean;
}

/** Runs these. @throws {UserError} at once when the machine lets no run write, say on a full disk */
export async function runAll(runs: readonly DecidedRun[], options: RunOptions): Promise<Outcome> {
  const queue = [...runs];
  const finished: RunRecord[] = [];
  const failed: { run: DecidedRun; error: string }[] = [];
  const refused = new AbortController();
  const signal = AbortSignal.any([options.signal, refused.signal]);
  const lane = async (): Promise<void> => {
    for (let run = queue.shift(); run && !signal.aborted; run = queue.shift()) {
      options.events.began(run);
      const ended = await runOne(run, { ...options, signal });
      if (signal.aborted && "error" in ended) {
        options.events.ended(run, "interrupted");
        return;
      }
      options.events.ended(run, ended);
      if ("record" in ended) {
        finished.push(ended.record);
        await options.afterRun(ended.record);
      } else {
        failed.push({ run, error: ended.error });
        if (ended.isForAll) refused.abort(new UserError(ended.error));
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(options.jobs, runs.length) }, lane));
  if (refused.signal.aborted) throw refused.signal.reason;
  return { finished, failed, interrupted: options.signal.aborted };
}

/** What a run came to; `isForAll`: no other run would fare better. */
export type Ended = { readonly record: RunRecord } | { readonly error: string; readonly isForAll?: boolean };

async function runOne(run: DecidedRun, options: RunOptions): Promise<Ended> {
  const { paths } = options;
  const started = timestamp();
  const clock = performance.now();
  try {
    const last = await converse(run, options);
    if (last.type !== "done") {
      if (!options.signal.aborted && !last.isForAll) {
        const wall_s = (performance.now() - clock) / 1000;
        const { message, stack } = last;
        const times = { started, finished: timestamp(), wall_s };
        writeFailure(paths, { ...recordKey(run), ...times, message, stack });
      }
      return { error: last.message, isForAll: last.isForAll };
    }
    putJson(paths, run.code.closure);
    const declaration = declare(run.experiment, {
      file: run.file,
      scale: run.spec.scale,
      world: run.spec.world,
      benchmarks: run.benchmarks,
    });
    const record: RunRecord = {
      format: "lingualift-run",
      version: RECORD_VERSION,
      ...recordKey(run),
      ingredients: run.ingredients,
      recipe: [...run.resolved.rows],
      inputs: run.inputs.map(({ name, hash, bytes }) => ({ name, hash, bytes })),
      steps: [...last.steps],
      declaration: putJson(paths, declaration),
      provenance: {
        ...options.provenance,
        code: run.code.hash,
        device: run.spec.runtime.device,
        threads: String(run.spec.runtime.threads),
      },
      started,
      finished: timestamp(),
      wall_s: last.wall_s,
      cpu_s: last.cpu_s,
      peak_bytes: last.peak_bytes,
    };
    writeRecord(paths, record);
    return { record };
  } catch (error) {
    const known = asUserError(error, paths.root);
    if (!(known instanceof UserError)) throw error;
    return { error: known.message, isForAll: known instanceof EnvironmentError && known.isBelow(paths.root) };
  }
}

/** What a run record says of which run it is. */
export function recordKey(run: DecidedRun): Pick<
  RunRecord,
  | "id"
  | "experiment"
  | "experiment_version"
  | "variant"
  | "seed"
  | "scale"
  | "world"
  | "method"
  | "method_version"
  | "identity"
> {
  const { experiment, spec, resolved } = run;
  return {
    id: run.id,
    experiment: experiment.id,
    experiment_version: experiment.version,
    variant: spec.variant,
    seed: spec.seed,
    scale: spec.scale,
    world: spec.world,
    method: resolved.method.id,
    method_version: resolved.method.version,
    identity: run.identity,
  };
}

type LastMessage = Extract<WorkerMessage, { type: "done" | "failed" }>;

/** Starts the worker, listens to it to its end, returns its last word. */
async function converse(run: DecidedRun, { paths, events, signal }: RunOptions): Promise<LastMessage> {
  const request: WorkerRequest = { lab: paths.root, file: run.file, spec: run.spec, identity: run.identity };
  const child = new Deno.Command(denoCommand(), {
    args: [
      "run",
      "--no-prompt",
      "--quiet",
      `--config=${join(ROOT, "deno.json")}`,
      "--allow-read",
      `--allow-write=${paths.root}`,
      "--allow-ffi",
      "--allow-env",
      "--allow-sys",
      join(import.meta.dirname!, "worker.ts"),
    ],
    clearEnv: true,
    env: childEnvironment(),
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const input = child.stdin.getWriter();
  const tell = (line: string): Promise<void> =>
    input.write(new TextEncoder().encode(`${line}\n`)).catch(
      () => {/* it is gone already; its status tells */},
    );
  let timer: ReturnType<typeof setTimeout> | undefined;
  let ended = false;
  const interrupt = (): void => {
    tell("stop");
    timer ??= setTimeout(() => {
      if (!ended) child.kill("SIGKILL");
    }, GRACE_MS);
  };
  signal.addEventListener("abort", interrupt, { once: true });
  const log = collectTail(child.stderr, 16_000);
  let last: LastMessage | undefined;
  await tell(JSON.stringify(request));
  if (signal.aborted) interrupt();
  for await (const line of toLines(child.stdout)) {
    const message = parseMessage(line);
    if (message.type === "done" || message.type === "failed") last = message;
    events.message(run, message);
  }
  const status = await child.status;
  ended = true;
  clearTimeout(timer);
  signal.removeEventListener("abort", interrupt);
  await input.close().catch(() => {/* closed by its end */});
  const tail = await log;
  if (last && (last.type === "failed" || status.success)) return last;
  const how = status.signal ? `was killed by ${status.signal}` : `ended with exit code ${status.code}`;
  const words = tail.trim().split("\n").at(-1) ?? "";
  return {
    type: "failed",
    message: `The run's process ${how}${words && `: ${words}`}`,
    stack: tail,
    user: false,
    isForAll: false,
  };
}

/** A line that is no message was printed by a library: shown as a notice. */
function parseMessage(line: string): WorkerMessage {
  try {
    const message = JSON.parse(line) as WorkerMessage;
    if (typeof message === "object" && message !== null && "type" in message) return message;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  return { type: "notice", message: line };
}

async function collectTail(stream: ReadableStream<Uint8Array>, limit: number): Promise<string> {
  let tail = "";
  const text = stream.pipeThrough(new TextDecoderStream() as TransformStream<Uint8Array, string>);
  for await (const chunk of text) tail = (tail + chunk).slice(-limit);
  return tail;
}

/** Name of a run for people: "stage_removal / w/o align / seed 2". */
export function runName(run: DecidedRun): string {
  return `${run.experiment.id} / ${run.spec.variant} / seed ${run.spec.seed}`;
}
