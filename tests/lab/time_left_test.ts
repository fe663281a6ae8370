/**
 * How long is left, as runs go on.
 * @module
 */
import { deepStrictEqual, ok } from "node:assert/strict";
import type { DecidedRun, Plan, Trace } from "../../lib/lab/plan/decide.ts";
import type { RunRecord } from "../../lib/lab/record/record.ts";
import { keepTime } from "../../lib/lab/plan/time_left.ts";

function run(id: string, variant = id): DecidedRun {
  return {
    id,
    done: false,
    experiment: { id: "toy" },
    spec: { variant, seed: 1, scale: "smoke", world: "mini" },
  } as unknown as DecidedRun;
}

function trace(steps: readonly (readonly [step: string, key: string])[], complete = true): Trace {
  return { steps: steps.map(([step, key]) => ({ step, key, cached: false })), complete };
}

function record(steps: Readonly<Record<string, number>>): RunRecord {
  return {
    experiment: "toy",
    variant: "Toy",
    scale: "smoke",
    world: "mini",
    steps: Object.entries(steps).map(([step, wall_s]) => ({ step, wall_s })),
  } as unknown as RunRecord;
}

function planOf(runs: readonly DecidedRun[], records: readonly RunRecord[] = []): Plan {
  return { runs, records: new Map(records.map((one, at) => [String(at), one])) };
}

const NONE = new Map<string, number>();

Deno.test("keepTime() counts what is to come by earlier runs, a shared step once", () => {
  const [a, b] = [run("a"), run("b")];
  const traces = new Map([
    ["a", trace([["pretrain", "p"], ["train", "ta"]])],
    ["b", trace([["pretrain", "p"], ["train", "tb"]])],
  ]);
  const time = keepTime(planOf([a, b], [record({ pretrain: 10, train: 3 })]), traces, { jobs: 1 });
  deepStrictEqual(time.left(NONE), { seconds: 16, atLeast: false });
  time.step(a, { step: "pretrain", key: "p", reused: true });
  deepStrictEqual(time.left(NONE), { seconds: 6, atLeast: false });
});

Deno.test("keepTime() takes a running step's own pace where it has one, else what its like took", () => {
  let now = 0;
  const a = run("a");
  const traces = new Map([["a", trace([["train", "t"]])]]);
  const time = keepTime(planOf([a], [record({ train: 30 })]), traces, { jobs: 1, now: () => now });
  time.step(a, { step: "train", key: "t", reused: false });
  now = 10_000;
  deepStrictEqual(time.left(NONE), { seconds: 20, atLeast: false });
  deepStrictEqual(time.left(new Map([["a", 5]])), { seconds: 5, atLeast: false });
});

Deno.test("keepTime() says at least where a kind of step has never run, and learns it from this start", () => {
  let now = 0;
  const [a, b] = [run("a"), run("b")];
  const traces = new Map([["a", trace([["train", "ta"]])], ["b", trace([["train", "tb"]])]]);
  const time = keepTime(planOf([a, b]), traces, { jobs: 1, now: () => now });
  deepStrictEqual(time.left(NONE), { seconds: 0, atLeast: true });
  time.step(a, { step: "train", key: "ta", reused: false });
  now = 7000;
  time.ended(a);
  deepStrictEqual(time.left(NONE), { seconds: 7, atLeast: false });
});

Deno.test("keepTime() forgets the steps of a run that failed, but not those that another asks for", () => {
  const [a, b] = [run("a"), run("b")];
  const traces = new Map([
    ["a", trace([["pretrain", "p"], ["train", "ta"]])],
    ["b", trace([["pretrain", "p"]], false)],
  ]);
  const time = keepTime(planOf([a, b], [record({ pretrain: 10, train: 3 })]), traces, { jobs: 2 });
  deepStrictEqual(time.left(NONE), { seconds: 6.5, atLeast: true });
  time.ended(a);
  deepStrictEqual(time.left(NONE), { seconds: 10, atLeast: true });
  time.ended(b);
  ok(!time.left(NONE).atLeast);
});
