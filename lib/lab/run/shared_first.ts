/**
 * Which steps are made before the runs that share them, where runs begin whenever a queue has room: a machine that waits
 * for a step of another run is a machine that somebody pays for.
 * @module
 */
import type { DecidedRun, Trace } from "../plan/decide.ts";

/** Makes steps of a run that others wait for. */
export interface Preparation<R> {
  readonly run: R;
  /** Keys, in the order of the run. */
  readonly until: readonly string[];
  /** Preparations that have to be there before it, by place in the list. */
  readonly after: readonly number[];
}

/** What is made first, in order, and for each run the preparations that it waits for, by place. */
export interface Order<R> {
  readonly preparations: readonly Preparation<R>[];
  readonly after: ReadonlyMap<string, readonly number[]>;
}

/**
 * Each step that is not there yet and that several runs have is made once, for the first of them.
 * @param traces the runs' steps as far as they are known; a run without a trace waits for nothing
 */
export function sharedFirst<R extends Pick<DecidedRun, "id">>(
  runs: readonly R[],
  traces: ReadonlyMap<string, Pick<Trace, "steps">>,
): Order<R> {
  const missing = new Map(runs.map(({ id }) => [
    id,
    (traces.get(id)?.steps ?? []).filter(({ cached }) => !cached).map(({ key }) => key),
  ]));
  const wanted = new Map<string, number>();
  for (const keys of missing.values()) {
    for (const key of new Set(keys)) wanted.set(key, (wanted.get(key) ?? 0) + 1);
  }
  const makers = new Map<string, number>();
  const preparations: Preparation<R>[] = [];
  const after = new Map<string, number[]>();
  for (const run of runs) {
    const shared = missing.get(run.id)!.filter((key) => wanted.get(key)! > 1);
    const before = [...new Set(shared.flatMap((key) => makers.get(key) ?? []))];
    const own = [...new Set(shared.filter((key) => !makers.has(key)))];
    if (own.length > 0) {
      for (const key of own) makers.set(key, preparations.length);
      before.push(preparations.length);
      preparations.push({ run, until: own, after: before.slice(0, -1) });
    }
    after.set(run.id, before);
  }
  return { preparations, after };
}
