/**
 * Rows that should differ and do not: two systems with the same values on a benchmark, and a row printed twice.
 * @module
 */
import type { Paper, PaperTable } from "../paper.ts";
import { type Finding, listed, refOf, tableName } from "./finding.ts";
import { byScope, type Series, seriesOf } from "./series.ts";

/** Fewer shared or distinct values than this may agree by chance. */
const LEAST = 3;

export function auditDuplicates(paper: Paper): Finding[] {
  return [...twins(seriesOf(paper)), ...paper.tables.flatMap(repeated)];
}

/** One finding a pair of systems, from the pair of tables that shares most values. */
function twins(series: readonly Series[]): Finding[] {
  const found = new Map<string, { shared: number; finding: Finding }>();
  for (const [i, a] of series.entries()) {
    for (const b of series.slice(i + 1)) {
      if (a.benchmark !== b.benchmark || (a.system === b.system && a.base === b.base)) continue;
      const others = byScope(b);
      const pairs = [...byScope(a)].flatMap(([scope, cell]) => {
        const partner = others.get(scope);
        return partner ? [[cell, partner] as const] : [];
      });
      const distinct = new Set(pairs.map(([cell]) => cell.value)).size;
      if (distinct < LEAST || pairs.some(([x, y]) => x.value !== y.value)) continue;
      const key = JSON.stringify([a.system, a.base, b.system, b.base, a.benchmark].toSorted());
      if ((found.get(key)?.shared ?? 0) >= pairs.length) continue;
      const tables = [...new Set([a.table, b.table])].map(tableName);
      found.set(key, {
        shared: pairs.length,
        finding: {
          rule: "duplicate",
          message:
            `${
              listed(tables)
            }: ${a.system} and ${b.system} have the same ${pairs.length} values on ${a.benchmark}: ` +
            listed(pairs.map(([cell]) => `${cell.scope} ${cell.printed}`)),
          explanations: ["one row was probably copied from the other, or both name one run"],
          cells: pairs.flat().map(refOf),
        },
      });
    }
  }
  return [...found.values()].map(({ finding }) => finding);
}

/** Rows of one table with the same name and the same values. */
function repeated(table: PaperTable): Finding[] {
  const seen = new Set<string>(), findings: Finding[] = [];
  for (const cell of table.cells) {
    const key = JSON.stringify([cell.section, cell.group, cell.row, cell.column, cell.printed]);
    if (!seen.has(key)) {
      seen.add(key);
      continue;
    }
    if (findings.some((f) => f.cells[0]!.row === cell.row && f.cells[0]!.group === cell.group)) continue;
    findings.push({
      rule: "duplicate",
      message: `${tableName(table.id)} prints the row "${cell.row}" twice with the same values`,
      explanations: [],
      cells: [refOf(cell)],
    });
  }
  return findings;
}
