/**
 * The paper's numbers by what they measure: all cells that one table prints for one system on one benchmark.
 * @module
 */
import type { Paper, PaperCell } from "../paper.ts";

export interface Series {
  readonly table: string;
  readonly system: string;
  readonly base: string;
  readonly benchmark: string;
  /** Scores of single languages, in printing order. */
  readonly scores: readonly PaperCell[];
  /** Means over languages. */
  readonly means: readonly PaperCell[];
}

/** Every series of the paper, in printing order. Cells that name no system (counts, statistics) belong to none. */
export function seriesOf(paper: Paper): Series[] {
  const all = new Map<string, { scores: PaperCell[]; means: PaperCell[]; first: PaperCell }>();
  for (const cell of paper.tables.flatMap((table) => table.cells)) {
    if (cell.kind !== "score" && cell.kind !== "mean") continue;
    const key = JSON.stringify([cell.table, cell.system, cell.base, cell.benchmark]);
    let series = all.get(key);
    if (!series) all.set(key, series = { scores: [], means: [], first: cell });
    series[cell.kind === "score" ? "scores" : "means"].push(cell);
  }
  return [...all.values()].map(({ scores, means, first: { table, system, base, benchmark } }) => ({
    table,
    system,
    base,
    benchmark,
    scores,
    means,
  }));
}

/** Whether two series measure the same system on the same benchmark. */
export function sameSubject(a: Series, b: Series): boolean {
  return a.system === b.system && a.base === b.base && a.benchmark === b.benchmark;
}

/** All cells of a series by scope. */
export function byScope(series: Series): Map<string, PaperCell> {
  return new Map([...series.scores, ...series.means].map((cell) => [cell.scope, cell]));
}
