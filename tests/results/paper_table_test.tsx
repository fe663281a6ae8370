/** Tables of the paper with scores of ours in them: on a page, in the terminal and as Markdown. */
import { deepStrictEqual, doesNotMatch, match, strictEqual, throws } from "node:assert/strict";
import { renderToString } from "preact-render-to-string";
import { formatPaperTable } from "../../lib/cli/terminal/table.ts";
import { paperLookup } from "../../lib/paper/lookup.ts";
import { loadPaper } from "../../lib/paper/paper.ts";
import { PaperTable } from "../../lib/report/html/paper_table.tsx";
import { markdownPaperTable } from "../../lib/report/tables/paper_table.ts";
import { paperTables } from "../../lib/results/paper_table.ts";
import type { OwnScore, Slice } from "../../lib/results/slice.ts";

const paper = paperLookup(loadPaper());

function score(variant: string, scope: string, metric: string, value: number, seed = 1): OwnScore {
  const place = { run: `${variant}${seed}`, variant, seed, benchmark: "translated", scope, metric };
  return { ...place, n: null, k: null, value, estimator: "" };
}

const OWN = [
  ...[1, 2].flatMap((
    seed,
  ) => [score("a", "bn", "BLEU", 70 + seed, seed), score("a", "sw", "BLEU", 60 + seed, seed)]),
  score("b", "bn", "BLEU", 10),
  score("b", "sw", "BLEU", 20),
  score("a", "bn", "TER", 8),
];

function sliceOf(changes: Record<string, unknown> = {}, own: readonly OwnScore[] = OWN): Slice {
  const table = {
    ...{ draw: "table", title: "Table 6", table: "table-6", benchmark: "translated", digits: 2 },
    columns: [["BLEU", "BLEU"], ["TER", "TER"]],
    rows: [{ row: "Average", scope: "avg" }, { row: "<Bengali>", scope: "bn", ours: "one & alone" }, {
      row: "LR",
      why: "nobody asked",
    }],
    ...changes,
  };
  const languages = ["bn", "sw"];
  return {
    experiment: "x",
    variants: [{ name: "a" }, { name: "b" }, { name: "not run" }],
    benchmarks: [{ id: "translated", languages, groups: [{ name: "avg", languages }] }],
    figures: { table_6: JSON.parse(JSON.stringify(table)), other: { mark: "line" } },
    own,
  } as unknown as Slice;
}

Deno.test("a row has what the paper prints and a line a variant, means over seeds and languages, and else its reason", () => {
  const [table, ...others] = paperTables(sliceOf(), paper);
  strictEqual(others.length, 0);
  deepStrictEqual(table!.columns, ["BLEU", "TER"]);
  const lines = table!.rows.map((
    { row, lines, why },
  ) => [row, ...lines.map(({ whose, cells }) => [whose, ...cells]), why]);
  deepStrictEqual(lines, [
    // TER is measured in one of the two languages, which is no mean of both.
    ["Average", ["the paper", "78.71", "1.09"], ["a", "66.50", ""], ["b", "15.00", ""], null],
    ["<Bengali>", ["a", "71.50", "8.00"], ["b", "10.00", ""], null],
    ["LR", "nobody asked"],
  ]);
});

Deno.test("where no number depends on the variant there is one line, and without any a sentence", () => {
  const same = [score("a", "bn", "BLEU", 10), score("b", "bn", "BLEU", 10)];
  const rows = (own: readonly OwnScore[]) => paperTables(sliceOf({}, own), paper)[0]!.rows;
  deepStrictEqual(rows(same)[1]!.lines.map(({ whose, cells }) => [whose, ...cells]), [["ours", "10.00", ""]]);
  strictEqual(rows([])[1]!.why, "no such data here");
});

Deno.test("counts are whole numbers as the paper's, and its duplicate rows are one", () => {
  const counts = [score("a", "mmwp", "samples", 9600)].map((one) => ({ ...one, benchmark: "" }));
  const changes = {
    ...{ table: "table-5", benchmark: "", digits: undefined, columns: [["# Samples", "samples"]] },
    rows: [{ row: "MMWP", scope: "mmwp" }, { row: "MetaMathQA", why: "none" }],
  };
  const { rows } = paperTables(sliceOf(changes, counts), paper)[0]!;
  deepStrictEqual(rows.map(({ lines }) => lines.map(({ cells }) => cells[0])), [["38,400", "9,600"], [
    "395,000",
  ]]);
});

Deno.test("page, terminal and Markdown have the same numbers, and texts stay texts", () => {
  const [table] = paperTables(sliceOf(), paper);
  const html = renderToString(PaperTable({ table: table!, captions: new Map([["table-6", "Quality"]]) }));
  match(html, /rowspan="3"[^>]*>Average.*?the paper.*?78\.71.*?1\.09.*?66\.50.*?–/s);
  match(html, /&lt;Bengali>.*?here: one &amp; alone/s);
  doesNotMatch(html, /<Bengali>/);
  match(html, /colspan="2"[^>]*>Nobody asked/i);
  const text = formatPaperTable(table!);
  match(text, /^Average, the paper +78\.71 +1\.09$/m);
  match(text, /^Average, a +66\.50 +–$/m);
  match(text, /^<Bengali>, a: one & alone +71\.50 +8\.00$/m);
  match(text, /^LR: none of ours, nobody asked$/m);
  const markdown = markdownPaperTable(table!);
  match(markdown, /^\| Average \| the paper \| 78\.71 \| 1\.09 \|$/m);
  match(markdown, /^\| \\<Bengali\\> \(one \\& alone\) \| a \| 71\.50 \| 8\.00 \|$/m);
  match(markdown, /^\| LR \| none of ours: nobody asked \|/m);
});

Deno.test("a store's table that is none, or of an unknown benchmark, is refused by name", () => {
  throws(() => paperTables(sliceOf({ rows: 3 }), paper), {
    name: "UserError",
    message: /table "table_6" of "x": rows/,
  });
  throws(() => paperTables(sliceOf({ benchmark: "mgsm" }), paper), {
    name: "UserError",
    message: /unknown benchmark "mgsm"/,
  });
});
