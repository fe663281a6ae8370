/**
 * What the paper's kinds of figures share: groups of languages with their colours, and where a cell's numbers are.
 * @module
 */
import type { TopLevelSpec } from "vega-lite";
import { groupName } from "../../html/groups.ts";
import type { Benchmark } from "../../../results/slice.ts";
import type { Cell, Results } from "../../../results/table.ts";
import { SERIES } from "../figure.ts";

/** One drawing of a choice. */
export interface Drawing {
  /** Tells the drawings of one choice from each other: a benchmark or a panel. */
  readonly part: string;
  readonly title: string;
  readonly caption: string;
  readonly spec: TopLevelSpec;
  readonly minWidth: number;
}

/** Levels have the same colour in every figure, whichever of them a benchmark has. */
const LEVELS: Readonly<Record<string, string>> = {
  LR: "var(--c3)",
  MR: "var(--c2)",
  HR: "var(--c1)",
  avg: "var(--c6)",
};

/** Encoding of a group by colour; the field holds `groupName`. */
export function groupColour(groups: readonly string[]) {
  const domain = groups.map(groupName);
  return {
    field: "group",
    type: "nominal",
    sort: domain,
    scale: { domain, range: groups.map((name, i) => LEVELS[name] ?? SERIES[i % SERIES.length]) },
    legend: { title: null, symbolType: "circle", symbolSize: 90 },
  } as const;
}

/** Cells by variant and scope of one benchmark. */
export function cellsOf(
  results: Results,
  benchmark: Benchmark,
): (variant: string, scope: string) => Cell | undefined {
  const cells = new Map(
    results.cells.filter((cell) => cell.benchmark === benchmark.id)
      .map((cell) => [`${cell.variant}\n${cell.scope}`, cell]),
  );
  return (variant, scope) => cells.get(`${variant}\n${scope}`);
}

/** A cell's numbers in percent, as a figure's row has them. */
export function numbersOf({ value, low, high, paper }: Cell) {
  const percent = (share: number) => Number((share * 100).toFixed(3));
  return { accuracy: percent(value), low: percent(low), high: percent(high), paper: paper?.value ?? null };
}

/** The language's group among those that are not all languages; undefined where it has none. */
export function levelOf(benchmark: Benchmark, language: string): string | undefined {
  return benchmark.groups.find(({ name, languages }) => name !== "avg" && languages.includes(language))?.name;
}

/** Lines of at most `width` characters where spaces and hyphens allow it. */
export function wrapped(text: string, width = 15): string {
  const lines = [""];
  for (const part of text.split(/(?<=[ -])/)) {
    const longer = lines.at(-1) + part;
    if (longer.trimEnd().length <= width || lines.at(-1) === "") lines[lines.length - 1] = longer;
    else lines.push(part);
  }
  return lines.map((line) => line.trimEnd()).join("\n");
}

/** Labels that `wrapped` has broken into lines. */
export const WRAPPED_LABELS = {
  labelExpr: "split(datum.label, '\\n')",
  labelAngle: 0,
  labelLimit: 0,
} as const;

export const ACCURACY_AXIS = {
  type: "quantitative",
  title: "Accuracy, %",
  axis: { tickCount: 6 },
} as const;

export const INTERVAL_TOOLTIP = [
  { field: "accuracy", title: "accuracy", format: ".1f" },
  { field: "low", title: "from", format: ".1f" },
  { field: "high", title: "to", format: ".1f" },
] as const;

/** The paper's printed value. */
const PAPER_MARK = {
  type: "point",
  shape: "diamond",
  filled: true,
  size: 70,
  fill: "var(--surface)",
  stroke: "var(--ink)",
  strokeWidth: 1.25,
  opacity: 1,
} as const;

/**
 * The place of bars that stand beside one another. The gap is the scale's: Vega-Lite takes half of what is left of a bar of
 * `width: {band: 0.86}` from the whole group's width, and its interval then stands beside the bar.
 */
export const BESIDE = { type: "nominal", scale: { paddingInner: 0.14 } } as const;

/** Bars of accuracy in these colours with their intervals, and the paper's values where it prints some. */
export function barLayers(color: object, printed: boolean): readonly object[] {
  return [
    {
      mark: { type: "bar", cornerRadiusTopLeft: 3, cornerRadiusTopRight: 3 },
      encoding: { y: { field: "accuracy", ...ACCURACY_AXIS }, color },
    },
    {
      mark: { type: "rule", color: "var(--ink)", strokeWidth: 1.25 },
      encoding: { y: { field: "low", type: "quantitative" }, y2: { field: "high" } },
    },
    ...(printed
      ? [{
        transform: [{ filter: "datum.paper !== null" }],
        mark: PAPER_MARK,
        encoding: { y: { field: "paper", type: "quantitative" } },
      }]
      : []),
  ];
}
