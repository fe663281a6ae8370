/** The problem-clustered bootstrap and paired differences: laws first, then coverage on simulated answers, then speed. */
import { atLeast } from "../../lib/checked.ts";
import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import fc from "fast-check";
import {
  clusteredAccuracy,
  clusterScores,
  pairedDifference,
  type ScoredAnswer,
  signFlipTest,
  subtractScores,
} from "../../lib/metric/mod.ts";
import { stream } from "../../lib/random.ts";

const bits = fc.array(fc.boolean(), { minLength: 2, maxLength: 60 });

function oneLanguage(right: readonly boolean[], stratum = "sw"): ScoredAnswer[] {
  return right.map((r, i) => ({ cluster: `p${i}`, stratum, score: Number(r) }));
}

Deno.test("clusteredAccuracy() depends on the answers, not on their order, and repeats by seed", () => {
  fc.assert(
    fc.property(bits, fc.integer(), (right, seed) => {
      const answers = [...oneLanguage(right), ...oneLanguage(right.map((r, i) => r !== (i % 3 === 0)), "th")];
      const shuffled = stream(seed, "order").shuffle(answers);
      const one = clusteredAccuracy(clusterScores(answers), { seed, resamples: 50 });
      deepStrictEqual(clusteredAccuracy(clusterScores(shuffled), { seed, resamples: 50 }), one);
      ok(one.low >= 0 && one.high <= 1 && one.low <= one.high);
    }),
    { numRuns: 40 },
  );
});

Deno.test("clusteredAccuracy() does not shrink when the same answers come in 21 languages", () => {
  fc.assert(
    fc.property(bits, (right) => {
      const one = clusteredAccuracy(clusterScores(oneLanguage(right)), { resamples: 200 });
      const copies = Array.from({ length: 21 }, (_, l) => oneLanguage(right, `l${l}`)).flat();
      const many = clusteredAccuracy(clusterScores(copies), { resamples: 200 });
      ok(Math.abs(many.low - one.low) < 1e-9 && Math.abs(many.high - one.high) < 1e-9);
    }),
    { numRuns: 30 },
  );
});

Deno.test("clusteredAccuracy() can draw every problem, the first and the last", () => {
  for (const right of [[true, false, false], [false, false, true]]) {
    const { low, high } = clusteredAccuracy(clusterScores(oneLanguage(right)), { level: 0.999 });
    deepStrictEqual([low, high], [0, 1]);
  }
});

Deno.test("clusteredAccuracy() weighs languages equally, whatever their number of answers", () => {
  const answers = [...oneLanguage([true, true, true, true]), ...oneLanguage([false], "th")];
  strictEqual(clusteredAccuracy(clusterScores(answers)).value, 0.5);
});

Deno.test("clusteredAccuracy() of independent items has the binomial standard error", () => {
  const right = Array.from({ length: 400 }, (_, i) => i % 4 === 0);
  const { value, standardError } = clusteredAccuracy(clusterScores(oneLanguage(right)), { resamples: 4000 });
  strictEqual(value, 0.25);
  ok(Math.abs(standardError / Math.sqrt(0.25 * 0.75 / 400) - 1) < 0.05);
});

Deno.test("clusteredAccuracy() of all wrong answers admits the uncertainty that resampling cannot see", () => {
  const { low, high, method } = clusteredAccuracy(clusterScores(oneLanguage(new Array(20).fill(false))));
  strictEqual(`${low} ${high.toFixed(4)} ${method}`, "0 0.1611 wilson|n=problems");
});

Deno.test("clusteredAccuracy() covers the truth where answers share their problems, and item-wise resampling does not", () => {
  const source = stream(7, "coverage");
  let clustered = 0, itemwise = 0;
  const trials = 200;
  for (let trial = 0; trial < trials; trial++) {
    const answers: ScoredAnswer[] = [];
    for (let problem = 0; problem < 60; problem++) {
      const ease = source.uniform(); // P(right) of this problem in every language, so the true mean is 1/2
      for (let l = 0; l < 6; l++) {
        answers.push({ cluster: `p${problem}`, stratum: `l${l}`, score: Number(source.uniform() < ease) });
      }
    }
    const naive = answers.map((a, i) => ({ cluster: `${i}`, score: a.score }));
    const options = { seed: trial, resamples: 400 };
    if (covers(clusteredAccuracy(clusterScores(answers), options), 0.5)) clustered++;
    if (covers(clusteredAccuracy(clusterScores(naive), options), 0.5)) itemwise++;
  }
  ok(clustered / trials > 0.9, `clustered coverage ${clustered / trials}`);
  ok(itemwise / trials < 0.85, `item-wise coverage ${itemwise / trials}`);
});

