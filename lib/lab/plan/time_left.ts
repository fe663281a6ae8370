/**
 * How long the runs that have begun still take: what is left of the running steps by their own pace, and for steps to
 * come what their like took before, in earlier runs or in this start.
 * @module
 */
import { usual } from "./estimate.ts";
import type { DecidedRun, Plan, Trace } from "./decide.ts";

/** Seconds to the end; `atLeast` when there are steps whose time is not known. */
export interface TimeLeft {
  readonly seconds: number;
  readonly atLeast: boolean;
}

/** Follows what runs do. */
export interface TimeKeeper {
  /** A step of a run begins, or was found in the cache. */
  step(
    run: DecidedRun,
    step: { readonly step: string; readonly key: string; readonly reused: boolean },
  ): void;
  ended(run: DecidedRun): void;
  /** @param running seconds to the end of the running steps by run, as far as they are known */
  left(running: ReadonlyMap<string, number | undefined>): TimeLeft;
}

/** @param now a clock in ms */
export function keepTime(
  plan: Plan,
  traces: ReadonlyMap<string, Trace>,
  { jobs, now = () => performance.now() }: { jobs: number; now?: () => number },
): TimeKeeper {
  const todo = new Map(plan.runs.filter(({ done }) => !done).map((run) => [run.id, run]));
  const toCome = new Map<string, { step: string; run: DecidedRun; asking: Set<string> }>();
  for (const run of todo.values()) {
    for (const { step, key, cached } of traces.get(run.id)?.steps ?? []) {
      if (cached) continue;
      const entry = toCome.get(key) ?? { step, run, asking: new Set() };
      entry.asking.add(run.id);
      toCome.set(key, entry);
    }
  }
  const running = new Map<string, { step: string; since: number }>();
  const taken = new Map<string, number>();
  const before = new Map<string, number | undefined>();
  const expected = (run: DecidedRun, step: string): number | undefined => {
    const key = JSON.stringify([run.experiment.id, run.spec.variant, step]);
    if (!before.has(key)) before.set(key, usual(plan, run, step));
    return before.get(key) ?? taken.get(step);
  };
  const finish = (run: DecidedRun): void => {
    const last = running.get(run.id);
    if (last) taken.set(last.step, (now() - last.since) / 1000);
    running.delete(run.id);
  };
  return {
    step(run, { step, key, reused }) {
      finish(run);
      toCome.delete(key);
      if (!reused) running.set(run.id, { step, since: now() });
    },
    ended(run) {
      finish(run);
      todo.delete(run.id);
      for (const [key, { asking }] of toCome) {
        asking.delete(run.id);
        if (asking.size === 0) toCome.delete(key);
      }
    },
    left(paces) {
      const times = [...toCome.values()].map(({ run, step }) => expected(run, step));
      for (const [id, { step, since }] of running) {
        const usually = expected(todo.get(id)!, step);
        const rest = usually === undefined ? undefined : Math.max(0, usually - (now() - since) / 1000);
        times.push(paces.get(id) ?? rest);
      }
      const blind = [...todo.keys()].some((id) => !traces.get(id)?.complete);
      const lanes = Math.max(1, Math.min(jobs, todo.size));
      return {
        seconds: times.reduce((sum: number, time) => sum + (time ?? 0), 0) / lanes,
        atLeast: blind || times.includes(undefined),
      };
    },
  };
}
