/**
 * Runs what is to do wherever an executor starts it, each run in a process of its own: `jobs` at a time, or all at once
 * where a queue holds them. The parent alone writes records and the store. A failed run spares the others; an interrupt has
 * the workers stopped, or leaves them to their queue: whatever they had finished stays cached.
 * @module
 */
import { setTimeout } from "node:timers/promises";
import { must } from "../../checked.ts";
import { UserError } from "../../errors.ts";
import type { ClosureReader } from "../code/closure.ts";
import type { Resources } from "../experiment/types.ts";
import type { DecidedRun, Trace } from "../plan/decide.ts";
import type { LabPaths } from "../record/paths.ts";
import type { RunRecord } from "../record/record.ts";
import { removeAttempt } from "./attempt.ts";
import type { Executor, State } from "./executor.ts";
import { localExecutor } from "./local.ts";
import type { WorkerMessage } from "./messages.ts";
import { nextRun } from "./next_run.ts";
import { caught, type Ended, endOf, keepResult } from "./record_run.ts";
import { submitAgain, submitAll, submitOne } from "./submit.ts";
import { failureOf, type Finding, leftUnderWay, lookAt, type UnderWay } from "./under_way.ts";

export type { Ended };

/** What the runner tells while it works. */
export interface RunEvents {
  /** A process works on it: on the run, or before on steps of it that others wait for. */
  began(run: DecidedRun): void;
  message(run: DecidedRun, message: WorkerMessage): void;
  /** "prepared": the steps that others wait for are there; the run itself comes later. */
  ended(run: DecidedRun, ending: Ended | "interrupted" | "prepared"): void;
  /** After each look at a queue. */
  looked?(queue: Queue): void;
}

/** What a queue is at. */
export interface Queue {
  readonly running: number;
  readonly waiting: number;
  /** Why the first of those waits, in the queue's words. */
  readonly why: string | undefined;
}

/** Options of one start. */
export interface RunOptions {
  readonly paths: LabPaths;
  readonly closures: ClosureReader;
  /** At a time, where no queue holds them. */
  readonly jobs: number;
  /** The runs' steps by run, as far as they are known: a run that would wait for a step of another comes later. */
  readonly traces?: ReadonlyMap<string, Trace>;
  /** Where runs are done; by default processes of this machine. */
  readonly executor?: Executor;
  /** What a run needs of a machine; by default a processor. */
  readonly resources?: (run: DecidedRun) => Resources;
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
  /** How many a queue goes on with. */
  readonly left: number;
}

/** Runs these. @throws {UserError} at once when the machine lets no run write, say on a full disk */
export async function runAll(runs: readonly DecidedRun[], options: RunOptions): Promise<Outcome> {
  const { executor = localExecutor() } = options;
  const refused = new AbortController();
  const signal = AbortSignal.any([options.signal, refused.signal]);
  const finished: RunRecord[] = [];
  const failed: { run: DecidedRun; error: string }[] = [];
  let indexing = Promise.resolve();
  const left = await schedule(runs, {
    ...options,
    executor,
    signal,
    ended(run, ended) {
      if (signal.aborted && "error" in ended) return options.events.ended(run, "interrupted");
      options.events.ended(run, ended);
      if ("record" in ended) {
        finished.push(ended.record);
        indexing = indexing.then(() => options.afterRun(ended.record)).catch((error) => refused.abort(error));
        return;
      }
      failed.push({ run, error: ended.error });
      if (ended.isForAll) refused.abort(new UserError(ended.error));
    },
  });
  await indexing;
  if (refused.signal.aborted) throw refused.signal.reason;
  return { finished, failed, interrupted: options.signal.aborted, left };
}

/** Options of the loop. */
interface Schedule extends RunOptions {
  readonly executor: Executor;
  ended(run: DecidedRun, ended: Ended): void;
}

/** Begins with runs, looks at those under way, ends them. @returns how many a queue goes on with */
async function schedule(runs: readonly DecidedRun[], options: Schedule): Promise<number> {
  const { paths, executor, signal, events, traces } = options;
  // The step that each run under way is making.
  const making = new Map<string, string>();
  const tell = (run: DecidedRun, message: WorkerMessage): void => {
    if (message.type === "step" && message.reused) making.delete(run.id);
    if (message.type === "step" && !message.reused) making.set(run.id, message.key);
    events.message(run, message);
  };
  const submission = { ...options, notice: tell };
  const open = new Set(
    leftUnderWay(paths, runs, { executor, memory: (run) => options.resources?.(run).memory ?? null }),
  );
  const isKnown = new Set([...open].filter(({ until }) => until === undefined).map(({ run }) => run.id));
  const queue = runs.filter(({ id }) => !isKnown.has(id));
  if (executor.isQueue && queue.length > 0) {
    for (const one of await submitAll(queue.splice(0), submission)) open.add(one);
  }
  for (let isStopping = false;;) {
    while (!signal.aborted && queue.length > 0 && open.size < options.jobs) {
      const run = must(nextRun(queue, { traces, making: new Set(making.values()) }), "a run");
      events.began(run);
      try {
        open.add(await submitOne(run, submission));
      } catch (error) {
        options.ended(run, endOf(paths, error));
      }
    }
    if (open.size === 0 && (queue.length === 0 || signal.aborted)) return 0;
    if (signal.aborted && executor.isQueue) return open.size;
    if (signal.aborted && !isStopping) {
      isStopping = true;
      await executor.cancel([...open].map(({ handle }) => handle));
    }
    const states = await executor.poll([...open].map(({ handle }) => handle));
    if (executor.isQueue) events.looked?.(queueOf([...states.values()]));
    for (const one of open) {
      const { run } = one;
      const state = states.get(one.handle.id) ?? { kind: "unknown" };
      const found = lookAt(one, state, {
        executor,
        begin: () => events.began(run),
        tell: (message) => tell(run, message),
      });
      if (found.kind === "goes on") continue;
      if (found.kind === "nothing" && await submitAgain(one, found.state, submission)) continue;
      open.delete(one);
      making.delete(run.id);
      // What it waits for is there: another process of it has made it.
      if (state.kind === "waiting") await executor.cancel([one.handle]);
      conclude(one, found, options);
    }
    if (open.size > 0) await pause(executor.patience.look, executor.isQueue ? signal : undefined);
  }
}

function queueOf(states: readonly State[]): Queue {
  const waiting = states.flatMap((state) => state.kind === "waiting" ? [state.why] : []);
  const running = states.filter(({ kind }) => kind === "running").length;
  return { running, waiting: waiting.length, why: waiting[0] };
}

/** Keeps what it came to, and clears up after it. */
function conclude(one: UnderWay, found: Exclude<Finding, { kind: "goes on" }>, options: Schedule): void {
  const { run, attempt, started, clock, until, hasBegun } = one;
  const { paths, provenance, executor, signal, events } = options;
  // What a preparation could not make the runs themselves try again, and say why not.
  const ended = until !== undefined ? undefined : caught(paths, () => {
    const result = found.kind === "result" ? found.result : failureOf(found.state, attempt);
    const wall_s = (performance.now() - clock) / 1000;
    const circumstances = { paths, provenance, started, wall_s, isStopped: signal.aborted };
    return keepResult(run, result, { ...circumstances, executor: executor.name });
  });
  removeAttempt(paths, attempt);
  if (ended !== undefined) options.ended(run, ended);
  else if (hasBegun) events.ended(run, "prepared");
}

/** Waits, at most until the signal. */
async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await setTimeout(ms, undefined, { signal });
  } catch (error) {
    if (!signal?.aborted) throw error;
  }
}