Deno.test("pairedDifference() is antisymmetric and calls equal systems equal", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.boolean(), fc.boolean()), { minLength: 2, maxLength: 60 }), (pairs) => {
      const a = clusterScores(oneLanguage(pairs.map((p) => p[0])));
      const b = clusterScores(oneLanguage(pairs.map((p) => p[1])));
      const ab = pairedDifference(a, b, { resamples: 100 }), ba = pairedDifference(b, a, { resamples: 100 });
      ok(Math.abs(ab.value + ba.value) < 1e-12 && Math.abs(ab.low + ba.high) < 1e-12);
      strictEqual(ab.p, ba.p);
      const self = pairedDifference(a, a, { resamples: 100 });
      ok(self.value === 0 && self.p === 1 && self.low < 0 && self.high > 0);
    }),
    { numRuns: 40 },
  );
});

Deno.test("pairedDifference() is narrower than the two intervals apart when the systems mostly agree", () => {
  const a = Array.from({ length: 250 }, (_, i) => i % 2 === 0);
  const b = a.map((r, i) => i % 25 === 0 ? !r : r);
  const paired = pairedDifference(clusterScores(oneLanguage(a)), clusterScores(oneLanguage(b)));
  const alone = clusteredAccuracy(clusterScores(oneLanguage(a)));
  ok(paired.high - paired.low < (alone.high - alone.low) / 2);
});

Deno.test("where all problems agree, estimates keep an interval around their value, however large it is", () => {
  const level = fc.constantFrom(0, 0.25, 0.5, 0.75, 1), count = fc.integer({ min: 2, max: 50 });
  fc.assert(fc.property(level, level, count, (a, b, problems) => {
    const [one, other] = atLeast(
      [a, b].map((share) =>
        clusterScores(Array.from({ length: problems * 4 }, (_, i) => ({
          cluster: `p${i % problems}`,
          stratum: `l${Math.floor(i / problems)}`,
          score: Number(Math.floor(i / problems) < share * 4),
        })))
      ),
      2,
    );
    for (const found of [clusteredAccuracy(one), pairedDifference(one, other)]) {
      ok(found.low <= found.value && found.value <= found.high);
      ok(found.high - found.low > 0.05, JSON.stringify(found));
    }
  }));
});

Deno.test("pairedDifference() refuses systems that answered different items", () => {
  const a = clusterScores(oneLanguage([true, false])), b = clusterScores(oneLanguage([true, false, true]));
  throws(() => pairedDifference(a, b), /answered different items: 2 problems x 1 languages/);
});

/** McNemar's exact p: twice the smaller tail of Bin(disagreements, 1/2), summed without logarithms. */
function mcnemarOf(a: readonly boolean[], b: readonly boolean[]): number {
  const only = a.filter((right, i) => right && !b[i]).length,
    other = b.filter((right, i) => right && !a[i]).length;
  const n = only + other;
  let point = 0.5 ** n, tail = 0;
  for (let k = 0; k <= Math.min(only, other); k++) {
    tail += point;
    point *= (n - k) / (k + 1);
  }
  return Math.min(1, 2 * tail);
}

Deno.test("signFlipTest() equals McNemar's exact p in one language with few disagreements", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.boolean(), fc.boolean()), { minLength: 2, maxLength: 14 }), (pairs) => {
      const a = pairs.map((p) => p[0]), b = pairs.map((p) => p[1]);
      const d = subtractScores(clusterScores(oneLanguage(a)), clusterScores(oneLanguage(b)));
      ok(Math.abs(signFlipTest(d) - mcnemarOf(a, b)) < 1e-9);
    }),
    { numRuns: 60 },
  );
});

Deno.test("signFlipTest() by draws agrees with McNemar's exact p, and keeps its level when nothing differs", () => {
  const a = Array.from({ length: 200 }, (_, i) => i < 30),
    b = Array.from({ length: 200 }, (_, i) => i >= 30 && i < 45);
  const d = subtractScores(clusterScores(oneLanguage(a)), clusterScores(oneLanguage(b)));
  ok(Math.abs(signFlipTest(d) - mcnemarOf(a, b)) < 0.01);
  const source = stream(3, "null");
  let found = 0;
  for (let trial = 0; trial < 60; trial++) {
    const draw = () => clusterScores(oneLanguage(Array.from({ length: 40 }, () => source.uniform() < 0.5)));
    if (signFlipTest(subtractScores(draw(), draw()), { seed: trial }) <= 0.05) found++;
  }
  ok(found <= 9, `${found} of 60 at level 0.05`); // P(Bin(60, 0.05) > 9) < 0.001
});

Deno.test("clusterScores() refuses nothing and scores that are not numbers", () => {
  throws(() => clusterScores([]), /there are none/);
  throws(() => clusterScores([{ cluster: "p1", score: NaN }]), /score NaN of problem "p1"/);
});

function covers({ low, high }: { low: number; high: number }, truth: number): boolean {
  return low <= truth && truth <= high;
}
