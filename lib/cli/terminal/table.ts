/**
 * Results as a plain text table: one row a variant, one column a benchmark's group, accuracy in percent as the mean
 * over seeds. Intervals and the paper's numbers are the report's business.
 * @module
 */
import { percent } from "../../format.ts";
import type { Floor } from "../../lab/experiment/results.ts";
import { PARTS } from "../../metric/mod.ts";
import type { Estimates } from "../../results/estimates.ts";
import type { PartsRow } from "../../results/parts.ts";
import type { Slice } from "../../results/slice.ts";

/** One cell over its seeds. */
export interface ResultCell {
  readonly variant: string;
  readonly benchmark: string;
  readonly scope: string;
  /** Mean over seeds, in [0, 1]. */
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly n: number;
  readonly k: number;
  readonly seeds: number;
}

/** Group accuracies of the current runs, in table order. */
export function groupCells(slice: Slice, estimates: Estimates): ResultCell[] {
  return slice.variants.flatMap(({ name: variant }) =>
    slice.benchmarks.flatMap(({ id: benchmark, groups }) =>
      groups.flatMap(({ name: scope }): ResultCell[] => {
        const found = estimates.accuracy(variant, benchmark, scope);
        if (!found) return [];
        const { value, low, high, n, k, seeds } = found;
        return [{ variant, benchmark, scope, value, low, high, n, k, seeds }];
      })
    )
  );
}

/** A floor in a benchmark's group. */
export interface FloorCell extends Floor {
  readonly benchmark: string;
  readonly scope: string;
}

/** What rules get that do not read, in table order. */
export function floorCells(slice: Slice, estimates: Estimates): FloorCell[] {
  return slice.benchmarks.flatMap(({ id: benchmark, groups }) =>
    groups.flatMap(({ name: scope }): FloorCell[] => {
      const floor = estimates.floor(benchmark, scope);
      return floor ? [{ benchmark, scope, ...floor }] : [];
    })
  );
}

/** The cells as aligned text, the floors below them. */
export function formatTable(cells: readonly ResultCell[], floors: readonly FloorCell[] = []): string {
  const columnOf = ({ benchmark, scope }: Pick<ResultCell, "benchmark" | "scope">): string =>
    `${benchmark} ${scope}`;
  const scopes = [...new Set(cells.map(columnOf))];
  const variants = [...new Set(cells.map(({ variant }) => variant))];
  const body = variants.map((variant) => [
    variant,
    ...scopes.map((scope) => {
      const cell = cells.find((c) => c.variant === variant && columnOf(c) === scope);
      return cell ? percent(cell.value) : "";
    }),
  ]);
  const below = [...Map.groupBy(floors, ({ name }) => name)].map(([name, own]) => [
    name,
    ...scopes.map((scope) => {
      const floor = own.find((one) => columnOf(one) === scope);
      return floor ? percent(floor.value) : "";
    }),
  ]);
  return columns([["accuracy %", ...scopes], ...body, ...below]);
}

/** What of the solutions to word problems is right, a row a system, benchmark and group. */
export function formatParts(rows: readonly PartsRow[]): string {
  const body = rows.map(({ variant, benchmark, scope, parts }) => [
    variant,
    `${benchmark} ${scope}`,
    ...PARTS.map((part) => percent(parts[part].value)),
  ]);
  return columns([["right in solutions %", "", ...PARTS], ...body]);
}

/** Rows of text with the first column left and the others right aligned. */
export function columns(rows: readonly (readonly string[])[]): string {
  const width = (column: number): number => Math.max(...rows.map((row) => [...row[column] ?? ""].length));
  const widths = (rows[0] ?? []).map((_, column) => width(column));
  const pad = (text: string, column: number): string => {
    const space = " ".repeat(widths[column]! - [...text].length);
    return column === 0 ? text + space : space + text;
  };
  return rows.map((row) => row.map(pad).join("  ").trimEnd()).join("\n");
}
