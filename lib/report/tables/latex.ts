/**
 * Tables as LaTeX (booktabs), ready for `\input`.
 * @module
 */
import type { Benchmark } from "../../results/slice.ts";
import type { Results } from "../../results/table.ts";
import { paperFootnote } from "../../results/paper_floor.ts";
import { latexText } from "./plain.ts";
import { type PlainTable, plainTable } from "./rows.ts";

/** More columns than this do not fit a page. */
const COLUMNS = 14;

/**
 * A `table` with ours, the interval, the paper's value and the difference in a row each; one of many columns is stacked in
 * parts of like width.
 */
export function latexTable(results: Results, benchmark: Benchmark): string {
  const { intervals, columns, rows } = plainTable(results, benchmark);
  const { slice } = results;
  const footnote = paperFootnote(results.cells.filter((cell) => cell.benchmark === benchmark.id));
  const parts = Math.ceil(columns.length / COLUMNS), width = Math.ceil(columns.length / parts);
  const tabulars = Array.from(
    { length: parts },
    (_, part) => tabular(columns, rows, part * width, (part + 1) * width),
  );
  return `% ${slice.experiment}, scale ${slice.scale}, world ${slice.world}; rows ${slice.rows}
\\begin{table}
\\centering
\\caption{${latexText(slice.title)}: ${latexText(benchmark.title)}, accuracy in percent with ${
    latexText(intervals)
  }.${footnote === undefined ? "" : ` ${latexText(footnote)}`}}
${tabulars.join("\n\\par\\medskip\n")}
\\end{table}
`;
}

/** Columns `from` to `to` as a `tabular`. */
function tabular(
  columns: PlainTable["columns"],
  rows: PlainTable["rows"],
  from: number,
  to: number,
): string {
  const heads = columns.slice(from, to);
  const body = rows.map(({ system, whose, cells }, i) => {
    const first = whose === "ours" ? latexText(system) : `\\quad ${whose}`;
    const style = whose === "ours" ? "" : "\\scriptsize ";
    const values = cells.slice(from, to).map((cell) => cell === "" ? "--" : `${style}${latexText(cell)}`);
    const gap = whose === "ours" && i > 0 ? "\\addlinespace\n" : "";
    return `${gap}${style}${first} & ${values.join(" & ")} \\\\`;
  });
  return `\\begin{tabular}{l${"r".repeat(heads.length)}}
\\toprule
System & ${heads.map(latexText).join(" & ")} \\\\
\\midrule
${body.join("\n")}
\\bottomrule
\\end{tabular}`;
}
