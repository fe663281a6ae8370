/**
 * A benchmark's table as plain strings, the common ground of Markdown and LaTeX.
 * @module
 */
import { intervalsOf, percent, percentRange, points, sampleSize } from "../../format.ts";
import { orderedLanguages, shortName } from "../html/groups.ts";
import { floorOf } from "../../results/floor.ts";
import type { Benchmark } from "../../results/slice.ts";
import { paperText } from "../../results/paper_floor.ts";
import type { Cell, Results } from "../../results/table.ts";

export interface PlainTable {
  /** What the intervals speak of. */
  readonly intervals: string;
  /** How many problems, languages and seeds the largest cell is of. */
  readonly size: string;
  readonly columns: readonly string[];
  readonly rows: readonly {
    readonly system: string;
    readonly whose: "ours" | "interval" | "paper" | "difference";
    readonly cells: readonly string[];
  }[];
}

/** Ours with interval, the paper's and the difference; columns as on the page, a missing cell is "". */
export function plainTable({ slice, cells }: Results, benchmark: Benchmark): PlainTable {
  const columns = [...benchmark.groups.map(({ name }) => name), ...orderedLanguages(benchmark)];
  const own = cells.filter((cell) => cell.benchmark === benchmark.id);
  const index = new Map(own.map((cell) => [`${cell.variant}\n${cell.scope}`, cell]));
  const rows = slice.variants.flatMap(({ name }): PlainTable["rows"][number][] => {
    const row = columns.map((scope) => index.get(`${name}\n${scope}`));
    if (row.every((cell) => !cell)) return [];
    const ours = [
      { system: name, whose: "ours" as const, cells: row.map((cell) => cell ? percent(cell.value) : "") },
      {
        system: name,
        whose: "interval" as const,
        cells: row.map((cell) => cell ? percentRange(cell) : ""),
      },
    ];
    if (row.every((cell) => !cell?.paper)) return ours;
    return [
      ...ours,
      { system: name, whose: "paper", cells: row.map((cell) => cell ? paperText(cell) : "") },
      {
        system: name,
        whose: "difference",
        cells: row.map((cell) => cell?.paper ? points(cell.value - cell.paper.value / 100) : ""),
      },
    ];
  });
  const floors = columns.map((scope) => floorOf(slice, benchmark.id, scope));
  const floor = floors.find((one) => one !== undefined);
  return {
    intervals: intervalsOf(own, benchmark.unit),
    size: sizeOf(own),
    columns: columns.map(shortName),
    rows: floor === undefined ? rows : [
      ...rows,
      { system: floor.name, whose: "ours", cells: floors.map((one) => one ? percent(one.value) : "") },
    ],
  };
}

function sizeOf(cells: readonly Cell[]): string {
  const [first] = cells;
  if (first === undefined) return "no answers";
  const largest = cells.reduce((most, cell) => cell.n > most.n ? cell : most, first);
  return sampleSize({ ...largest, languages: largest.languages.length });
}
