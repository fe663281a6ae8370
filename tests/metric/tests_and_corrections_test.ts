/** Holm and Spearman against published examples and independent definitions. */
import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import fc from "fast-check";
import { holm, midranks, spearman } from "../../lib/metric/mod.ts";
import { stream } from "../../lib/random.ts";

Deno.test("holm() equals the closed test of Bonferroni over every set of hypotheses", () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 7 }),
      (ps) => {
        const closed = ps.map((_, i) => {
          let worst = 0;
          for (let set = 0; set < 2 ** ps.length; set++) {
            if (!(set >> i & 1)) continue;
            const members = ps.filter((_, j) => set >> j & 1);
            worst = Math.max(worst, Math.min(1, members.length * Math.min(...members)));
          }
          return worst;
        });
        holm(ps).forEach((p, i) => ok(Math.abs(p - closed[i]!) < 1e-12));
      },
    ),
  );
});

Deno.test("holm() gives the textbook example and refuses what is no p-value", () => {
  deepStrictEqual(holm([0.01, 0.04, 0.03, 0.005]).map((p) => p.toFixed(2)), ["0.03", "0.06", "0.06", "0.02"]);
  deepStrictEqual(holm([]), []);
  throws(() => holm([1.2]), /p-value 1.2/);
});

const vectors = fc.integer({ min: 4, max: 14 }).chain((n) =>
  fc.tuple(
    fc.array(fc.integer({ min: -50, max: 50 }), { minLength: n, maxLength: n }),
    fc.array(fc.integer({ min: -50, max: 50 }), { minLength: n, maxLength: n }),
  )
).filter(([x, y]) => new Set(x).size > 1 && new Set(y).size > 1);

Deno.test("spearman() sees order only, swaps sides freely and turns sign with one side", () => {
  fc.assert(
    fc.property(vectors, ([x, y]) => {
      const one = spearman(x, y)!;
      ok(-1 <= one.low && one.low <= one.rho + 1e-12 && one.rho <= one.high + 1e-12 && one.high <= 1);
      deepStrictEqual(spearman(x.map((v) => v ** 3 + 5), y), one);
      ok(Math.abs(spearman(y, x)!.rho - one.rho) < 1e-12);
      const turned = spearman(x.map((v) => -v), y)!;
      ok(Math.abs(turned.rho + one.rho) < 1e-12 && Math.abs(turned.low + one.high) < 1e-9);
      ok(Math.abs(turned.p - one.p) < 1e-9);
    }),
    { numRuns: 30 },
  );
});

Deno.test("spearman() gives the IQ and television example: rho = -29/165, p = 0.6272", () => {
  // Wikipedia, "Spearman's rank correlation coefficient", worked example: t_8 tail, p = 0.627188.
  const iq = [106, 100, 86, 101, 99, 103, 97, 113, 112, 110], hours = [7, 27, 2, 50, 28, 29, 20, 12, 6, 17];
  const { rho, p } = spearman(iq, hours)!;
  ok(Math.abs(rho + 29 / 165) < 1e-12);
  strictEqual(p.toFixed(6), "0.627188");
});

Deno.test("spearman() with ties equals 1 - 6 sum d^2 corrected for ties (Kendall & Gibbons 3.8)", () => {
  const x = [1, 2, 2, 3, 5, 5, 5, 8, 9, 10], y = [2, 1, 4, 4, 3, 7, 8, 8, 8, 10];
  const rx = midranks(x), ry = midranks(y);
  const n = x.length, cube = (n ** 3 - n) / 6;
  const d2 = rx.reduce((sum, r, i) => sum + (r - ry[i]!) ** 2, 0);
  const ties = (sizes: number[]) => sizes.reduce((sum, t) => sum + (t ** 3 - t) / 12, 0);
  const tx = ties([2, 3]), ty = ties([2, 3]);
  const wanted = (cube - d2 - tx - ty) / Math.sqrt((cube - 2 * tx) * (cube - 2 * ty));
  ok(Math.abs(spearman(x, y)!.rho - wanted) < 1e-12);
});

Deno.test("spearman() p is exact for few pairs: perfect order of 5 has 2 of 120 orders as extreme", () => {
  const { rho, p, low, high } = spearman([1, 2, 3, 4, 5], [10, 20, 30, 40, 50])!;
  ok(rho === 1 && Math.abs(p - 2 / 120) < 1e-12 && high === 1 && low > -1 && low < 1);
});

Deno.test("spearman() is null where undefined and knows nothing from three pairs", () => {
  strictEqual(spearman([1, 2], [3, 4]), null);
  strictEqual(spearman([1, 1, 1, 1], [1, 2, 3, 4]), null);
  const three = spearman([1, 2, 3], [3, 1, 2])!;
  deepStrictEqual([three.low, three.high], [-1, 1]);
  throws(() => spearman([1, 2, NaN], [1, 2, 3]), /not finite/);
});

Deno.test("spearman() interval covers the truth at n = 11 (rho = 0.7 of a bivariate normal)", () => {
  const source = stream(5, "spearman");
  const r = 2 * Math.sin(Math.PI * 0.7 / 6); // Pearson's r whose Spearman's rho is 0.7
  let covered = 0;
  for (let trial = 0; trial < 1500; trial++) {
    const x = Array.from({ length: 11 }, () => source.normal());
    const y = x.map((v) => r * v + Math.sqrt(1 - r * r) * source.normal());
    const { low, high } = spearman(x, y)!;
    if (low <= 0.7 && 0.7 <= high) covered++;
  }
  ok(Math.abs(covered / 1500 - 0.95) < 0.025, `coverage ${covered / 1500}`);
});
