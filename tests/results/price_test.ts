/** What an open conclusion would cost, from what its parts need and what the runs took. */
import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { priceOf } from "../../lib/results/price.ts";

const step = (step: string, wall_s: number, runs = 1) => ({ variant: "A", step, runs, reused: 0, wall_s });
const STEPS = [step("fit", 100, 2), step("answer", 10, 3), step("floor", 1)];
const claim = (numbers: Record<string, number | null>, seeds = "1") => ({
  ...{ verdict: "not resolvable" as const, numbers, seeds },
});

Deno.test("with one seed more answers are needed: the part that needs most has the price", () => {
  const open = claim({ "1.value": 0.1, "1.times": 3, "2.times": 5 });
  deepStrictEqual(priceOf({ steps: STEPS }, open), { seconds: 4 * 30, of: "answers" });
  deepStrictEqual(priceOf({ steps: STEPS }, claim({ times: 2.5 })), { seconds: 1.5 * 30, of: "answers" });
});

Deno.test("with several seeds more trainings are needed, with all their steps", () => {
  const open = claim({ times: 3 }, "1,2,3");
  deepStrictEqual(priceOf({ steps: STEPS }, open), { seconds: 2 * 231, of: "trainings" });
});

Deno.test("what is decided, shown by this design already, or resolved by no number has no price", () => {
  strictEqual(priceOf({ steps: STEPS }, { ...claim({ times: 3 }), verdict: "supported" }), undefined);
  strictEqual(priceOf({ steps: STEPS }, claim({ times: 0.5 })), undefined);
  strictEqual(priceOf({ steps: STEPS }, claim({ value: 0.1 })), undefined);
  strictEqual(priceOf({ steps: STEPS }, claim({ "1.times": 3, "2.times": null })), undefined);
  strictEqual(priceOf({ steps: [] }, claim({ times: 3 })), undefined);
});
