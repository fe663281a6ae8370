/**
 * Results as a plain text table: one row a variant, one column a benchmark's group, accuracy in percent as the mean
 * over seeds. Intervals and the paper's numbers are the report's business.
 * @module
 */
import { atLeast } from "../../checked.ts";
import { percent } from "../../format.ts";
import type { Floor } from "../../lab/experiment/results.ts";
import { PARTS } from "../../metric/mod.ts";
import type { Estimates } from "../../results/estimates.ts";
import type { PrintedTable } from "../../results/paper_table.ts";
import type { PartsRow } from "../../results/parts.ts";
import type { Slice } from "../../results/slice.ts";
import { wrap } from "./wrap.ts";

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

/**
 * The cells as aligned text, the floors below them. Where that is wider than `room` characters, the benchmarks stand below
 * each other, as many beside each other as fit; the groups of one are parted where it is too wide alone.
 */
export function formatTable(
  cells: readonly ResultCell[],
  floors: readonly FloorCell[] = [],
  room = Infinity,
): string {
  const variants = [...new Set(cells.map(({ variant }) => variant))];
  const rules = [...new Set(floors.map(({ name }) => name))];
  const names = ["accuracy %", ...variants, ...rules];
  const groups = [...Map.groupBy(cells, ({ benchmark }) => benchmark)].map(([benchmark, own]) =>
    [...new Set(own.map(({ scope }) => scope))].map((scope) => {
      const isHere = (one: { benchmark: string; scope: string }) =>
        one.benchmark === benchmark && one.scope === scope;
      const here = [cells.filter(isHere), floors.filter(isHere)] as const;
      const values = [
        ...variants.map((variant) => here[0].find((cell) => cell.variant === variant)?.value),
        ...rules.map((rule) => here[1].find(({ name }) => name === rule)?.value),
      ];
      return [`${benchmark} ${scope}`, ...values.map((value) => value === undefined ? "" : percent(value))];
    })
  );
  const tableOf = (own: readonly (readonly string[])[]) =>
    columns(names.map((name, row) => [name, ...own.map((column) => column[row]!)]));
  const fits = (own: readonly (readonly string[])[]) =>
    [...atLeast(tableOf(own).split("\n"), 1)[0]].length <= room;
  const tables: string[][][] = [];
  for (const part of groups.flatMap((group) => fits(group) ? [group] : group.map((column) => [column]))) {
    const wider = [...tables.at(-1) ?? [], ...part];
    if (tables.length > 0 && fits(wider)) tables[tables.length - 1] = wider;
    else tables.push(part);
  }
  return tables.map(tableOf).join("\n\n");
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

/** A table of the paper: a line for what it prints and one a variant, and below it why there are none. */
export function formatPaperTable({ title, columns: heads, rows }: PrintedTable): string {
  const lines = rows.flatMap(({ row, ours, lines }) =>
    lines.map(({ whose, isPaper, cells }) => [
      `${row}, ${whose}${isPaper || ours === null ? "" : `: ${ours}`}`,
      ...cells.map((cell) => cell || "\u2013"),
    ])
  );
  const reasons = Map.groupBy(rows.filter(({ why }) => why !== null), ({ why }) => why!);
  return [
    columns([[title, ...heads], ...lines]),
    ...[...reasons].map(([why, own]) =>
      wrap(`${own.map(({ row }) => row).join(", ")}: none of ours, ${why}`)
    ),
  ].join("\n");
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
