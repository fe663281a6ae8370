/** Schedules of the learning rate against transformers'. */
import { ok, strictEqual, throws } from "node:assert/strict";
import { learningRate, type Schedule } from "../../lib/tensor/mod.ts";
import fc from "fast-check";

const schedule = (type: Schedule["type"], warmupRatio = 0.1): Schedule => ({
  type,
  lr: 2,
  totalSteps: 100,
  warmupRatio,
});

Deno.test("learningRate() agrees with transformers' schedules at chosen steps", () => {
  // get_linear_schedule_with_warmup and get_cosine_schedule_with_warmup with 10 of 100 steps of warm-up and lr 2.
  const expected: [Schedule["type"], number, number][] = [
    ["constant", 0, 2],
    ["constant_with_warmup", 0, 0],
    ["constant_with_warmup", 5, 1],
    ["constant_with_warmup", 99, 2],
    ["linear", 10, 2],
    ["linear", 55, 1],
    ["linear", 100, 0],
    ["cosine", 10, 2],
    ["cosine", 55, 1],
    ["cosine", 40, 1.5],
    ["cosine", 100, 0],
  ];
  for (const [type, step, lr] of expected) {
    ok(Math.abs(learningRate(schedule(type), step) - lr) < 1e-12, `${type} ${step}`);
  }
});

Deno.test("learningRate() stays between 0 and lr, rises in the warm-up and never after it", () => {
  const types = fc.constantFrom<Schedule["type"]>("constant", "constant_with_warmup", "linear", "cosine");
  fc.assert(
    fc.property(
      types,
      fc.integer({ min: 0, max: 120 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (type, step, ratio) => {
        const s = schedule(type, ratio);
        const [now, next] = [learningRate(s, step), learningRate(s, step + 1)];
        ok(now >= 0 && now <= 2);
        if (type === "constant") strictEqual(now, 2);
        else ok(step < Math.ceil(ratio * 100) ? next >= now : next <= now);
      },
    ),
  );
});

Deno.test("learningRate() refuses what is no schedule", () => {
  throws(
    () => learningRate({ ...schedule("linear"), type: "linaer" as "linear" }, 0),
    /did you mean "linear"/,
  );
  throws(() => learningRate({ ...schedule("linear"), lr: NaN }, 0), /lr NaN/);
  throws(() => learningRate(schedule("linear", 2), 0), /warmup_ratio 2/);
});
