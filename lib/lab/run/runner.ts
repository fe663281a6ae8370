/**
 * Runs what is to do, each run in a process of its own, `jobs` at a time, wherever the executor starts it. The parent
 * alone writes records and the store. A failed run spares the others; an interrupt has the workers stopped: whatever they
 * had finished stays cached.
 * @module
 */
import { atLeast } from "../../checked.ts";
import { UserError } from "../../errors.ts";
import { writeFileAtomic } from "../../files.ts";
import { asUserError, EnvironmentError } from "../../os_errors.ts";
import type { ClosureReader } from "../code/closure.ts";
import { declare } from "../experiment/declare.ts";
import { putJson } from "../record/objects.ts";
import type { LabPaths } from "../record/paths.ts";
import type { DecidedRun, Trace } from "../plan/decide.ts";
import { timestamp } from "../record/provenance.ts";
import { RECORD_VERSION, type RunRecord } from "../record/record.ts";
import { writeFailure, writeRecord } from "../record/records.ts";
import { type Attempt, messageReader, newAttempt, readLog, readResult, removeAttempt } from "./attempt.ts";
import type { Executor } from "./executor.ts";
import { openExecutor } from "./executors.ts";
import type { WorkerMessage, WorkerResult } from "./messages.ts";
import { nextRun } from "./next_run.ts";
import { permissionsOf } from "./permissions.ts";

/** What the runner tells while it works. */
export interface RunEvents {
  began(run: DecidedRun): void;
  message(run: DecidedRun, message: WorkerMessage): void;
  ended(run: DecidedRun, ending: Ended | "interrupted"): void;
}

/** Options of one start. */
export interface RunOptions {
  readonly paths: LabPaths;
  readonly closures: ClosureReader;
  readonly jobs: number;
  /** The runs' steps by run, as far as they are known: a run that would wait for a step of another comes later. */
  readonly traces?: ReadonlyMap<string, Trace>;
  /** Where runs are done; by default processes of this machine. */
  readonly executor?: Executor;
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
  const { executor = openExecutor() } = options;
  // The step that each run under way is making.
  const making = new Map<string, string>();
  const message: RunEvents["message"] = (run, message) => {
    if (message.type === "step" && message.reused) making.delete(run.id);
    if (message.type === "step" && !message.reused) making.set(run.id, message.key);
    options.events.message(run, message);
  };
  const events = { ...options.events, message };
  const take = () => nextRun(queue, { traces: options.traces, making: new Set(making.values()) });
  const lane = async (): Promise<void> => {
    for (let run = take(); run && !signal.aborted; run = take()) {
      options.events.began(run);
      const ended = await runOne(run, { ...options, events, signal, executor });
      making.delete(run.id);
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

async function runOne(
  run: DecidedRun,
  options: RunOptions & { readonly executor: Executor },
): Promise<Ended> {
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
      recipe: [...run.resolved.fields],
      inputs: run.inputs.map(({ name, hash, bytes }) => ({ name, hash, bytes })),
      steps: [...last.steps],
      declaration: putJson(paths, declaration),
      provenance: {
        ...options.provenance,
        code: run.code.hash,
        device: run.spec.runtime.device,
        engine: run.spec.runtime.engine,
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

/** Has the run done and passes on what its worker tells. A result is the only success, whatever the executor says. */
async function converse(
  run: DecidedRun,
  { paths, closures, events, signal, executor }: RunOptions & { readonly executor: Executor },
): Promise<WorkerResult> {
  const { file, spec, identity, benchmarks, inputs, absent } = run;
  const surroundings = { benchmarks, inputs, absent };
  const request = { lab: paths.root, file, spec, surroundings, identity };
  const attempt = newAttempt(paths, run.id, request);
  const permissions = await permissionsOf(run, attempt, {
    paths,
    closures,
    notice: (message) => events.message(run, { type: "notice", message }),
  });
  const [handle] = atLeast(
    await executor.submit([{ run: run.id, name: runName(run), attempt, permissions }]),
    1,
  );
  const stop = (): void => void executor.cancel([handle]);
  signal.addEventListener("abort", stop, { once: true });
  if (signal.aborted) stop();
  const news = messageReader(attempt);
  try {
    let over: { readonly how: string; readonly since: number } | undefined;
    for (;;) {
      const state = (await executor.poll([handle])).get(handle.id) ?? { kind: "unknown" };
      const result = readResult(attempt);
      for (const message of news()) events.message(run, message);
      // Its process may still be ending.
      if (result && (state.kind === "ended" || state.kind === "unknown")) return result;
      const how = state.kind === "ended" ? state.how : state.kind === "unknown" ? "was lost" : undefined;
      if (how === undefined) over = undefined;
      else over ??= { how, since: performance.now() };
      if (over && performance.now() - over.since >= executor.patience.result) {
        return failed(over.how, attempt);
      }
      await new Promise((resolve) => setTimeout(resolve, executor.patience.look));
    }
  } finally {
    signal.removeEventListener("abort", stop);
    removeAttempt(attempt);
  }
}

/** A run that has ended without a result. @throws when nothing can be written into its folder, say on a full disk */
function failed(how: string, attempt: Attempt): WorkerResult {
  const stack = readLog(attempt);
  // What stopped it may be what would stop any other.
  writeFileAtomic(attempt.result, "");
  const words = stack.trim().split("\n").at(-1) ?? "";
  return {
    type: "failed",
    message: `The run's process ${how}${words && `: ${words}`}`,
    stack,
    isForAll: false,
  };
}

/** Name of a run for people: "stage_removal / w/o align / seed 2". */
export function runName(run: DecidedRun): string {
  return `${run.experiment.id} / ${run.spec.variant} / seed ${run.spec.seed}`;
}
