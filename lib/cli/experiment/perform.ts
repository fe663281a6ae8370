/**
 * Does what a plan leaves to do, under the lab's lock, and shows it while it goes on: moving lines, the first numbers of
 * each run as soon as it ends, an interrupt that stops in order.
 * @module
 */
import { tell } from "../terminal/print.ts";
import { UserError } from "../../errors.ts";
import { join } from "node:path";
import { loadArtifact } from "../../lab/record/artifact.ts";
import type { ClosureReader } from "../../lab/code/closure.ts";
import { explainChange } from "../../lab/plan/explain.ts";
import { firstNumbers, groupAccuracies } from "./first_numbers.ts";
import { lock } from "../../lab/run/lock.ts";
import type { LabPaths } from "../../lab/record/paths.ts";
import { decide, type DecidedRun, NOT_RUN_YET, type Selection, traceRuns } from "../../lab/plan/decide.ts";
import { machineProvenance } from "../../lab/record/provenance.ts";
import { openExecutor } from "../../lab/run/executors.ts";
import { type Queue, runAll, type RunEvents } from "../../lab/run/runner.ts";
import { runName } from "../../lab/run/run_name.ts";
import { syncStore } from "../../lab/record/sync.ts";
import { checkElsewhere, sweep } from "../../lab/run/left_behind.ts";
import { keepTime } from "../../lab/plan/time_left.ts";
import type { WorkerMessage } from "../../lab/run/messages.ts";
import { onInterrupt } from "../terminal/interrupt.ts";
import { paperRows } from "./paper_rows.ts";
import { checkFits, jobsThatFit } from "./jobs.ts";
import { resourcesOf } from "./resources.ts";
import { openProgress, type Progress } from "../terminal/progress.ts";

/** Store updates between runs are at least this far apart, in ms. */
const SYNC_MS = 30_000;

/** How it went. */
export interface Performed {
  readonly failed: readonly { readonly name: string; readonly error: string }[];
  readonly interrupted: boolean;
  /** How many a queue goes on with. */
  readonly left: number;
}

/** What is asked for, and how. */
export interface Task {
  readonly selection: Selection;
  readonly closures: ClosureReader;
  /** Runs at a time; undefined: as many as the machine has room for. */
  readonly jobs: number | undefined;
  /** Where runs are done, by name, and the file that says what that place asks for. */
  readonly executor: string;
  readonly site: string;
  /** Whether to wait for another lab that holds the store. */
  readonly wait: boolean;
}

/** Runs what is not done. */
export async function perform(
  paths: LabPaths,
  { selection, closures, wait, site, ...task }: Task,
): Promise<Performed> {
  const abort = new AbortController();
  // Where lines move, what is said has its place among them.
  const screen = { line: tell, remark: tell };
  const stopListening = onInterrupt(abort, (text) => screen.remark(text));
  const held = await lock(join(paths.locks, "lab"), `deno task experiment ${Deno.args.join(" ")}`, {
    signal: abort.signal,
    onWait(holder) {
      const who = holder ? `process ${holder.pid} on ${holder.host} (${holder.what})` : "another process";
      if (!wait) throw new UserError(`Cannot run: ${who} holds "${paths.root}"`, { exitCode: 1 });
      tell(`Waiting for ${who}, which holds "${paths.root}"`);
    },
  });
  try {
    const plan = await decide(paths, closures, selection, tell);
    closures.save();
    const todo = plan.runs.filter(({ done }) => !done);
    const executor = openExecutor(task.executor, {
      paths,
      site,
      jobs: task.jobs,
      say: (text) => screen.line(text),
    });
    checkElsewhere(paths, todo, executor.name);
    if (!executor.isQueue) checkFits(todo);
    const jobs = task.jobs ?? (executor.isQueue ? todo.length : jobsThatFit(todo));
    const traces = await traceRuns(paths, closures, todo, tell);
    const time = keepTime(plan, traces, { jobs });
    const progress = openProgress({ total: todo.length, timeLeft: time.left });
    Object.assign(screen, { line: progress.line, remark: progress.remark });
    sweep(paths);
    const begun = new Map<string, string[]>();
    let synced = performance.now();
    try {
      const outcome = await runAll(todo, {
        paths,
        closures,
        jobs,
        traces,
        executor,
        resources: resourcesOf,
        provenance: machineProvenance(paths),
        signal: abort.signal,
        events: {
          looked: queueTeller(executor.name, progress),
          began(run) {
            const { complete, steps } = traces.get(run.id)!;
            begun.set(run.id, []);
            progress.began(run.id, { ...labelOf(run, todo), steps: complete ? steps.length : undefined });
            sayReasons(progress, run, labelOf(run, todo).name);
          },
          message(run, message) {
            if (message.type === "step") time.step(run, message);
            show(paths, progress, { run, begun: begun.get(run.id)! }, message);
          },
          ended(run, ending) {
            if (ending !== "prepared") time.ended(run);
            tellEnd(paths, progress, { run, ending, name: labelOf(run, todo).name });
          },
        },
        async afterRun() {
          if (performance.now() - synced < SYNC_MS) return;
          await syncStore(paths, { notice: (text) => progress.line(text), paper: paperRows() });
          synced = performance.now();
        },
      });
      return {
        failed: outcome.failed.map(({ run, error }) => ({ name: runName(run), error })),
        interrupted: outcome.interrupted,
        left: outcome.left,
      };
    } finally {
      progress.stop();
      Object.assign(screen, { line: tell, remark: tell });
    }
  } finally {
    held.release();
    stopListening();
  }
}

