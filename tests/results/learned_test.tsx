/** What each system learned from, beside its accuracy in the languages that it saw as text, as words, or never. */
import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { renderToString } from "preact-render-to-string";
import { LearnedTables } from "../../lib/report/html/learned_table.tsx";
import { learnedOf } from "../../lib/results/learned.ts";
import type { OwnScore } from "../../lib/results/slice.ts";
import { computeResults } from "../../lib/results/table.ts";
import { EMPTY_SLICE } from "../report/_slice.ts";

const LANGUAGES = ["en", "de", "sw", "te"];
const BENCHMARK = {
  ...{ id: "math", title: "Math", unit: "problem", against: null, note: null },
  ...{ languages: LANGUAGES, groups: [{ name: "avg", languages: LANGUAGES }] },
};

function fact(variant: string, metric: string, value: number, scope = "", seed = 1): OwnScore {
  return {
    ...{ run: `${variant} ${seed}`, variant, seed, benchmark: "", scope, metric: `training (${metric})` },
    ...{ n: null, k: null, value, estimator: "e" },
  };
}

const totals = (variant: string, seed = 1) => [
  fact(variant, "updates", 40, "", seed),
  fact(variant, "LLM tokens", 1000 * seed, "", seed),
  fact(variant, "trained parameters", 7, "", seed),
];

function resultsOf(training: readonly OwnScore[], right: Readonly<Record<string, string>>) {
  const variants = [...new Set(training.map(({ variant }) => variant)), "untrained"];
  const slice = {
    ...EMPTY_SLICE,
    baseName: variants[0]!,
    variants: variants.map((name) => ({ name, method: "m", patch: [], facts: null })),
    benchmarks: [BENCHMARK],
    training,
  };
  const marks = variants.flatMap((variant) =>
    LANGUAGES.map((lang) => ({
      run: `${variant} 1`,
      variant,
      seed: 1,
      benchmark: "math",
      lang,
      marks: right[lang]!,
    }))
  );
  return computeResults({ slice, marks, items: { math: ["a", "b", "c", "d"] } }, () => undefined);
}

const MARKS = { en: "1111", de: "1110", sw: "1100", te: "1000" };

Deno.test("a mean is split by what the training saw: text before words, English in no part, and nothing is lost", () => {
  const training = [
    ...totals("A"),
    fact("A", "translated examples", 5, "de"),
    fact("A", "switched examples", 5, "de"),
    fact("A", "switched examples", 5, "sw"),
    ...totals("B"),
  ];
  const { learned } = resultsOf(training, MARKS);
  deepStrictEqual(
    learned.map(({ variant, accuracies }) => [
      variant,
      ...accuracies.map(({ seen, languages, value }) => [seen, languages, value]),
    ]),
    [
      ["A", ["translated", ["de"], 0.75], ["switched", ["sw"], 0.5], ["neither", ["te"], 0.25]],
      ["B", ["neither", ["de", "sw", "te"], 0.5]],
    ],
  );
  for (const { accuracies } of learned) {
    for (const { low, value, high } of accuracies) ok(low <= value && value <= high && low < high);
    deepStrictEqual(accuracies.flatMap(({ languages }) => languages).sort(), ["de", "sw", "te"]);
  }
});

Deno.test("numbers of a row are means over its seeds; a system without a training has no row", () => {
  const { learned } = resultsOf([...totals("A", 1), ...totals("A", 3)], MARKS);
  deepStrictEqual(learned.map(({ variant }) => variant), ["A"]);
  strictEqual(learned[0]!.tokens, 2000);
  strictEqual(learned[0]!.updates, 40);
  deepStrictEqual(learnedOf({ ...EMPTY_SLICE }, { accuracyOver: () => undefined }), []);
});

Deno.test("the page has a row a system with its languages, and their names where they are codes", () => {
  const training = [...totals("A <b>"), fact("A <b>", "translated examples", 5, "de")];
  const html = renderToString(<LearnedTables results={resultsOf(training, MARKS)} />);
  ok(html.includes("A &lt;b"), html);
  ok(html.includes("1: de") && html.includes('title="German"'), html);
  ok(/Text seen.*Words seen.*Never seen/s.test(html));
  ok(html.includes(">75.0<"), html);
});
