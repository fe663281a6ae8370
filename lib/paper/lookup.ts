/**
 * The paper's cells as the report's tables ask for them.
 * @module
 */
import type { PaperLookup, PaperValue } from "../results/paper_row.ts";
import { findCell, type Paper, type PaperCell } from "./paper.ts";

/** Tables of means whose languages stand one by one in other tables, a column a system. */
const LANGUAGES_OF: Readonly<Record<string, readonly string[]>> = {
  "table-1": ["table-7", "table-8", "table-9"],
};

/** Looks rows up as printed or by system; cells that hold no number count as not printed. */
export function paperLookup(paper: Paper): PaperLookup {
  return function lookUp(table, row, scope): PaperValue | undefined {
    const cell = findCell(paper, { table, row, scope }) ?? cellOfLanguage(paper, table, row, scope);
    if (!cell || cell.value === null) return undefined;
    return {
      printed: cell.printed,
      value: cell.value,
      table: cell.table,
      row: cell.row,
      column: cell.column,
    };
  };
}

/** A language of a row of means, where its own table has the same system. */
function cellOfLanguage(paper: Paper, table: string, row: string, lang: string): PaperCell | undefined {
  const tables = LANGUAGES_OF[table] ?? [];
  const system = tables.length > 0 ? findCell(paper, { table, row, scope: "avg" })?.system : undefined;
  if (system === undefined || system === "") return undefined;
  return tables.map((id) => findCell(paper, { table: id, row: system, scope: lang }))
    .find((cell) => cell?.system === system);
}
