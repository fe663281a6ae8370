/** Detectable differences and summaries over seeds: laws, published sizes, and simulation of what they promise. */
import { ok, strictEqual, throws } from "node:assert/strict";
import fc from "fast-check";
import { minimumDetectable, pOfZero, summariseSeeds } from "../../lib/metric/mod.ts";
import { stream } from "../../lib/random.ts";

Deno.test("minimumDetectable() is 2.80 standard errors at 5 % and 80 %", () => {
  strictEqual(minimumDetectable(1).toFixed(3), "2.802");
});

Deno.test("minimumDetectable() with degrees of freedom is above the interval's half-width and falls to the normal's", () => {
  // Student's 4.3027 and 1.0607 at 2 degrees of freedom, from the tables.
  strictEqual(minimumDetectable(1, { df: 2 }).toFixed(3), "5.363");
  ok(minimumDetectable(1, { df: 1e6 }) - minimumDetectable(1) < 1e-4);
  throws(() => minimumDetectable(1, { power: 1 }), /power 1/);
});

Deno.test("minimumDetectable() promises the power that Student's test over 4 seeds then has", () => {
  const source = stream(11, "power");
  const problems = 400, seeds = 4, spread = 0.02;
  let found = 0;
  const trials = 1500;
  const d = minimumDetectable(spread / Math.sqrt(seeds), { df: seeds - 1 });
  for (let trial = 0; trial < trials; trial++) {
    const rows = Array.from({ length: seeds }, () => Array(problems).fill(d + spread * source.normal()));
    if (pOfZero(summariseSeeds(rows)) < 0.05) found++;
  }
  ok(Math.abs(found / trials - 0.8) < 0.05, `power ${found / trials}`);
});

const table = fc.integer({ min: 2, max: 12 }).chain((p) =>
  fc.array(fc.array(fc.integer({ min: 0, max: 1 }), { minLength: p, maxLength: p }), {
    minLength: 1,
    maxLength: 5,
  })
);

Deno.test("summariseSeeds() is the grand mean, whatever the order of seeds and problems", () => {
  fc.assert(fc.property(table, (scores) => {
    const one = summariseSeeds(scores);
    ok(Math.abs(one.value - scores.flat().reduce((a, b) => a + b, 0) / scores.flat().length) < 1e-12);
    const turned = summariseSeeds(scores.map((row) => row.toReversed()).toReversed());
    ok(Math.abs(turned.low - one.low) < 1e-9 && Math.abs(turned.high - one.high) < 1e-9);
    ok(one.low <= one.value && one.value <= one.high);
  }));
});

Deno.test("summariseSeeds() learns nothing from a seed that repeats the first one exactly", () => {
  fc.assert(fc.property(table, (scores) => {
    const one = summariseSeeds([scores[0]!]), same = summariseSeeds([scores[0]!, scores[0]!, scores[0]!]);
    ok(Math.abs(same.standardError - one.standardError) < 1e-12);
    strictEqual(one.seedsResolved, false);
    strictEqual(one.seedSd, null);
    ok(same.seedSd! < 1e-12);
  }));
});

Deno.test("summariseSeeds() adds the mean squares of seeds and problems less the rest, worked by hand", () => {
  // means of seeds 2, 4; of problems 1, 3, 5; MS_seed = 6, MS_problem = 8, rest (x - seed - problem + 3): +-1, 0, -+1, so MS_rest = 2
  const { standardError, df, seedSd } = summariseSeeds([[1, 2, 3], [1, 4, 7]]);
  ok(Math.abs(standardError - Math.sqrt((6 + 8 - 2) / 6)) < 1e-12);
  ok(Math.abs(df - 12 ** 2 / (6 ** 2 / 1 + 8 ** 2 / 2 + 2 ** 2 / 2)) < 1e-12);
  ok(Math.abs(seedSd! - Math.SQRT2) < 1e-12);
});

Deno.test("summariseSeeds() takes a spread that the rest explains for none", () => {
  // problems alike on average: only seeds count; seeds alike on average: only problems count
  const seedsOnly = summariseSeeds([[0, 1, 0, 1], [6, 5, 6, 5]]);
  ok(Math.abs(seedsOnly.standardError - Math.sqrt(4 * 12.5 / 8)) < 1e-12 && seedsOnly.df === 1);
  const problemsOnly = summariseSeeds([[0, 6], [1, 5]]);
  ok(Math.abs(problemsOnly.standardError - Math.sqrt(25 / 4)) < 1e-12 && problemsOnly.df === 1);
});

Deno.test("summariseSeeds() of one seed is Student's t interval and test over problems", () => {
  // Gosset's (1908) sleep data, extra hours with drug 2 minus drug 1: mean 1.58, 95 % t interval 0.70 to 2.46, p = 0.002833
  // (R's t.test).
  const summary = summariseSeeds([[1.2, 2.4, 1.3, 1.3, 0.0, 1.0, 1.8, 0.8, 4.6, 1.4]]);
  const { low, high, value } = summary;
  strictEqual([value, low, high].map((x) => x.toFixed(2)).join(" "), "1.58 0.70 2.46");
  strictEqual(pOfZero(summary).toFixed(6), "0.002833");
});

Deno.test("pOfZero() is below 5 % exactly where the 95 % interval of summariseSeeds() leaves out zero", () => {
  fc.assert(fc.property(table, table, (rows, others) => {
    const other = others[0]!;
    // Differences of two systems: -1, 0 and 1.
    const scores = rows.map((row) => row.map((x, i) => x - other[i % other.length]!));
    const summary = summariseSeeds(scores);
    const { low, high } = summary, p = pOfZero(summary);
    ok(p >= 0 && p <= 1);
    if (low > 1e-9 || high < -1e-9) ok(p < 0.05);
    if (low < -1e-9 && high > 1e-9) ok(p > 0.05);
  }));
});

Deno.test("summariseSeeds() covers the truth for new seeds and new problems (3 seeds, 40 problems)", () => {
  const source = stream(2, "seeds");
  let covered = 0, problemsOnly = 0;
  const trials = 800;
  for (let trial = 0; trial < trials; trial++) {
    const problems = Array.from({ length: 40 }, () => source.normal());
    const scores = [0, 1, 2].map(() => {
      const shift = 0.3 * source.normal();
      return problems.map((p) => p + shift + 0.5 * source.normal());
    });
    const { low, high } = summariseSeeds(scores);
    if (low <= 0 && 0 <= high) covered++;
    const alone = summariseSeeds([scores[0]!]);
    if (alone.low <= 0 && 0 <= alone.high) problemsOnly++;
  }
  ok(covered / trials > 0.92, `coverage ${covered / trials}`);
  ok(problemsOnly / trials < 0.9, `one seed covers ${problemsOnly / trials}`);
});

Deno.test("summariseSeeds() refuses seeds that saw different problems", () => {
  throws(() => summariseSeeds([[1, 0], [1]]), /different numbers of problems/);
  throws(() => summariseSeeds([]), /0 seeds/);
});
