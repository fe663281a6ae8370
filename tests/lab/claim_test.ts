/** Checks of claims against the interval they judge. */
import { atLeast } from "../../lib/checked.ts";
import { deepStrictEqual, match, ok, strictEqual, throws } from "node:assert/strict";
import fc from "fast-check";
import {
  accuracyAbove,
  accuracyBelow,
  isAbove,
  isAboveFloor,
  isBelow,
  isWithin,
  rises,
} from "../../lib/lab/experiment/claim.ts";
import { all, forEach } from "../../lib/lab/experiment/claim_combine.ts";
import { minimumDetectable, unitsFactor } from "../../lib/metric/detectable.ts";
import type { Accuracy, Difference, Results } from "../../lib/lab/experiment/results.ts";

const DESIGN = { problems: 200, languages: 4, seeds: 3, unit: "problem" };
const WHERE = { benchmark: "mgsm", scope: "LR" };

function results(found: { difference?: Difference; accuracy?: Accuracy }): Results {
  return {
    accuracy: () => found.accuracy,
    difference: () => found.difference,
    change: () => found.difference,
    languages: () => [],
    floor: () => undefined,
    score: () => undefined,
  };
}

function difference(low: number, high: number): Difference {
  return {
    value: (low + high) / 2,
    low,
    high,
    p: 0.04,
    corrected: { p: 0.12, of: 3 },
    detectable: 0.06,
    n: 2400,
    ...DESIGN,
  };
}

const interval = fc.tuple(
  fc.double({ min: -1, max: 1, noNaN: true }),
  fc.double({ min: -1, max: 1, noNaN: true }),
)
  .map(([a, b]) => difference(Math.min(a, b), Math.max(a, b)));

Deno.test("isAbove() and isBelow() with opposite thresholds never both hold, and contradict each other", () => {
  fc.assert(fc.property(interval, fc.double({ min: 0, max: 0.5, noNaN: true }), (found, by) => {
    const above = isAbove("A", "B", { ...WHERE, by }).check(results({ difference: found })).verdict;
    const below = isBelow("A", "B", { ...WHERE, by }).check(results({ difference: found })).verdict;
    strictEqual(above === "supported" && below === "supported", false);
    if (above === "supported" && by > 0) strictEqual(below, "contradicted");
    if (found.low <= by && found.high >= by) strictEqual(above, "not resolvable");
  }));
});

Deno.test("isWithin() holds only when the whole interval is inside", () => {
  const verdict = (low: number, high: number): string =>
    isWithin("A", "B", { ...WHERE, by: 0.05 }).check(results({ difference: difference(low, high) })).verdict;
  deepStrictEqual(
    [verdict(-0.04, 0.04), verdict(-0.06, 0.01), verdict(0.06, 0.2), verdict(-0.2, -0.06)],
    ["supported", "not resolvable", "contradicted", "contradicted"],
  );
});

Deno.test("checks of accuracies compare the interval with the threshold", () => {
  const accuracy = { value: 0.5, low: 0.45, high: 0.55, n: 100, k: 50, ...DESIGN };
  const verdict = (check: ReturnType<typeof accuracyBelow>): string =>
    check.check(results({ accuracy })).verdict;
  deepStrictEqual(
    [accuracyBelow("A", 0.6, WHERE), accuracyBelow("A", 0.5, WHERE), accuracyAbove("A", 0.6, WHERE)].map(
      verdict,
    ),
    [
      "supported",
      "not resolvable",
      "contradicted",
    ],
  );
});

