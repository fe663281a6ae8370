/** What a system gains between two benchmarks of the same items, from the marks to the tables. @module */
import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import fc from "fast-check";
import { render } from "preact-render-to-string";
import { h } from "preact";
import { atLeast } from "../../lib/checked.ts";
import { ChangesTable } from "../../lib/report/html/changes_table.tsx";
import type { Benchmark, Marks, Slice } from "../../lib/results/slice.ts";
import { computeResults } from "../../lib/results/table.ts";
import { markdownTable } from "../../lib/report/tables/markdown.ts";
import { EMPTY_SLICE } from "./_slice.ts";

const LANGUAGES = ["de", "sw"];
const SYSTEMS = ["Base", "other"];
const ITEMS = Array.from({ length: 30 }, (_, i) => `s${i}`);

function benchmark(id: string, against: string | null): Benchmark {
  const groups = [{ name: "avg", languages: LANGUAGES }];
  return {
    id,
    title: `Search ${id}`,
    unit: "sentence",
    against,
    note: "Chance: 1 in 30.",
    languages: LANGUAGES,
    groups,
  };
}

const AFTER = benchmark("after", "before");

/** A slice whose systems have these marks by benchmark, in the order of systems and languages. */
function results(marks: Record<string, readonly string[]>, items: Record<string, readonly string[]>) {
  const rows = Object.entries(marks).flatMap(([id, all]) =>
    SYSTEMS.flatMap((variant, v) =>
      LANGUAGES.map((lang, l): Marks => (
        { run: `${v}`, variant, seed: 1, benchmark: id, lang, marks: all[v * LANGUAGES.length + l]! }
      ))
    )
  );
  const slice: Slice = {
    ...EMPTY_SLICE,
    variants: SYSTEMS.map((name) => ({ name, method: "m", patch: [], facts: null })),
    benchmarks: [benchmark("before", null), AFTER],
    counts: rows.map(({ run, variant, benchmark, lang, marks }) => (
      { run, variant, benchmark, lang, n: marks.length, k: [...marks].filter((mark) => mark === "1").length }
    )),
  };
  return computeResults({ slice, marks: rows, items }, () => undefined);
}

const marksArbitrary = fc.array(
  fc.array(fc.constantFrom("0", "1"), { minLength: ITEMS.length, maxLength: ITEMS.length }).map((all) =>
    all.join("")
  ),
  { minLength: 4, maxLength: 4 },
);
const SAME = { before: ITEMS, after: ITEMS };

Deno.test("changes are the cell after minus the cell before of every system, group and language", () => {
  fc.assert(
    fc.property(marksArbitrary, marksArbitrary, (before, after) => {
      const { cells, changes } = results({ before, after }, SAME);
      const value = (id: string, variant: string, scope: string) =>
        cells.find((cell) => cell.benchmark === id && cell.variant === variant && cell.scope === scope)!
          .value;
      deepStrictEqual(
        changes.map(({ variant, scope }) => [variant, scope]),
        SYSTEMS.flatMap((variant) => ["avg", ...LANGUAGES].map((scope) => [variant, scope])),
      );
      for (const { variant, scope, value: found, low, high, p, corrected, n } of changes) {
        const wanted = value("after", variant, scope) - value("before", variant, scope);
        ok(Math.abs(found - wanted) < 1e-12);
        ok(low <= found && found <= high && corrected.p >= p);
        strictEqual(n, (scope === "avg" ? 2 : 1) * ITEMS.length);
      }
    }),
    { numRuns: 20 },
  );
});

Deno.test("a change is paired: where only some sentences moved, its interval is narrower than the cells' own", () => {
  const before = Array(4).fill("10".repeat(15));
  const after = before.map((marks) => marks.replace("0", "1").replace("0", "1"));
  const { cells, changes } = results({ before, after }, SAME);
  const width = ({ low, high }: { low: number; high: number }) => high - low;
  for (const change of changes) {
    const cell = cells.find((one) => one.benchmark === "after" && one.scope === change.scope)!;
    ok(width(change) < width(cell), change.scope);
  }
});

Deno.test("benchmarks of other items are not compared", () => {
  const marks = Array(4).fill("10".repeat(15));
  const { changes } = results({ before: marks, after: marks }, {
    ...SAME,
    before: ITEMS.map((id) => `${id}x`),
  });
  deepStrictEqual(changes, []);
});

Deno.test("page and Markdown show each change with its interval, what it is against, and the benchmark's note", () => {
  const before = Array(4).fill("0".repeat(30));
  const found = results({ before, after: Array(4).fill("1".repeat(15) + "0".repeat(15)) }, SAME);
  const markdown = markdownTable(found, AFTER);
  match(markdown, /Chance: 1 in 30\./);
  match(markdown, /Against Search before, the same system on the same sentences, paired/);
  match(markdown, /\| Base \| avg \| \+50\.0 \| \+\d+\.\d to \+\d+\.\d \| 0\.00020 \| 0\.0012 \| rises \|/);
  const html = render(h(ChangesTable, { results: found, benchmark: AFTER }));
  match(html, /Search after against Search before/);
  strictEqual(html.match(/<b>\+50\.0<\/b>/g)?.length, 6);
  const [groups, languages] = atLeast(html.split("<details"), 2);
  match(groups, /All languages/);
  ok(!groups.includes("Swahili") && languages.includes("Swahili") && !languages.includes("All languages"));
  strictEqual(render(h(ChangesTable, { results: found, benchmark: benchmark("before", null) })), "");
});
