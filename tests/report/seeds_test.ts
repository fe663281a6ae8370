/** What a report's intervals speak of: problems alone with one seed, seeds and problems with several. @module */
import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import fc from "fast-check";
import { render } from "preact-render-to-string";
import { h } from "preact";
import { atLeast } from "../../lib/checked.ts";
import { pOfZero, summariseSeeds } from "../../lib/metric/mod.ts";
import { EffectsTable } from "../../lib/report/html/effects_table.tsx";
import { ResultsTables } from "../../lib/report/html/results_table.tsx";
import type { Benchmark, Marks, Slice } from "../../lib/results/slice.ts";
import { computeResults } from "../../lib/results/table.ts";
import { markdownTable } from "../../lib/report/tables/markdown.ts";

const LANGUAGES = ["de", "sw"];
const ITEMS = Array.from({ length: 40 }, (_, i) => `p${i}`);
const BENCHMARK: Benchmark = {
  ...{ id: "math", title: "Sums", unit: "problem", against: null, note: null },
  languages: LANGUAGES,
  groups: [{ name: "avg", languages: LANGUAGES }],
};

/** Marks by system, seed and language. */
type BySystem = readonly (readonly (readonly string[])[])[];

function results(systems: BySystem) {
  const rows = systems.flatMap((seeds, v) =>
    seeds.flatMap((languages, s) =>
      languages.map((marks, l): Marks => (
        {
          ...{ run: `${v}.${s}`, variant: `S${v}`, seed: s + 1, benchmark: "math", lang: LANGUAGES[l]! },
          marks,
        }
      ))
    )
  );
  const slice = {
    ...{ experiment: "e", scale: "micro", world: "mini", title: "T", rows: "0".repeat(64), baseName: "S0" },
    ...{ paper: {}, paperRows: {}, knockouts: {}, benchmarks: [BENCHMARK] },
    variants: systems.map((_, v) => ({ name: `S${v}` })),
    counts: rows.map(({ marks, ...row }) => {
      const asked = marks.replaceAll(".", "");
      return { ...row, n: asked.length, k: asked.replaceAll("0", "").length };
    }),
    floors: [],
    training: [],
  } as unknown as Slice;
  return computeResults({ slice, marks: rows, items: { math: ITEMS } }, () => undefined);
}

const marks = fc.array(fc.constantFrom("0", "1"), { minLength: ITEMS.length, maxLength: ITEMS.length })
  .map((all) => all.join(""));
const threeSeeds = fc.array(
  fc.array(fc.array(marks, { minLength: 2, maxLength: 2 }), { minLength: 3, maxLength: 3 }),
  {
    minLength: 2,
    maxLength: 2,
  },
);

/** [seed][problem]: mean over languages. */
const means = (seeds: BySystem[number]) =>
  seeds.map((languages) =>
    ITEMS.map((_, i) => languages.reduce((sum, own) => sum + Number(own[i]), 0) / languages.length)
  );

Deno.test("with several seeds, intervals and p are those of seeds and problems, for cells and differences", () => {
  fc.assert(
    fc.property(threeSeeds, (systems) => {
      const { cells, effects } = results(systems);
      const [base, other] = atLeast(systems.map(means), 2);
      const cell = cells.find(({ variant, scope }) => variant === "S1" && scope === "avg")!;
      const alone = summariseSeeds(other);
      ok(
        Math.abs(cell.low - Math.max(0, alone.low)) < 1e-12 &&
          Math.abs(cell.high - Math.min(1, alone.high)) < 1e-12,
      );
      const both = summariseSeeds(other.map((row, s) => row.map((x, i) => x - base[s]![i]!)));
      const [effect] = atLeast(effects, 1);
      ok(Math.abs(effect.value - both.value) < 1e-12 && Math.abs(effect.low - both.low) < 1e-12);
      ok(Math.abs(effect.p - pOfZero(both)) < 1e-12);
      deepStrictEqual([cell.covered, effect.covered], [3, 3]);
    }),
    { numRuns: 20 },
  );
});

/** Two systems whose difference is +20, +20 and -10 points, alike on all problems. */
const UNSTEADY = [
  Array(3).fill(["10".repeat(20), "10".repeat(20)]),
  [4, 4, -2].map((more) => {
    const right = "1".repeat(20 + 2 * more).padEnd(40, "0");
    return [right, right];
  }),
];

Deno.test("a change that trainings disagree on is resolved by none of them together", () => {
  const [effect] = atLeast(results(UNSTEADY).effects, 1);
  ok(effect.value > 0.09 && effect.low < 0 && effect.corrected.p > 0.05, JSON.stringify(effect));
  const [one] = atLeast(results(UNSTEADY.map((seeds) => seeds.slice(0, 1))).effects, 1);
  strictEqual(one.covered, 1);
});

Deno.test("where an answer is missing, the interval is of problems alone and says so", () => {
  const [base, other] = atLeast(UNSTEADY, 2);
  const torn = [other[0].map((own: string) => `.${own.slice(1)}`), ...other.slice(1)];
  const { effects, cells } = results([base, torn]);
  strictEqual(effects[0]!.covered, 1);
  deepStrictEqual(
    new Set(cells.map(({ variant, covered }) => `${variant} ${covered}`)),
    new Set(["S0 3", "S1 1"]),
  );
});

Deno.test("page and Markdown say what the intervals are over", () => {
  const say = (systems: BySystem) => {
    const found = results(systems);
    return [
      render(h(EffectsTable, { results: found, benchmark: BENCHMARK })),
      render(h(ResultsTables, { results: found, benchmark: BENCHMARK })),
      markdownTable(found, BENCHMARK),
    ];
  };
  for (const text of say(UNSTEADY)) match(text, /95 % intervals over 3 seeds and the problems/);
  for (const text of say(UNSTEADY.map((seeds) => seeds.slice(0, 1)))) {
    match(text, /95 % intervals over the problems \(how much another seed would change is not in them\)/);
  }
});
