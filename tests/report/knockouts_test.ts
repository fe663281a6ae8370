/** What holding back states or tokens changes, from the marks to the table of a benchmark. @module */
import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import fc from "fast-check";
import { h } from "preact";
import { render } from "preact-render-to-string";
import { KnockoutsTable } from "../../lib/report/html/knockouts_table.tsx";
import { EffectsTable } from "../../lib/report/html/effects_table.tsx";
import type { Benchmark, Marks, Slice } from "../../lib/results/slice.ts";
import { computeResults } from "../../lib/results/table.ts";
import { EMPTY_SLICE } from "./_slice.ts";

const LANGUAGES = ["de", "sw"];
const [BASE, BOTH, STATES, TOKENS] = ["Base", "both <b>", "states alone", "tokens alone"] as const;
const SYSTEMS = [BASE, BOTH, STATES, TOKENS];
const ITEMS = Array.from({ length: 30 }, (_, i) => `s${i}`);
const BENCHMARK: Benchmark = {
  ...{ id: "mgsm", title: "MGSM", unit: "problem", against: null, note: null, languages: LANGUAGES },
  groups: [{ name: "LR", languages: ["sw"] }, { name: "avg", languages: LANGUAGES }],
};
const KNOCKOUTS = { [BOTH]: { without_states: TOKENS, without_tokens: STATES } };

/** Results of systems with these marks, the same in both languages; of a system without marks there are none. */
function results(marks: readonly (string | undefined)[], knockouts: Slice["knockouts"] = KNOCKOUTS) {
  const rows = SYSTEMS.flatMap((variant, v) =>
    marks[v] === undefined ? [] : LANGUAGES.map((lang): Marks => (
      { run: `${v}`, variant, seed: 1, benchmark: "mgsm", lang, marks: marks[v]! }
    ))
  );
  const slice: Slice = {
    ...EMPTY_SLICE,
    knockouts,
    variants: SYSTEMS.map((name) => ({ name, method: "m", patch: [], facts: null })),
    benchmarks: [BENCHMARK],
    counts: rows.map(({ run, variant, benchmark, lang, marks }) => (
      { run, variant, benchmark, lang, n: marks.length, k: [...marks].filter((mark) => mark === "1").length }
    )),
  };
  return computeResults({ slice, marks: rows, items: { mgsm: ITEMS } }, () => undefined);
}

const tableOf = (found: ReturnType<typeof results>) =>
  render(h(KnockoutsTable, { results: found, benchmark: BENCHMARK }));

const marksArbitrary = fc.array(
  fc.string({ unit: fc.constantFrom("0", "1"), minLength: ITEMS.length, maxLength: ITEMS.length }),
  { minLength: SYSTEMS.length, maxLength: SYSTEMS.length },
);

Deno.test("a knock-out is the row that holds a part back minus the row that reads both, corrected over the table", () => {
  fc.assert(
    fc.property(marksArbitrary, (marks) => {
      const { cells, knockouts } = results(marks);
      const value = (variant: string, scope: string) =>
        cells.find((cell) => cell.variant === variant && cell.scope === scope)!.value;
      deepStrictEqual(
        knockouts.map(({ of, held, variant, scope }) => [of, held, variant, scope]),
        ["LR", "avg"].flatMap((scope) => [
          [BOTH, "without_states", TOKENS, scope],
          [BOTH, "without_tokens", STATES, scope],
        ]),
      );
      for (const { variant, scope, value: found, low, high, p, corrected } of knockouts) {
        ok(Math.abs(found - (value(variant, scope) - value(BOTH, scope))) < 1e-12);
        ok(low <= found && found <= high && corrected.p >= p);
        strictEqual(corrected.of, 4);
      }
    }),
    { numRuns: 20 },
  );
});

Deno.test("a knock-out of the base is the difference that the table of changes has, with its own correction", () => {
  const marks = ["1".repeat(30), "0".repeat(30), "10".repeat(15), "1".repeat(20) + "0".repeat(10)];
  const { knockouts, effects } = results(marks, { [BASE]: { without_tokens: STATES } });
  strictEqual(knockouts.length, 2);
  for (const { variant, scope, value, low, high, p } of knockouts) {
    const { corrected: _, ...effect } = effects.find((one) =>
      one.variant === variant && one.scope === scope
    )!;
    deepStrictEqual([value, low, high, p], [effect.value, effect.low, effect.high, effect.p]);
  }
});

Deno.test("the table has a system's three accuracies and both differences; a row that was not run is said to be", () => {
  const marks = ["1".repeat(30), "1".repeat(30), "1".repeat(15) + "0".repeat(15), "0".repeat(30)];
  const whole = tableOf(results(marks));
  match(whole, /both &lt;b>/);
  match(whole, /As asked.*Without the states.*Without the tokens/);
  strictEqual(whole.match(/<b>\u2212100\.0<\/b>/g)?.length, 2);
  strictEqual(whole.match(/<b>\u221250\.0<\/b>/g)?.length, 2);
  // Each of the three numbers leads to its answers.
  for (const key of [BOTH, TOKENS, STATES].map((name) => `mgsm|${name.replace("<", "&lt;")}|avg`)) {
    ok(whole.includes(`data-cell="${key}"`), key);
  }
  const half = tableOf(results([...marks.slice(0, 3), undefined]));
  strictEqual(half.match(/not run/g)?.length, 2);
  ok(!/\u2212100\.0/.test(half) && /\u221250\.0/.test(half));
});

Deno.test("where no system reads a question twice there is no such table, and the changes' stays as it is", () => {
  const marks = SYSTEMS.map((_, i) => "1".repeat(10 + i) + "0".repeat(20 - i));
  const [none, some] = [results(marks, {}), results(marks)];
  deepStrictEqual([none.knockouts, tableOf(none)], [[], ""]);
  const changes = [none, some].map((found) =>
    render(h(EffectsTable, { results: found, benchmark: BENCHMARK }))
  );
  strictEqual(changes[0], changes[1]);
});
