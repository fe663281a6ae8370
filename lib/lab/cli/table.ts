/**
 * Results as a plain text table: one row a variant, one column a benchmark's group, accuracy in percent as the mean
 * over seeds. Intervals and the paper's numbers are the report's business.
 * @module
 */
import * as v from "valibot";
import type { Store } from "../../store/open.ts";

/** One cell over its seeds. */
export interface ResultCell {
  readonly variant: string;
  readonly benchmark: string;
  readonly scope: string;
  /** Mean over seeds, in [0, 1]. */
  readonly value: number;
  readonly n: number;
  readonly k: number;
  readonly seeds: number;
}

/** Which results. */
export interface TableKey {
  readonly experiment: string;
  readonly scale: string;
  readonly world: string;
}

/** Group accuracies of the current runs, in table order. */
export function groupCells(store: Store, key: TableKey): Promise<ResultCell[]> {
  return store.rows(
    v.object({
      variant: v.string(),
      benchmark: v.string(),
      scope: v.string(),
      value: v.number(),
      n: v.number(),
      k: v.number(),
      seeds: v.number(),
    }),
    `SELECT v.variant, b.benchmark, g.grp AS scope, avg(s.value ORDER BY r.seed) AS value, sum(s.n)::BIGINT AS n,
            sum(s.k)::BIGINT AS k, count(*) AS seeds
     FROM run r
     JOIN variant v USING (experiment, scale, world, variant)
     JOIN score s ON s.run = r.run AND s.kind = 'group' AND s.metric = 'accuracy'
     JOIN benchmark b USING (experiment, scale, world, benchmark)
     JOIN (SELECT DISTINCT experiment, scale, world, benchmark, grp, grp_position FROM scope) g
       ON (g.experiment, g.scale, g.world, g.benchmark, g.grp) = (r.experiment, r.scale, r.world, s.benchmark, s.scope)
     WHERE r.current AND r.experiment = $experiment AND r.scale = $scale AND r.world = $world
     GROUP BY v.variant, v.position, b.benchmark, b.position, g.grp, g.grp_position
     ORDER BY v.position, b.position, g.grp_position`,
    { ...key },
  );
}

/** The seeds that the cells are means over. */
export async function seedsIn(store: Store, key: TableKey): Promise<number[]> {
  const rows = await store.rows(
    v.object({ seed: v.number() }),
    `SELECT DISTINCT seed FROM run
     WHERE current AND experiment = $experiment AND scale = $scale AND world = $world ORDER BY seed`,
    { ...key },
  );
  return rows.map(({ seed }) => seed);
}

/** The cells as aligned text. */
export function formatTable(cells: readonly ResultCell[]): string {
  const columnOf = ({ benchmark, scope }: ResultCell): string => `${benchmark} ${scope}`;
  const columns = [...new Set(cells.map(columnOf))];
  const variants = [...new Set(cells.map(({ variant }) => variant))];
  const body = variants.map((variant) => [
    variant,
    ...columns.map((column) => {
      const cell = cells.find((c) => c.variant === variant && columnOf(c) === column);
      return cell ? (cell.value * 100).toFixed(1) : "";
    }),
  ]);
  return align([["accuracy %", ...columns], ...body]);
}

/** Rows of text with the first column left and the others right aligned. */
export function align(rows: readonly (readonly string[])[]): string {
  const width = (column: number): number => Math.max(...rows.map((row) => [...row[column] ?? ""].length));
  const widths = (rows[0] ?? []).map((_, column) => width(column));
  const pad = (text: string, column: number): string => {
    const space = " ".repeat(widths[column] - [...text].length);
    return column === 0 ? text + space : space + text;
  };
  return rows.map((row) => row.map(pad).join("  ").trimEnd()).join("\n");
}
