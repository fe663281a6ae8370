/**
 * Lines over a number of the recipe, one a group of languages, as in the paper's Figure 4: bands are intervals, dashed
 * levels a reference that is no point of the lines.
 * @module
 */
import type { TopLevelSpec } from "vega-lite";
import type { LineFigure } from "../../../lab/experiment/figure.ts";
import { groupName } from "../../html/groups.ts";
import type { Benchmark } from "../../../results/slice.ts";
import type { Results } from "../../../results/table.ts";
import { ACCURACY_AXIS, cellsOf, type Drawing, groupColour, INTERVAL_TOOLTIP, numbersOf } from "./shared.ts";

/** Undefined where fewer than two points have been run. */
export function lineDrawing(figure: LineFigure, results: Results, benchmark: Benchmark): Drawing | undefined {
  const cell = cellsOf(results, benchmark);
  const times = figure.times ?? 1;
  const places = results.slice.variants.flatMap(({ name }) => {
    const x = numberAt(results, name, figure.x);
    return name === figure.reference || x === undefined ? [] : [{ variant: name, x: round(x * times) }];
  });
  const run = benchmark.groups.map(({ name }) => name).filter((group) =>
    places.some(({ variant }) => cell(variant, group))
  );
  // The mean of all lies between its levels and would only hide them.
  const groups = run.length > 2 ? run.filter((group) => group !== "avg") : run;
  const row = (variant: string, group: string) => {
    const found = cell(variant, group);
    return found ? [{ variant, group: groupName(group), ...numbersOf(found) }] : [];
  };
  const points = groups.flatMap((group) =>
    places.flatMap(({ variant, x }) => row(variant, group).map((found) => ({ ...found, x })))
  );
  const xs = [...new Set(points.map((point) => point.x))].sort((a, b) => a - b);
  if (xs.length < 2) return undefined;
  const { reference } = figure;
  const levels = reference === undefined ? [] : groups.flatMap((group) => row(reference, group));
  const colour = groupColour(groups);
  const y = { field: "accuracy", ...ACCURACY_AXIS };
  const x = {
    field: "x",
    type: "quantitative",
    title: figure.xTitle,
    axis: { values: xs },
    scale: { domain: [xs[0], xs.at(-1)!], nice: false, padding: 12 },
  } as const;
  const spec = {
    width: "container",
    height: 280,
    layer: [
      {
        data: { values: points },
        mark: { type: "area", opacity: 0.16 },
        encoding: {
          x,
          y: { ...y, field: "low" },
          y2: { field: "high" },
          color: colour,
        },
      },
      ...(levels.length > 0
        ? [{
          data: { values: levels },
          mark: { type: "rule", strokeDash: [5, 4], strokeWidth: 1.5 },
          encoding: { y, color: colour, tooltip: [{ field: "variant", title: "system" }, ...TOOLTIP] },
        }]
        : []),
      {
        data: { values: points },
        mark: { type: "line", strokeWidth: 2 },
        encoding: { x, y, color: colour },
      },
      {
        data: { values: points },
        mark: { type: "point", size: 60, opacity: 1 },
        encoding: { x, y, color: colour, tooltip: [{ field: "x", title: figure.xTitle }, ...TOOLTIP] },
      },
    ],
  } as TopLevelSpec;
  const dashed = levels.length > 0 ? ` Dashed: ${reference}.` : "";
  return {
    part: benchmark.id,
    title: `${figure.title}: ${benchmark.title}`,
    caption: `Mean accuracy over the languages of each group; bands are 95 % intervals.${dashed}`,
    spec,
    minWidth: 0,
  };
}

const TOOLTIP = [{ field: "group", title: "languages" }, ...INTERVAL_TOOLTIP];

/** The number at `path` in a variant's recipe; undefined where it is none or the variant has not been run. */
function numberAt(results: Results, variant: string, path: string): number | undefined {
  const field = results.slice.recipe.find((row) => row.variant === variant && row.path === path);
  const value: unknown = field && JSON.parse(field.value);
  return typeof value === "number" ? value : undefined;
}

function round(value: number): number {
  return Number(value.toFixed(6));
}
