/** Tables as Markdown and LaTeX. */
import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { atLeast } from "../../lib/checked.ts";
import { latexTable } from "../../lib/report/tables/latex.ts";
import { markdownTable, markdownVerdicts } from "../../lib/report/tables/markdown.ts";
import { csvGrid, grid, latexGrid, latexText, text } from "../../lib/report/tables/plain.ts";
import { WIDTH } from "../../lib/report/tables/score_tables.ts";
import { BENCHMARK, cell, resultsOf } from "./_results.ts";

Deno.test("markdownTable() has a row per scope, systems across, the paper's value beside ours, and escapes names", () => {
  const lines = markdownTable(resultsOf(), BENCHMARK).split("\n").filter((line) => line.startsWith("|"));
  deepStrictEqual(lines, [
    "| Languages | Base | paper | a\\|b\\_c | paper |",
    "|---|---:|---:|---:|---:|",
    "| LR | 40.0 (35.0–45.0) | 50.0 | 50.0 (45.0–55.0) | 50.0 |",
    "| avg | 40.0 (35.0–45.0) |  | 50.0 (45.0–55.0) |  |",
    "| sw | 40.0 (35.0–45.0) |  | 50.0 (45.0–55.0) |  |",
    "| en | 40.0 (35.0–45.0) |  | 50.0 (45.0–55.0) |  |",
  ]);
  strictEqual(text("<b>*x*</b>\n`y`"), "\\<b\\>\\*x\\*\\</b\\> \\`y\\`");
});

Deno.test("markdownTable() of 47 languages and any number of systems is narrow: groups first, languages folded, all there", () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.stringMatching(/^[a-z ]{1,30}[a-z]$/), { minLength: 1, maxLength: 12 }),
      (names) => {
        const languages = Array.from({ length: 47 }, (_, i) => `l${i}`);
        const wide = {
          ...BENCHMARK,
          languages,
          groups: [{ name: "LR", languages: languages.slice(0, 9) }, { name: "avg", languages }],
        };
        const { slice, ...rest } = resultsOf();
        const variants = names.map((name) => ({ name, method: "m", patch: [], facts: null }));
        const cells = names.flatMap((name, at) =>
          ["LR", "avg", ...languages].map((scope, i) => cell(name, scope, (at * 49 + i) / 1000))
        );
        const markdown = markdownTable(
          { ...rest, slice: { ...slice, variants, benchmarks: [wide] }, cells },
          wide,
        );
        const [above, folded] = atLeast(
          markdown.split("<details>\n<summary>47 languages one by one</summary>\n\n"),
          2,
        );
        const rows = markdown.split("\n").filter((line) => line.startsWith("|"));
        const heads = rows.filter((_, i) => rows[i + 1]?.startsWith("|---"));
        for (const row of rows) {
          const columns = row.split("|").length - 3;
          ok(row.length <= WIDTH || columns <= 4, row);
        }
        for (const head of heads) ok(head.startsWith(`| Languages | ${text(names[0]!)} |`), head);
        for (const { value, scope } of cells) {
          const printed = `${(value * 100).toFixed(1)} (`;
          ok((scope.startsWith("l") ? folded : above).includes(printed), printed);
        }
        ok(folded.trimEnd().endsWith("\n\n</details>"));
      },
    ),
    { numRuns: 25 },
  );
});

Deno.test("markdownVerdicts() keeps its table short and says why below it, a line a part", () => {
  const { slice, ...rest } = resultsOf();
  const claim = (because: string) => ({
    claim: "c",
    sentence: "It is *so*",
    source: "Section 5",
    verdict: "supported" as const,
    because,
    numbers: {},
    seeds: "1",
  });
  const found = {
    ...rest,
    slice: {
      ...slice,
      scale: "micro",
      claims: [claim("one: −1.0 pp [−2.0 pp, 0.0 pp]"), claim(`a\n${"b ".repeat(500)}`)],
    },
  };
  const lines = markdownVerdicts(found).split("\n");
  const rows = lines.filter((line) => line.startsWith("|"));
  deepStrictEqual(rows.slice(1, 3), [
    "|---:|---|---|---|",
    "| 1 | Holds here | It is \\*so\\* | Section 5 |",
  ]);
  const looked = markdownVerdicts({ ...found, slice: { ...found.slice, scale: "demo" } });
  ok(looked.includes("| 1 | No verdict at this scale | It is"));
  ok(rows.every(({ length }) => length < 160));
  deepStrictEqual(lines.slice(lines.indexOf("Because:") + 2, -1), [
    "1. one: −1.0 pp \\[−2.0 pp, 0.0 pp\\]",
    "2. In parts:",
    "   - a",
    `   - ${"b ".repeat(500)}`,
  ]);
});

Deno.test("latexTable() escapes names and has as many cells as columns", () => {
  const table = latexTable(resultsOf(), BENCHMARK);
  match(table, /\\caption\{50 \\% \\& more: MGSM\\_1, accuracy/);
  const rows = table.split("\n").filter((line) => line.endsWith("\\\\"));
  ok(rows.every((row) => row.match(/(?<!\\)&/g)?.length === 4), rows.join("\n"));
  const languages = Array.from({ length: 47 }, (_, i) => `l${i}`);
  const many = languages.map((scope) => cell("Base", scope, 0.5));
  const stacked = latexTable({ ...resultsOf(), cells: many }, { ...BENCHMARK, languages, groups: [] });
  const widths = [...stacked.matchAll(/\\begin\{tabular\}\{l(r+)\}/g)].map(([, columns]) => columns!.length);
  deepStrictEqual(widths, [12, 12, 12, 11]);
  strictEqual(stacked.match(/Base & /g)?.length, 4);
  strictEqual(latexText("a_b\\{$5%"), "a\\_b\\textbackslash{}\\{\\$5\\%");
});

Deno.test("a copied table is read back cell by cell, whatever its texts hold", () => {
  const cell = fc.string({ unit: fc.constantFrom("a", ",", '"', "\n", "|", "&", "=", "-", "\u2212", "1") });
  fc.assert(fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1 }), (rows) => {
    const read = parse(csvGrid({ head: ["one", "two"], rows }), { relax_column_count: false }) as string[][];
    strictEqual(read.length, rows.length + 1);
    for (const [i, row] of rows.entries()) {
      row.forEach((text, at) => {
        const wanted = [text, `'${text}`, text.replace(/^\u2212(?=[\d.]+$)/, "-")];
        ok(wanted.includes(read[i + 1]![at]!), text);
      });
    }
    for (const text of read.flat()) ok(!/^[=@]/.test(text), "nothing that a spreadsheet calculates with");
    const lines = grid({ head: ["one", "two"], rows }, [0]).split("\n");
    strictEqual(lines.length, rows.length + 2);
    for (const line of lines) strictEqual(line.match(/(?<!\\)\|/g)!.length, 3, line);
  }));
});

Deno.test("a table as LaTeX has a column for each, and nothing of a text that LaTeX would read", () => {
  const table = latexGrid({ head: ["System", "LR & HR"], rows: [["50 % of $x_1$", "\u22123.1"]] });
  match(table, /^\\begin\{tabular\}\{lr\}\n\\toprule\nSystem & LR \\& HR \\\\/);
  match(table, /50 \\% of \\\$x\\_1\\\$ & \$-\$3\.1 \\\\/);
});
