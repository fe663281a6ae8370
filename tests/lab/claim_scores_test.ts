/** Claims on scores that steps computed: counts, and scores of whole texts by language. */
import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import { scoreAbove, scoreBelow, scoreIs, scoreMatrix } from "../../lib/lab/experiment/claim_scores.ts";
import type { Results } from "../../lib/lab/experiment/results.ts";

/** By "variant scope metric", the values of its seeds. */
function resultsOf(scores: Readonly<Record<string, readonly number[]>>): Results {
  return {
    accuracy: () => undefined,
    difference: () => undefined,
    change: () => undefined,
    languages: (_benchmark, scope) => scope === "LR" ? ["bn", "sw", "te"] : [scope],
    floor: () => undefined,
    score: (variant, _benchmark, scope, metric) => scores[`${variant} ${scope} ${metric}`],
  };
}

const BLEU = { benchmark: "translated", scope: "LR", metric: "BLEU" };
const RESULTS = resultsOf({
  "a bn BLEU": [80, 82],
  "a sw BLEU": [70, 71],
  "a te BLEU": [75, 76],
  "b bn BLEU": [60, 61],
  "b sw BLEU": [50, 52],
  "b te BLEU": [55, 54],
  "half bn BLEU": [60, 61],
  "a mmwp languages": [48, 48],
  "a mgsm languages": [11, 10],
});

Deno.test("a group's score is a row a seed and a column a language, and nothing where one language lacks it", () => {
  deepStrictEqual(scoreMatrix(RESULTS, "a", BLEU), [[80, 70, 75], [82, 71, 76]]);
  deepStrictEqual(scoreMatrix(RESULTS, "a", { ...BLEU, scope: "sw" }), [[70], [71]]);
  strictEqual(scoreMatrix(RESULTS, "half", BLEU), undefined);
});

Deno.test("a count is what it is for every seed", () => {
  const languages = (scopes: string | string[], value: number) =>
    scoreIs("a", value, { scopes, metric: "languages" }).check(RESULTS);
  strictEqual(languages("mmwp", 48).verdict, "supported");
  deepStrictEqual(languages("mmwp", 48).numbers, { counted: 48, asked: 48 });
  const less = languages("mmwp", 50);
  strictEqual(less.verdict, "contradicted");
  match(less.because, /^languages of mmwp: 48, asked 50; counted/);
  match(languages("mgsm", 11).because, /mgsm: 11, 10, asked 11/);
  strictEqual(languages("mgsm", 11).verdict, "contradicted");
  strictEqual(languages(["mmwp", "xnli"], 48).verdict, "not run");
});

Deno.test("a score of texts is compared with a number by its interval over languages and seeds", () => {
  const { verdict, because, numbers } = scoreAbove("a", 60, BLEU).check(RESULTS);
  strictEqual(verdict, "supported");
  match(
    because,
    /a, BLEU on translated LR: 75\.67 \[6\d\.\d\d to 8\d\.\d\d\], asked above 60; 3 languages × 2 seeds/,
  );
  // No share: it must not be drawn on the axis of accuracies.
  deepStrictEqual(Object.keys(numbers), ["mean", "from", "to", "asked"]);
  strictEqual(scoreAbove("a", 78.71, BLEU).check(RESULTS).verdict, "not resolvable");
  strictEqual(scoreBelow("a", 60, BLEU).check(RESULTS).verdict, "contradicted");
  strictEqual(scoreAbove("none", 60, BLEU).check(RESULTS).verdict, "not run");
});

Deno.test("two variants are compared language by language, which a spread between languages does not hide", () => {
  const { verdict, because } = scoreAbove("a", "b", BLEU).check(RESULTS);
  strictEqual(verdict, "supported");
  match(because, /^a minus b, BLEU on translated LR: 20\.33 \[1\d\.\d\d to 2\d\.\d\d\], asked above 0/);
  match(scoreAbove("b", "a", BLEU).check(RESULTS).because, /LR: \u221220\.33 \[\u2212/);
  strictEqual(scoreAbove("a", "half", BLEU).check(RESULTS).verdict, "not run");
});

Deno.test("one language alone has no interval", () => {
  const { verdict, because } = scoreAbove("a", 60, { ...BLEU, scope: "bn" }).check(RESULTS);
  strictEqual(verdict, "not resolvable");
  match(because, /1 language × 2 seeds have no interval/);
});
