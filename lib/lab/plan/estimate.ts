/**
 * How long runs will take: what each of their steps took before, a step that several runs share counted once.
 * @module
 */
import type { DecidedRun, Plan, TracedStep } from "./decide.ts";

/** What is to do, in steps and seconds. */
export interface Estimate {
  /** Steps that the runs to do ask for, and how many different ones these are. */
  readonly asked: number;
  readonly different: number;
  /** Of the different ones. */
  readonly cached: number;
  /** Wall time of those that are not cached and of whose kind one has run before. */
  readonly seconds: number;
  /** Kinds of step that have never run here; their time is not in `seconds`. */
  readonly unknown: readonly string[];
}

/**
 * Goes by the steps of the records of the same scale and world: the same variant's where there are any, else the median
 * of their kind.
 */
export function estimate(plan: Plan, traces: ReadonlyMap<string, readonly TracedStep[]>): Estimate {
  const seen = new Map<string, { readonly run: DecidedRun; readonly traced: TracedStep }>();
  let asked = 0;
  for (const run of plan.runs.filter(({ done }) => !done)) {
    for (const traced of traces.get(run.id) ?? []) {
      asked += 1;
      if (!seen.has(traced.key)) seen.set(traced.key, { run, traced });
    }
  }
  const different = [...seen.values()];
  const times = different.filter(({ traced }) => !traced.cached).map(({ run, traced }) => ({
    step: traced.step,
    seconds: usual(plan, run, traced.step),
  }));
  return {
    asked,
    different: different.length,
    cached: different.filter(({ traced }) => traced.cached).length,
    seconds: times.reduce((sum, { seconds }) => sum + (seconds ?? 0), 0),
    unknown: [...new Set(times.filter(({ seconds }) => seconds === undefined).map(({ step }) => step))],
  };
}

/** What a step of this kind took before, in seconds: the same variant's, else the median of its kind. */
export function usual({ records }: Pick<Plan, "records">, run: DecidedRun, step: string): number | undefined {
  const alike = [...records.values()].filter(({ scale, world }) =>
    scale === run.spec.scale && world === run.spec.world
  );
  const same = alike.filter(({ experiment, variant }) =>
    experiment === run.experiment.id && variant === run.spec.variant
  );
  for (const records of [same, alike]) {
    const times = records.flatMap(({ steps }) => steps.filter((entry) => entry.step === step))
      .map(({ wall_s }) => wall_s).sort((a, b) => a - b);
    if (times.length > 0) return times[times.length >> 1];
  }
  return undefined;
}
