/** The browser's own arithmetic against the lab's. */
import { strictEqual } from "node:assert/strict";
import fc from "fast-check";
import { clusterScores, macroMean } from "../../lib/metric/mod.ts";
import { indexMarks, recompute } from "../../lib/report/client/recompute.ts";
import { type MarkSet, paired, scoresOf, tabulate } from "../../lib/results/marks.ts";

const LANGUAGES = ["sw", "bn", "te"];
const PROBLEMS = 6;

/** Marks of two variants, three languages and up to three seeds, gaps allowed but never everywhere. */
const marksArbitrary = fc.array(
  fc.array(fc.constantFrom("0", "1", "."), { minLength: PROBLEMS, maxLength: PROBLEMS }).map((m) =>
    m.join("")
  ),
  { minLength: 2 * 3 * 3, maxLength: 2 * 3 * 3 },
).map((all) =>
  ["a", "b"].flatMap((variant, v) =>
    LANGUAGES.flatMap((lang, l) =>
      [1, 2, 3].map((seed, s) => ({
        run: `${variant}${seed}`,
        variant,
        seed,
        benchmark: "mgsm",
        lang,
        marks: all[(v * 3 + l) * 3 + s]!,
      }))
    )
  )
);
const items = Array.from({ length: PROBLEMS }, (_, i) => `p${i}`);

function setOf(rows: Parameters<typeof tabulate>[0], variant: string): MarkSet {
  return { marks: tabulate(rows, "mgsm").get(variant)!, languages: LANGUAGES, items };
}

function answersOf(rows: readonly { variant: string; lang: string; marks: string }[], variant: string) {
  return rows.filter((row) => row.variant === variant).flatMap((row) =>
    [...row.marks].flatMap((mark, i) =>
      mark === "." ? [] : [{ cluster: items[i]!, stratum: row.lang, score: Number(mark) }]
    )
  );
}

Deno.test("recompute() is lib/metric's mean over languages", () => {
  fc.assert(fc.property(marksArbitrary, (rows) => {
    const again = recompute({ variant: "a", benchmark: "mgsm", languages: LANGUAGES }, indexMarks(rows));
    const answers = answersOf(rows, "a");
    if (new Set(answers.map((a) => a.stratum)).size < LANGUAGES.length) return again.printed === "";
    strictEqual(again.printed, (macroMean(clusterScores(answers)) * 100).toFixed(1));
    strictEqual(again.n, answers.length);
    strictEqual(again.k, answers.filter((a) => a.score === 1).length);
  }));
});

Deno.test("recompute() prints nothing where a language has no answer", () => {
  const index = indexMarks([{ variant: "a", benchmark: "mgsm", lang: "sw", marks: "1.0" }]);
  strictEqual(recompute({ variant: "a", benchmark: "mgsm", languages: ["sw"] }, index).printed, "50.0");
  strictEqual(recompute({ variant: "a", benchmark: "mgsm", languages: ["sw", "bn"] }, index).printed, "");
});

Deno.test("scoresOf() has the mean of the answers whether or not it could fold the languages into one", () => {
  fc.assert(fc.property(marksArbitrary, (rows) => {
    const scores = scoresOf(setOf(rows, "a"));
    const answers = answersOf(rows, "a");
    if (!scores) return new Set(answers.map((a) => a.stratum)).size < LANGUAGES.length;
    strictEqual(macroMean(scores).toFixed(12), macroMean(clusterScores(answers)).toFixed(12));
  }));
});

Deno.test("scoresOf() folds languages into one column when every problem is there in all of them", () => {
  const rows = LANGUAGES.map((lang) => ({
    run: "r",
    variant: "a",
    seed: 1,
    benchmark: "mgsm",
    lang,
    marks: "110010",
  }));
  strictEqual(scoresOf(setOf(rows, "a"))?.strata.length, 1);
});

Deno.test("paired() keeps exactly the answers both variants have", () => {
  fc.assert(fc.property(marksArbitrary, (rows) => {
    const [a, b] = paired(setOf(rows, "a"), setOf(rows, "b")).map(scoresOf);
    if (!a || !b) return;
    strictEqual(a.count.join(), b.count.join());
    const both = rows.filter((row) => row.variant === "a").flatMap((row) => {
      const other = rows.find((x) => x.variant === "b" && x.lang === row.lang && x.seed === row.seed)!;
      return [...row.marks].filter((mark, i) => mark !== "." && other.marks[i] !== ".");
    });
    strictEqual(a.count.reduce((sum, n) => sum + n, 0), both.length);
    strictEqual(a.total.reduce((sum, n) => sum + n, 0), both.filter((mark) => mark === "1").length);
  }));
});
