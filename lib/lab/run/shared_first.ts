/**
 * Which steps are made before the runs that share them, where runs begin whenever a queue has room: a machine that waits
 * for a step of another run is a machine that somebody pays for.
 * @module
 */
import { sha256 } from "../../hash.ts";
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
 * Steps with which a run begins, as long as others have them too and they are not there yet, are made once, for the first of
 * these runs, and apart where other runs need them: nobody waits for what it does not need. What runs share after steps of
 * their own, the first one to get there makes.
 * @param traces the runs' steps as far as they are known; a run without a trace waits for nothing
 */
export function sharedFirst<R extends Pick<DecidedRun, "id">>(
  runs: readonly R[],
  traces: ReadonlyMap<string, Pick<Trace, "steps">>,
): Order<R> {
  const missing = new Map(runs.map(({ id }) => [
    id,
    [...new Set((traces.get(id)?.steps ?? []).filter(({ cached }) => !cached).map(({ key }) => key))],
  ]));
  const users = new Map<string, string[]>();
  for (const [id, keys] of missing) {
    for (const key of keys) {
      if (users.has(key)) users.get(key)!.push(id);
      else users.set(key, [id]);
    }
  }
  // Steps of the same runs have the same name here.
  const sharers = new Map([...users].map(([key, ids]) => [key, sha256(ids.join("\n"))]));
  const makers = new Map<string, number>();
  const preparations: Preparation<R>[] = [];
  for (const run of runs) {
    const before = new Set<number>();
    let [own, alike]: [string[], string] = [[], ""];
    const close = (): void => {
      if (own.length === 0) return;
      const place = preparations.push({ run, until: own, after: [...before] }) - 1;
      for (const key of own) makers.set(key, place);
      before.add(place);
      own = [];
    };
    for (const key of missing.get(run.id)!) {
      if (users.get(key)!.length === 1) break;
      const maker = makers.get(key);
      if (maker !== undefined || sharers.get(key) !== alike) close();
      if (maker !== undefined) before.add(maker);
      else own.push(key);
      alike = sharers.get(key)!;
    }
    close();
  }
  const after = new Map(runs.map(({ id }) => [
    id,
    [...new Set(missing.get(id)!.flatMap((key) => makers.get(key) ?? []))],
  ]));
  return { preparations, after };
}
