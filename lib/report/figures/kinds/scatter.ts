/**
 * One benchmark against another, a point a language and system, as in the paper's Figure 7, with the correlations of its
 * Table 19 in the caption.
 * @module
 */
import type { TopLevelSpec } from "vega-lite";
import { spearman } from "../../../metric/mod.ts";
import type { ScatterFigure } from "../../../lab/experiment/figure.ts";
import { languageName } from "../../html/languages.ts";
import { groupName } from "../../html/groups.ts";
import type { Benchmark } from "../../../results/slice.ts";
import type { Results } from "../../../results/table.ts";
import { cellsOf, type Drawing, groupColour, levelOf, numbersOf } from "./shared.ts";

/** Undefined where no language has both numbers. */
export function scatterDrawing(
  figure: ScatterFigure,
  results: Results,
  [across, up]: readonly [Benchmark, Benchmark],
): Drawing | undefined {
  const [x, y] = [cellsOf(results, across), cellsOf(results, up)];
  const variants = figure.variants ?? results.slice.variants.map(({ name }) => name);
  const points = variants.flatMap((variant) =>
    up.languages.flatMap((language) => {
      const [a, b] = [x(variant, language), y(variant, language)];
      if (!a || !b) return [];
      const [one, two] = [numbersOf(a), numbersOf(b)];
      const level = levelOf(up, language) ?? "avg";
      return [{
        variant,
        language: languageName(language),
        code: language,
        level,
        group: groupName(level),
        x: one.accuracy,
        xLow: one.low,
        xHigh: one.high,
        y: two.accuracy,
        yLow: two.low,
        yHigh: two.high,
      }];
    })
  );
  if (points.length === 0) return undefined;
  const levels = up.groups.map(({ name }) => name).filter((name) =>
    points.some(({ level }) => level === name)
  );
  const systems = variants.filter((name) => points.some(({ variant }) => variant === name));
  const correlations = [
    correlation("all", points),
    ...levels.length > 1
      ? levels.map((level) =>
        correlation(groupName(level).toLowerCase(), points.filter((p) => p.level === level))
      )
      : [],
  ];
  const axis = (field: string, { title }: Benchmark) => ({
    field,
    type: "quantitative",
    title: `${title}: accuracy, %`,
    scale: { zero: false, nice: true },
    axis: { tickCount: 6 },
  });
  const [across_, up_] = [axis("x", across), axis("y", up)];
  const spec = {
    data: { values: points },
    width: "container",
    height: 340,
    encoding: {
      color: groupColour(levels),
      tooltip: [
        { field: "language", title: "language" },
        { field: "variant", title: "system" },
        { field: "x", title: across.title, format: ".1f" },
        { field: "y", title: up.title, format: ".1f" },
      ],
    },
    layer: [
      {
        mark: { type: "rule", opacity: 0.25, strokeWidth: 1 },
        encoding: { x: { ...across_, field: "xLow" }, x2: { field: "xHigh" }, y: up_ },
      },
      {
        mark: { type: "rule", opacity: 0.25, strokeWidth: 1 },
        encoding: { x: across_, y: { ...up_, field: "yLow" }, y2: { field: "yHigh" } },
      },
      {
        mark: { type: "point", size: 64, opacity: 1 },
        encoding: {
          x: across_,
          y: up_,
          ...systems.length > 1
            ? { shape: { field: "variant", type: "nominal", sort: systems, legend: { title: null } } }
            : {},
        },
      },
      ...systems.length === 1
        ? [{
          mark: { type: "text", dx: 7, dy: -6, align: "left", fontSize: 10 },
          encoding: { x: across_, y: up_, text: { field: "code" }, color: { value: "var(--soft)" } },
        }]
        : [],
    ],
  } as TopLevelSpec;
  return {
    part: up.id,
    title: `${figure.title}: ${up.title}`,
    caption: `A point a language${
      systems.length > 1 ? " and system" : ""
    }; lines are 95 % intervals. Spearman's ρ: ${correlations.join("; ")}.`,
    spec,
    minWidth: 0,
  };
}

function correlation(what: string, points: readonly { readonly x: number; readonly y: number }[]): string {
  const found = spearman(points.map(({ x }) => x), points.map(({ y }) => y));
  if (found === null) return `${what} undefined (n = ${points.length})`;
  const print = (value: number) => value.toFixed(2).replace("-", "\u2212");
  return `${what} ${print(found.rho)} (${print(found.low)} to ${print(found.high)}, n = ${found.n})`;
}
