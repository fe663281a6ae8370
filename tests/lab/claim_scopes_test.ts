/** Checks between groups and benchmarks: laws over made-up results. */
import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import fc from "fast-check";
import { benchmarkAbove, correlates, gainsMore, scopeAbove } from "../../lib/lab/experiment/claim_scopes.ts";
import type { Accuracy, Difference, Results } from "../../lib/lab/experiment/results.ts";
import { spearman } from "../../lib/metric/mod.ts";

const DESIGN = { problems: 50, languages: 2, seeds: 1, unit: "problem" };
const LANGUAGES = ["ar", "bn", "de", "fr", "sw", "th", "zh"];

function results(changes: Partial<Results>): Results {
  return {
    accuracy: () => undefined,
    difference: () => undefined,
    change: () => undefined,
    languages: () => LANGUAGES,
    floor: () => undefined,
    score: () => undefined,
    ...changes,
  };
}

function accuracy(value: number, half: number): Accuracy {
  return { value, low: value - half, high: value + half, n: 100, k: 50, ...DESIGN };
}

const pair = fc.tuple(
  fc.double({ min: 0, max: 1, noNaN: true }),
  fc.double({ min: 0, max: 0.5, noNaN: true }),
);
const WHERE = { benchmark: "mgsm", scope: "LR", than: "HR" };

Deno.test("scopeAbove() of two groups either way round: never both supported, and one's support is the other's contradiction", () => {
  fc.assert(fc.property(pair, pair, (low, high) => {
    const found = results({
      accuracy: (_variant, _benchmark, scope) => accuracy(...(scope === "LR" ? low : high)),
    });
    const [one, other] = [WHERE, { ...WHERE, scope: "HR", than: "LR" }].map((where) =>
      scopeAbove("A", where).check(found).verdict
    );
    if (one === "supported") strictEqual(other, "contradicted");
    if (one === "not resolvable") strictEqual(other, "not resolvable");
  }));
});

Deno.test("scopeAbove() holds whenever the intervals do not overlap, and its interval is no wider than the two together", () => {
  fc.assert(fc.property(pair, pair, (low, high) => {
    const [one, other] = [accuracy(...low), accuracy(...high)];
    const found = results({ accuracy: (_v, _b, scope) => scope === "LR" ? one : other });
    const { verdict, numbers } = scopeAbove("A", WHERE).check(found);
    if (one.low > other.high + 1e-9) strictEqual(verdict, "supported");
    ok(numbers.low! >= one.low - other.high - 1e-12 && numbers.high! <= one.high - other.low + 1e-12);
  }));
});

Deno.test("gainsMore() asks for a larger gain, not for a higher accuracy: equal gains are not resolvable", () => {
  const gain = (value: number): Difference => ({
    value,
    low: value - 0.05,
    high: value + 0.05,
    p: 0.01,
    corrected: null,
    detectable: 0.05,
    n: 100,
    ...DESIGN,
  });
  const verdict = (low: number, high: number) =>
    gainsMore("A", "B", WHERE).check(
      results({ difference: (_v, _r, _b, scope) => gain(scope === "LR" ? low : high) }),
    ).verdict;
  deepStrictEqual([verdict(0.3, 0.1), verdict(0.2, 0.2), verdict(0, 0.2)], [
    "supported",
    "not resolvable",
    "contradicted",
  ]);
});

Deno.test("correlates() is Spearman's rho over every language that both benchmarks have, of every variant", () => {
  const values = fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 24, maxLength: 24 });
  fc.assert(fc.property(values, (numbers) => {
    const variants = ["A", "B"];
    const at = (variant: string, benchmark: string, lang: string) =>
      numbers[variants.indexOf(variant) * 12 + (benchmark === "mgsm" ? 6 : 0) + LANGUAGES.indexOf(lang)]! /
      50;
    const found = results({
      // The second benchmark lacks a language.
      languages: (benchmark) => benchmark === "mgsm" ? LANGUAGES.slice(0, 6) : LANGUAGES,
      accuracy: (variant, benchmark, lang) => accuracy(at(variant, benchmark, lang), 0.1),
    });
    const { verdict, numbers: said } = correlates(variants, ["tatoeba", "mgsm"], { scope: "LR" }).check(
      found,
    );
    const all = variants.flatMap((variant) => LANGUAGES.slice(0, 6).map((lang) => [variant, lang] as const));
    const wanted = spearman(
      all.map(([variant, lang]) => at(variant, "tatoeba", lang)),
      all.map(([variant, lang]) => at(variant, "mgsm", lang)),
    );
    if (wanted === null) strictEqual(verdict, "not resolvable");
    else {
      deepStrictEqual([said.rho, said.n], [wanted.rho, 12]);
      strictEqual(verdict === "supported", wanted.low > 0);
    }
  }));
});

Deno.test("benchmarkAbove() judges the paired difference of two benchmarks, first minus second, not their intervals", () => {
  const asked: string[][] = [];
  const verdict = (low: number, high: number) => {
    const found = results({
      // Apart they say nothing: the same items are hard on both.
      accuracy: () => accuracy(0.5, 0.4),
      change: (...names) => {
        asked.push(names);
        return {
          value: (low + high) / 2,
          low,
          high,
          p: 0.01,
          corrected: null,
          detectable: 0.01,
          n: 100,
          ...DESIGN,
        };
      },
    });
    return benchmarkAbove("A", ["after", "before"], "LR").check(found).verdict;
  };
  deepStrictEqual([verdict(0.01, 0.02), verdict(-0.01, 0.02), verdict(-0.02, -0.01)], [
    "supported",
    "not resolvable",
    "contradicted",
  ]);
  deepStrictEqual(asked[0], ["A", "after", "before", "LR"]);
});

Deno.test("two groups that cannot be told apart say how many problems would, from the interval of their difference", () => {
  const groups = (low: number, high: number) =>
    scopeAbove("A", WHERE).check(
      results({ accuracy: (_v, _b, scope) => accuracy(scope === "LR" ? low : high, 0.03) }),
    );
  // Half-widths of 3 points give one of 4.24, 2.16 standard errors; 2.80 of these are detected: (6.06 / 2)^2 times 50.
  const { because, numbers } = groups(0.32, 0.3);
  match(
    because,
    /; if it is truly \+2\.0 pp from what is asked, 460 problems would show it, 9\.19 times the answers$/,
  );
  ok(Math.abs(numbers.times! - 9.19) < 0.01);
  match(groups(0.3, 0.3).because, /; no number of problems would show so small a difference$/);
  strictEqual(groups(0.5, 0.3).numbers.times, undefined);
});
