/** The table of scores that steps computed themselves. */
import { match, strictEqual } from "node:assert/strict";
import { renderToString } from "preact-render-to-string";
import { atLeast } from "../../lib/checked.ts";
import { OwnScores } from "../../lib/report/html/own_scores.tsx";
import type { OwnScore, Slice } from "../../lib/results/slice.ts";

function score(variant: string, scope: string, changes: Partial<OwnScore> = {}): OwnScore {
  return {
    ...{ run: variant, variant, seed: 1, benchmark: "", scope, metric: "words tagged rightly" },
    ...{ n: 113, k: 92, value: 92 / 113, estimator: "recall" },
    ...changes,
  };
}

function rows(own: readonly OwnScore[]): string[] {
  const variants = [...new Set(own.map(({ variant }) => variant))].map((name) => ({ name }));
  const html = renderToString(OwnScores({ slice: { own, variants } as unknown as Slice }));
  return [...html.matchAll(/<tbody>.*<\/tbody>/gs)].flatMap(([body]) => body.match(/<tr\b.*?<\/tr>/gs) ?? []);
}

Deno.test("a number that no system changes has one row, with how many it counts", () => {
  const [row, ...more] = atLeast(
    rows([
      score("Noun", "NOUN"),
      score("Noun + verb", "NOUN"),
      score("Noun + verb", "VERB"),
    ]),
    1,
  );
  strictEqual(more.length, 0);
  match(row, /all systems/);
  match(row, /92 of 113, recall/);
  strictEqual(row.match(/81\.4/g)!.length, 2);
});

Deno.test("a number that a system changes has a row for each, and seeds that differ have a range", () => {
  const differing = [score("a", ""), score("b", "", { value: 0.5 }), score("b", "", { value: 0.7, seed: 2 })];
  const [first, second, ...more] = atLeast(rows(differing), 2);
  strictEqual(more.length, 0);
  match(first, /81\.4/);
  match(second, /60\.0.*50\.0–70\.0/s);
});
