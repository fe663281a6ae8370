/**
 * The paper's cells as the report's tables ask for them.
 * @module
 */
import type { PaperValue, Slice } from "./model.ts";
import type { PaperLookup } from "./numbers/results.ts";
import { findCell, type Paper } from "./paper.ts";

/** Looks rows up as printed or by system; cells that hold no number count as not printed. */
export function paperLookup(paper: Paper): PaperLookup {
  return function lookUp(table, row, scope): PaperValue | undefined {
    const cell = findCell(paper, { table, row, scope });
    if (!cell || cell.value === null) return undefined;
    return { printed: cell.printed, value: cell.value, table, row: cell.row, column: cell.column };
  };
}

/**
 * The printed row that stands beside a variant; undefined where the experiment names no table. A name may carry its
 * table, as in `data/paper/prose.csv`: "table-22 > LinguaLIFT".
 */
export function paperRow(
  { paper, paperRows }: Pick<Slice, "paper" | "paperRows">,
  benchmark: string,
  variant: string,
): { readonly table: string; readonly row: string } | undefined {
  const name = paperRows[variant] ?? variant;
  const own = /^(table-\d+) > (.+)$/.exec(name);
  if (own) return { table: own[1], row: own[2] };
  const table = paper[benchmark];
  return table === undefined ? undefined : { table, row: name };
}
