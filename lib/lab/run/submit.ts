/**
 * Giving runs to an executor: each gets an attempt's folder, permissions, and what it needs of a machine. A queue gets all
 * at once, the steps that several runs share before the runs.
 * @module
 */
import { atLeast, must } from "../../checked.ts";
import type { ClosureReader } from "../code/closure.ts";
import type { Resources } from "../experiment/types.ts";
import type { DecidedRun, Trace } from "../plan/decide.ts";
import type { LabPaths } from "../record/paths.ts";
import { newAttempt, readHandle, removeAttempt } from "./attempt.ts";
import type { Executor, State, Work } from "./executor.ts";
import type { WorkerMessage } from "./messages.ts";
import { permissionsOf } from "./permissions.ts";
import { runName } from "./run_name.ts";
import { sharedFirst } from "./shared_first.ts";
import { type UnderWay, underWay, wordsOf } from "./under_way.ts";

/** What a submission follows from. */
export interface Submission {
  readonly paths: LabPaths;
  readonly closures: ClosureReader;
  readonly executor: Executor;
  readonly traces?: ReadonlyMap<string, Trace>;
  readonly resources?: (run: DecidedRun) => Resources;
  readonly notice: (run: DecidedRun, message: WorkerMessage) => void;
}

const ONE_PROCESSOR: Resources = { nodes: 1, cpus: 1, gpus: 0, memory: null };

/** Has one run begin. */
export async function submitOne(run: DecidedRun, submission: Submission): Promise<UnderWay> {
  const [one] = atLeast(await submit([{ run, work: await workOf(run, submission) }], submission), 1);
  one.hasBegun = true;
  return one;
}

/** Puts all into a queue, and before them what several of them share. */
export async function submitAll(
  runs: readonly DecidedRun[],
  submission: Submission,
): Promise<readonly UnderWay[]> {
  const { preparations, after } = sharedFirst(runs, submission.traces ?? new Map());
  const all: Entry[] = [];
  const idsOf = (places: readonly number[]): string[] =>
    places.map((place) => must(all[place], "a preparation").work.attempt.id);
  for (const { run, until, after } of preparations) {
    all.push({ run, until, work: await workOf(run, submission, { until, after: idsOf(after) }) });
  }
  for (const run of runs) {
    all.push({ run, work: await workOf(run, submission, { after: idsOf(after.get(run.id)!) }) });
  }
  return await submit(all, submission);
}

/**
 * Has what came to nothing begin again, where that may help and has not been tried too often.
 * @returns whether it has
 */
export async function submitAgain(one: UnderWay, state: State, submission: Submission): Promise<boolean> {
  const { executor, notice } = submission;
  const remedy = state.kind === "ended" ? state.remedy : "again";
  if (remedy === undefined || one.restarts >= executor.restarts) return false;
  if (remedy === "memory") {
    if (one.memory === null) return false;
    one.memory *= MORE;
  }
  one.restarts += 1;
  const { run, attempt, restarts, until, memory } = one;
  const more = remedy === "memory" ? " with more memory" : "";
  notice(run, {
    type: "notice",
    message: `${runName(run)} ${
      wordsOf(state)
    }; submitted again${more} (${restarts} of ${executor.restarts})`,
  });
  const work = await workOf(run, submission, { until, attempt, memory });
  // A queue may still hold what will never begin.
  await executor.cancel([one.handle]);
  const [handle] = atLeast(await executor.submit([work]), 1);
  one.handle = handle;
  one.over = undefined;
  one.hasBegun = false;
  return true;
}

/** Memory of what ran out of it, beside what it had. */
const MORE = 2;

/** A run and what is submitted of it. */
interface Entry {
  readonly run: DecidedRun;
  readonly until?: readonly string[];
  readonly work: Work;
}

async function submit(all: readonly Entry[], { paths, executor }: Submission): Promise<UnderWay[]> {
  try {
    const handles = await executor.submit(all.map(({ work }) => work));
    return all.map(({ run, until, work: { attempt, resources: { memory } } }, at) =>
      underWay(run, { attempt, handle: handles[at]!, until, memory })
    );
  } catch (error) {
    // What a queue has taken before it refused the rest is found by the next start.
    for (const { work: { attempt } } of all) {
      if (readHandle(attempt) === undefined) removeAttempt(paths, attempt);
    }
    throw error;
  }
}

/** How a work differs from a whole run that begins at once. */
interface Otherwise {
  readonly until?: readonly string[] | undefined;
  readonly after?: readonly string[];
  /** The folder that it had before. */
  readonly attempt?: UnderWay["attempt"];
  readonly memory?: number | null;
}

async function workOf(
  run: DecidedRun,
  { paths, closures, notice, resources, traces }: Submission,
  { until, after = [], attempt: earlier, memory }: Otherwise = {},
): Promise<Work> {
  const { file, spec, identity, benchmarks, inputs, absent } = run;
  const surroundings = { benchmarks, inputs, absent };
  const request = { lab: paths.root, file, spec, surroundings, identity, ...(until && { until }) };
  const attempt = earlier ?? newAttempt(paths, run.id, request);
  const needs = resources?.(run) ?? ONE_PROCESSOR;
  return {
    experiment: run.experiment.id,
    run: run.id,
    name: runName(run),
    isPart: until !== undefined,
    attempt,
    permissions: await permissionsOf(run, attempt, {
      paths,
      closures,
      trace: traces?.get(run.id),
      notice: (message) => notice(run, { type: "notice", message }),
    }),
    resources: memory === undefined ? needs : { ...needs, memory },
    after,
  };
}
