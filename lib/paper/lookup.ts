/**
 * The paper's cells as the report's tables ask for them.
 * @module
 */
import type { PaperLookup, PaperValue } from "../results/paper_row.ts";
import { findCell, type Paper } from "./paper.ts";

/** Looks rows up as printed or by system; cells that hold no number count as not printed. */
export function paperLookup(paper: Paper): PaperLookup {
  return function lookUp(table, row, scope): PaperValue | undefined {
    const cell = findCell(paper, { table, row, scope });
    if (!cell || cell.value === null) return undefined;
    return { printed: cell.printed, value: cell.value, table, row: cell.row, column: cell.column };
  };
}