Deno.test("a claim without answers is not run, and all() takes the worst verdict and names everything", () => {
  const check = all(isAbove("A", "B", WHERE), accuracyAbove("C", 0.2, { benchmark: "msvamp", scope: "avg" }));
  deepStrictEqual(check.about, {
    variants: ["A", "B", "C"],
    benchmarks: ["mgsm", "msvamp"],
    scopes: ["LR", "avg"],
  });
  strictEqual(check.check(results({})).verdict, "not run");
  const finding = check.check(results({ difference: difference(0.1, 0.2) }));
  strictEqual(finding.verdict, "not run");
  strictEqual(finding.numbers["1.low"], 0.1);
  const [first, second, ...more] = atLeast(finding.because.split("\n"), 1);
  match(first, /^A minus B on mgsm LR: /);
  strictEqual(second, "No answers of C on msvamp avg");
  deepStrictEqual(more, []);
});

Deno.test("lists of names ask for every combination; one name each is the plain check", () => {
  const asked: string[] = [];
  const results: Results = {
    change: () => undefined,
    accuracy: () => undefined,
    difference: (variant, reference, benchmark, scope) => {
      asked.push([variant, reference, benchmark, scope].join(" "));
      return variant === "B" && scope === "HR" ? difference(-0.2, -0.1) : difference(0.1, 0.2);
    },
    languages: () => [],
    floor: () => undefined,
    score: () => undefined,
  };
  const check = isAbove(["A", "B"], "C", { benchmark: "mgsm", scope: ["LR", "HR"] });
  deepStrictEqual(check.about, { variants: ["A", "C", "B"], benchmarks: ["mgsm"], scopes: ["LR", "HR"] });
  strictEqual(check.check(results).verdict, "contradicted");
  deepStrictEqual(asked, ["A C mgsm LR", "A C mgsm HR", "B C mgsm LR", "B C mgsm HR"]);
  strictEqual(isAbove(["A"], "C", { ...WHERE, scope: ["LR"] }).check(results).numbers.low, 0.1);
});

Deno.test("forEach() combines as many checks as the lists' product, and none at all is refused", () => {
  const names = fc.array(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 4 });
  fc.assert(fc.property(names, names, (one, two) => {
    let made = 0;
    forEach([one, two], (variant, scope) => {
      made++;
      return accuracyAbove(variant, 0.5, { benchmark: "mgsm", scope });
    });
    strictEqual(made, one.length * two.length);
  }));
  throws(() => forEach([[], "a"], () => accuracyAbove("A", 0.5, WHERE)), TypeError);
});

Deno.test("rises() compares each with the one before it, so that one fall contradicts", () => {
  const level: Record<string, number> = { "0 %": 0.1, "40 %": 0.3, "100 %": 0.2 };
  const found: Results = {
    change: () => undefined,
    accuracy: () => undefined,
    difference: (variant, reference) => {
      const by = level[variant]! - level[reference]!;
      return difference(by - 0.01, by + 0.01);
    },
    languages: () => [],
    floor: () => undefined,
    score: () => undefined,
  };
  const verdict = (...names: string[]) => rises(names, WHERE).check(found).verdict;
  deepStrictEqual(
    [verdict("0 %", "40 %"), verdict("0 %", "100 %"), verdict("0 %", "40 %", "100 %")],
    ["supported", "supported", "contradicted"],
  );
});

Deno.test("a finding says the numbers that decided it", () => {
  const finding = isBelow("w/o align", "LinguaLIFT", WHERE).check(
    results({ difference: difference(-0.2, -0.1) }),
  );
  match(
    finding.because,
    /^w\/o align minus LinguaLIFT on mgsm LR: −15.0 pp \[−20.0 to −10.0\]; p = 0.040 uncorrected, 0.12 corrected for 3 \(Holm\); detectable 6.0 pp; 200 problems × 4 languages × 3 seeds$/,
  );
});

