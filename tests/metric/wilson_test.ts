/** Wilson's interval: laws, Newcombe's published cases, and its coverage counted exactly. */
import { ok, strictEqual, throws } from "node:assert/strict";
import fc from "fast-check";
import { wilson } from "../../lib/metric/mod.ts";

const counts = fc.integer({ min: 1, max: 3000 }).chain((n) =>
  fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n))
);

Deno.test("wilson() holds the proportion, stays in [0, 1] and mirrors when right and wrong swap", () => {
  fc.assert(fc.property(counts, ([k, n]) => {
    const { low, high } = wilson(k, n);
    ok(0 <= low && low <= k / n && k / n <= high && high <= 1);
    const mirrored = wilson(n - k, n);
    ok(Math.abs(mirrored.low - (1 - high)) < 1e-12 && Math.abs(mirrored.high - (1 - low)) < 1e-12);
  }));
});

Deno.test("wilson() narrows with more items at the same rate and widens with the level", () => {
  fc.assert(fc.property(counts, fc.integer({ min: 2, max: 9 }), ([k, n], times) => {
    const one = wilson(k, n), more = wilson(k * times, n * times), surer = wilson(k, n, 0.99);
    ok(more.high - more.low < one.high - one.low);
    ok(surer.high - surer.low > one.high - one.low);
  }));
});

Deno.test("wilson() gives Newcombe's (1998, Table I, method 3) limits", () => {
  const cases: [number, number, string][] = [
    [81, 263, "0.2553 0.3662"],
    [15, 148, "0.0624 0.1605"],
    [0, 20, "0.0000 0.1611"],
    [1, 29, "0.0061 0.1718"],
  ];
  for (const [k, n, wanted] of cases) {
    const { low, high } = wilson(k, n);
    strictEqual(`${low.toFixed(4)} ${high.toFixed(4)}`, wanted);
  }
});

Deno.test("wilson() covers the truth about as often as it says, averaged over rates (n = 250)", () => {
  const n = 250;
  const intervals = Array.from({ length: n + 1 }, (_, k) => wilson(k, n));
  let mean = 0, worst = 1;
  const rates = Array.from({ length: 97 }, (_, i) => (i + 2) / 100);
  for (const p of rates) {
    let covered = 0, logMass = n * Math.log(1 - p);
    for (let k = 0; k <= n; k++) {
      if (intervals[k]!.low <= p && p <= intervals[k]!.high) covered += Math.exp(logMass);
      logMass += Math.log((n - k) / (k + 1) * p / (1 - p));
    }
    mean += covered / rates.length;
    worst = Math.min(worst, covered);
  }
  ok(Math.abs(mean - 0.95) < 0.005, `mean coverage ${mean}`);
  ok(worst > 0.9, `worst coverage ${worst}`);
});

Deno.test("wilson() refuses impossible counts and levels", () => {
  throws(() => wilson(3, 2), /Cannot use 3 of 2 as a proportion/);
  throws(() => wilson(0, 0), RangeError);
  throws(() => wilson(0.5, 2), RangeError);
  throws(() => wilson(1, 2, 1), /confidence level of 1/);
});
