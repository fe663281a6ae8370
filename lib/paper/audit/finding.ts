/**
 * A finding of the audit: which rule, which cells, what they say, and what would explain it.
 * @module
 */
import type { PaperCell } from "../paper.ts";

export type Rule = "mean" | "grim" | "conflict" | "duplicate" | "prose";

/** What each rule looks for, for headings. */
export const RULES: Readonly<Record<Rule, string>> = {
  mean: "Means that do not follow from their cells",
  grim: "Values that no number of items gives",
  conflict: "One system, one benchmark, different values",
  duplicate: "Identical rows",
  prose: "Sentences against cells",
};

export interface Finding {
  readonly rule: Rule;
  /** One sentence with the numbers. */
  readonly message: string;
  /** What would explain it, likeliest first; empty when nothing simple does. */
  readonly explanations: readonly string[];
  /** The cells it speaks of, in printing order. */
  readonly cells: readonly CellRef[];
}

/** Where a cell is and what it prints. */
export interface CellRef {
  readonly table: string;
  readonly row: string;
  readonly column: string;
  readonly group: string;
  readonly printed: string;
}

export function refOf(cell: PaperCell): CellRef {
  return { table: cell.table, row: cell.row, column: cell.column, group: cell.group, printed: cell.printed };
}

/** "Table 14". */
export function tableName(id: string): string {
  return id.replace("table-", "Table ");
}

/** "Table 14", "Tables 14 and 16". */
export function tableNames(ids: readonly string[]): string {
  const numbers = [...new Set(ids)].map((id) => id.replace("table-", ""));
  return `Table${numbers.length > 1 ? "s" : ""} ${listed(numbers)}`;
}

/** "Table 14 (LinguaLIFT, Bn)"; with the group where one is printed. */
export function whereIs(cell: PaperCell): string {
  const group = cell.group === "" ? "" : `${cell.group}, `;
  return `${tableName(cell.table)} (${group}${cell.row}, ${cell.column})`;
}

/** "a, b and c". */
export function listed(items: readonly string[]): string {
  return items.length < 2 ? items.join("") : `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}

/** Findings in the order of rules, tables and places. */
export function inOrder(findings: readonly Finding[]): Finding[] {
  const rules = Object.keys(RULES);
  const number = (finding: Finding) => Number(finding.cells[0]?.table.replace("table-", "") ?? 0);
  return [...findings].sort((a, b) => rules.indexOf(a.rule) - rules.indexOf(b.rule) || number(a) - number(b));
}
