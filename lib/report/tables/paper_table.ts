/**
 * A table of the paper with our scores in it, as Markdown.
 * @module
 */
import type { PrintedTable } from "../../results/paper_table.ts";
import { grid, text } from "./plain.ts";

/** The paper's rows, a line for what it prints and one for each of ours, or why there is none. */
export function markdownPaperTable({ title, caption, columns, rows }: PrintedTable): string {
  const body = rows.flatMap(({ row, ours, lines, why }) => [
    ...lines.map((
      { whose, isPaper, cells },
    ) => [isPaper || ours === null ? row : `${row} (${ours})`, whose, ...cells]),
    ...(why === null ? [] : [[row, `none of ours: ${why}`, ...columns.map(() => "")]]),
  ]);
  const head = ["Row", "Whose", ...columns];
  return `### ${text(title)}\n\nMean over seeds. ${text(caption)}\n\n${grid({ head, rows: body }, [0, 1])}\n`;
}
