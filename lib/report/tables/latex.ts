/**
 * Tables as LaTeX (booktabs), ready for `\input`.
 * @module
 */
import type { Benchmark } from "../../results/slice.ts";
import type { Results } from "../../results/table.ts";
import { plainTable } from "./rows.ts";

const SPECIAL: Readonly<Record<string, string>> = {
  "\\": "\\textbackslash{}",
  "{": "\\{",
  "}": "\\}",
  "$": "\\$",
  "&": "\\&",
  "#": "\\#",
  "%": "\\%",
  "_": "\\_",
  "^": "\\textasciicircum{}",
  "~": "\\textasciitilde{}",
  "\u2013": "--",
  "\u2212": "$-$",
};

/** Text that LaTeX leaves alone. */
export function latexText(value: string): string {
  return value.replace(/[\r\n]+/g, " ").replace(/[\\{}$&#%_^~\u2013\u2212]/g, (mark) => SPECIAL[mark]);
}

/** A `table` with ours, the interval, the paper's value and the difference in a row each. */
export function latexTable(results: Results, benchmark: Benchmark): string {
  const { intervals, columns, rows } = plainTable(results, benchmark);
  const { slice } = results;
  const body = rows.map(({ system, whose, cells }, i) => {
    const first = whose === "ours" ? latexText(system) : `\\quad ${whose}`;
    const style = whose === "ours" ? "" : "\\scriptsize ";
    const values = cells.map((cell) => cell === "" ? "--" : `${style}${latexText(cell)}`);
    const gap = whose === "ours" && i > 0 ? "\\addlinespace\n" : "";
    return `${gap}${style}${first} & ${values.join(" & ")} \\\\`;
  });
  return `% ${slice.experiment}, scale ${slice.scale}, world ${slice.world}; rows ${slice.rows}
\\begin{table}
\\centering
\\caption{${latexText(slice.title)}: ${latexText(benchmark.title)}, accuracy in percent with ${
    latexText(intervals)
  }.}
\\begin{tabular}{l${"r".repeat(columns.length)}}
\\toprule
System & ${columns.map(latexText).join(" & ")} \\\\
\\midrule
${body.join("\n")}
\\bottomrule
\\end{tabular}
\\end{table}
`;
}
