/** How long runs will take: laws over plans with records, on made-up steps. */
import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import fc from "fast-check";
import { estimate } from "../../lib/lab/plan/estimate.ts";
import type { DecidedRun, Plan, TracedStep } from "../../lib/lab/plan/decide.ts";
import type { RunRecord } from "../../lib/lab/record/record.ts";

type Timed = readonly [step: string, wall_s: number];

/** A record of a finished run with what its steps took. */
function record(steps: readonly Timed[], changes: Partial<RunRecord> = {}): RunRecord {
  return {
    ...{ experiment: "one", variant: "Base", scale: "micro", world: "mini" },
    steps: steps.map(([step, wall_s]) => ({ step, wall_s })),
    ...changes,
  } as unknown as RunRecord;
}

/** A run of experiment "one" that is decided on. */
function run(id: string, { variant = "Base", done = false } = {}): DecidedRun {
  return {
    ...{ id, done, experiment: { id: "one" } },
    spec: { variant, scale: "micro", world: "mini" },
  } as unknown as DecidedRun;
}

function plan(runs: readonly DecidedRun[], records: readonly RunRecord[] = []): Plan {
  return { runs, records: new Map(records.map((each, i) => [String(i), each])) };
}

function traced(step: string, key: string, cached = false): TracedStep {
  return { step, key, cached };
}

Deno.test("estimate() counts a step that runs share once, and nothing for what is cached or done", () => {
  const runs = [run("a"), run("b", { variant: "Other" }), run("c", { done: true })];
  const traces = new Map([
    ["a", [traced("pretrain", "p", true), traced("align", "s"), traced("evaluate", "e1")]],
    ["b", [traced("pretrain", "p", true), traced("align", "s"), traced("evaluate", "e2")]],
    ["c", [traced("align", "elsewhere")]],
  ]);
  const records = [record([["pretrain", 700], ["align", 90], ["evaluate", 6]])];
  deepStrictEqual(estimate(plan(runs, records), traces), {
    ...{ asked: 6, different: 4, cached: 1, seconds: 90 + 6 + 6 },
    unknown: [],
  });
});

Deno.test("estimate() goes by the same variant where it has run, else by the median of the kind", () => {
  const traces = new Map([["a", [traced("align", "s")]]]);
  const seconds = (records: readonly RunRecord[]) => estimate(plan([run("a")], records), traces).seconds;
  const others = [10, 40, 20].map((wall_s) => record([["align", wall_s]], { variant: "Other" }));
  strictEqual(seconds(others), 20);
  strictEqual(seconds([...others, record([["align", 300]])]), 300);
});

Deno.test("estimate() takes no record of another scale or world, and names the kinds of steps that never ran", () => {
  const traces = new Map([["a", [traced("align", "s"), traced("transfer", "t"), traced("transfer", "u")]]]);
  const elsewhere = [
    record([["transfer", 1]], { scale: "smoke" }),
    record([["transfer", 1]], { world: "open" }),
  ];
  const { seconds, unknown } = estimate(plan([run("a")], [...elsewhere, record([["align", 50]])]), traces);
  deepStrictEqual([seconds, unknown], [50, ["transfer"]]);
});

Deno.test("estimate() of runs together is at most the sum of each alone, and no less than the longest", () => {
  const kinds = fc.constantFrom("align", "transfer", "evaluate");
  const steps = fc.array(
    fc.record({ step: kinds, key: fc.constantFrom("1", "2", "3"), cached: fc.boolean() }),
    {
      maxLength: 6,
    },
  );
  const records = [record([["align", 90], ["transfer", 95], ["evaluate", 6]], { variant: "Other" })];
  // What is cached is cached for every run, and a key belongs to one kind of step.
  const settled = (all: readonly (readonly TracedStep[])[]) => {
    const cached = new Map<string, boolean>();
    return all.map((some) =>
      some.map((step) => {
        const key = `${step.step} ${step.key}`;
        if (!cached.has(key)) cached.set(key, step.cached);
        return { ...step, key, cached: cached.get(key)! };
      })
    );
  };
  fc.assert(fc.property(fc.array(steps, { minLength: 1, maxLength: 4 }), (drawn) => {
    const all = settled(drawn);
    const runs = all.map((_, i) => run(String(i)));
    const traces = new Map(all.map((some, i) => [String(i), some]));
    const alone = runs.map((each) => estimate(plan([each], records), traces).seconds);
    const { seconds, asked, different } = estimate(plan(runs, records), traces);
    ok(seconds <= alone.reduce((a, b) => a + b, 0) + 1e-9 && seconds >= Math.max(...alone));
    ok(different <= asked);
  }));
});