Deno.test("at the floor a system shows nothing: above it is supported, around it not resolvable, without one not run", () => {
  const found = (low: number, high: number) => ({
    ...{ value: (low + high) / 2, low, high, n: 100, k: 30, problems: 100, languages: 1, seeds: 1 },
    unit: "problem",
  });
  const at = (low: number, high: number, value?: number): Results => ({
    change: () => undefined,
    difference: () => undefined,
    languages: () => [],
    score: () => undefined,
    accuracy: () => found(low, high),
    floor: () => value === undefined ? undefined : { name: "Floor (numbers alone)", value },
  });
  const { check } = isAboveFloor("LinguaLIFT", { benchmark: "mgsm", scope: "LR" });
  strictEqual(check(at(0.3, 0.4, 0.2)).verdict, "supported");
  const around = check(at(0.1, 0.3, 0.2));
  strictEqual(around.verdict, "not resolvable");
  match(around.because, /above Floor \(numbers alone\), 20\.0 %: what it gets is no sign of reading/);
  strictEqual(check(at(0.1, 0.15, 0.2)).verdict, "contradicted");
  strictEqual(check(at(0.3, 0.4)).verdict, "not run");
});

Deno.test("what cannot be resolved says how many problems, or seeds, would show a difference of that size, and the cost", () => {
  const because = (found: Difference) =>
    isAbove("A", "B", WHERE).check(results({ difference: found })).because;
  const found = difference(-0.02, 0.04);
  match(
    because(found),
    /; if it is truly \+1\.0 pp from what is asked, 108 seeds would show it, 36 times the trainings$/,
  );
  match(
    because({ ...found, seeds: 1 }),
    /; if it is truly \+1\.0 pp from what is asked, 7,200 problems would show it, 36 times the answers$/,
  );
  match(
    because({ ...found, detectable: 0.005 }),
    /; if it is truly \+1\.0 pp from what is asked, this design shows it in four of five trials$/,
  );
  match(because(difference(-0.03, 0.03)), /; no number of seeds would show so small a difference$/);
  strictEqual(/would show|shows it/.test(because(difference(0.01, 0.05))), false);
});

Deno.test("an accuracy that cannot be told from its threshold or floor says what would tell it", () => {
  const accuracy = { value: 0.3, low: 0.26, high: 0.34, n: 2400, k: 720, ...DESIGN, seeds: 1 };
  const found = { ...results({ accuracy }), floor: () => ({ name: "Floor", value: 0.28 }) };
  // A half-width of 4 points is 1.96 standard errors; 2.80 of them are detected: (5.72 / 2)^2 times the 200 problems.
  const told =
    /; if it is truly \+2\.0 pp from what is asked, 1,635 problems would show it, 8\.17 times the answers$/;
  match(isAboveFloor("A", WHERE).check(found).because, told);
  match(accuracyAbove("A", 0.28, WHERE).check(found).because, told);
});

Deno.test("as many units as unitsFactor() says detect the effect", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 500 }),
      fc.double({ min: 0.001, max: 0.5, noNaN: true }),
      (n, effect) => {
        const standardError = (units: number) => 0.4 / Math.sqrt(units);
        const factor = unitsFactor(minimumDetectable(standardError(n)), effect);
        ok(Math.abs(minimumDetectable(standardError(n * factor)) - effect) < 1e-9);
      },
    ),
  );
});

Deno.test("a finding that cannot be resolved keeps how many times as much would, for its price; a decided one does not", () => {
  const times = (found: Difference) =>
    isAbove("A", "B", WHERE).check(results({ difference: found })).numbers.times;
  const found = difference(-0.02, 0.04);
  ok(Math.abs(times(found)! - 36) < 1e-9);
  strictEqual(times(difference(0.01, 0.05)), undefined);
  strictEqual(times(difference(-0.03, 0.03)), null);
});

Deno.test("what cannot be called the same says how many problems would, by its distance from the nearer limit", () => {
  const { because, numbers } = isWithin("A", "B", { ...WHERE, by: 0.05 }).check(
    results({ difference: { ...difference(0.02, 0.06), seeds: 1 } }),
  );
  // 6 points are detected, and it is 1 point inside.
  match(
    because,
    /; if it is truly −1\.0 pp from what is asked, 7,200 problems would show it, 36(\.0)? times the answers$/,
  );
  ok(Math.abs(numbers.times! - 36) < 1e-6);
});