/** How far apart lines about a queue are where lines do not move, in ms. */
const QUEUE_MS = 10_000;

/** Says what a queue is at, when that has changed. */
function queueTeller(name: string, progress: Progress): (queue: Queue) => void {
  let [before, told] = ["", -Infinity];
  return function looked({ running, waiting, why }) {
    const reason = waiting > 0 && why !== undefined ? ` (${why})` : "";
    const text = `${name}: ${running} running, ${waiting} waiting${reason}`;
    if (text === before || (!progress.isLive && performance.now() - told < QUEUE_MS)) return;
    [before, told] = [text, performance.now()];
    progress.remark(text);
  };
}

/** A run's name among these: its experiment is said only where there are several. */
function labelOf(
  run: DecidedRun,
  among: readonly DecidedRun[],
): { name: string; short: string; seed?: number } {
  const { experiment, spec: { variant, seed } } = run;
  const alone = among.every((other) => other.experiment === experiment);
  const short = alone ? variant : `${variant} (${experiment.id})`;
  const seeds = new Set(among.map((other) => other.spec.seed));
  return { name: `${short}, seed ${seed}`, short, ...(seeds.size > 1 && { seed }) };
}

/** Reasons that stay above moving lines. */
const SHOWN = 3;

/** Where lines move, only reasons that are news stay above them. */
function sayReasons(progress: Progress, { reasons }: DecidedRun, name: string): void {
  if (!progress.isLive) {
    for (const reason of reasons) progress.line(`  because ${reason}`);
    return;
  }
  const news = reasons.filter((reason) => reason !== NOT_RUN_YET);
  const more = news.length > SHOWN ? [`${news.length - SHOWN} more (--plan shows them)`] : [];
  if (news.length > 0) progress.line(`${name} runs because ${[...news.slice(0, SHOWN), ...more].join("; ")}`);
}

function show(
  paths: LabPaths,
  progress: Progress,
  { run, begun }: { run: DecidedRun; begun: string[] },
  message: WorkerMessage,
): void {
  if (message.type === "notice") progress.line(`  ${message.message}`);
  if (message.type === "progress") progress.progress(run.id, message);
  if (message.type !== "step") return;
  const { step, key, label, reused, ingredients } = message;
  const name = label === undefined ? step : `${step} ${label}`;
  // A run may have several steps of a kind: compared is the one at the same place among them.
  const place = begun.filter((each) => each === step).length;
  begun.push(step);
  const before = run.previous?.steps.filter((each) => each.step === step)[place];
  const old = reused || !before || before.key === key ? undefined : loadArtifact(paths, before.key, () => {});
  const reasons = old ? explainChange(paths, old.ingredients, ingredients) : [];
  const why = reasons.length > 0 ? `, because ${reasons.join("; ")}` : "";
  progress.step(run.id, name, `${name}: ${reused ? "cached" : "runs"}${why}`);
}

function tellEnd(
  paths: LabPaths,
  progress: Progress,
  { run, ending, name }: { run: DecidedRun; ending: Parameters<RunEvents["ended"]>[1]; name: string },
): void {
  if (ending === "interrupted" || ending === "prepared") {
    progress.ended(run.id, ending);
  } else if ("error" in ending) {
    progress.ended(run.id, "failed");
    progress.line(progress.isLive ? `${name} failed: ${ending.error}` : `  ${ending.error}`);
  } else {
    progress.ended(run.id, "done");
    progress.line(
      firstNumbers(name, groupAccuracies(paths, ending.record, run.benchmarks), progress.columns()),
    );
  }
}
