/**
 * Bars by variant, one a group of languages, as in the paper's Figures 6 and 9. (Bars by group, one a variant, are what
 * every benchmark gets: `standard.ts`.)
 * @module
 */
import type { TopLevelSpec } from "vega-lite";
import type { BarFigure } from "../../../lab/experiment/figure.ts";
import { groupName } from "../../html/groups.ts";
import type { Benchmark } from "../../../results/slice.ts";
import type { Results } from "../../../results/table.ts";
import {
  barLayers,
  BESIDE,
  cellsOf,
  type Drawing,
  groupColour,
  INTERVAL_TOOLTIP,
  numbersOf,
  wrapped,
  WRAPPED_LABELS,
} from "./shared.ts";

/** Undefined where none of the variants has been run. */
export function barDrawing(figure: BarFigure, results: Results, benchmark: Benchmark): Drawing | undefined {
  const cell = cellsOf(results, benchmark);
  const wanted = figure.variants ?? results.slice.variants.map(({ name }) => name);
  const variants = wanted.filter((name) => benchmark.groups.some((group) => cell(name, group.name)));
  const groups = benchmark.groups.map(({ name }) => name).filter((group) =>
    variants.some((variant) => cell(variant, group))
  );
  if (variants.length === 0) return undefined;
  const values = variants.flatMap((variant) =>
    groups.flatMap((group) => {
      const found = cell(variant, group);
      return found
        ? [{ variant: wrapped(variant), system: variant, group: groupName(group), ...numbersOf(found) }]
        : [];
    })
  );
  const printed = values.some(({ paper }) => paper !== null);
  const spec = {
    data: { values },
    width: "container",
    height: 280,
    encoding: {
      x: {
        field: "variant",
        type: "nominal",
        sort: variants.map((name) => wrapped(name)),
        title: null,
        axis: WRAPPED_LABELS,
      },
      xOffset: { field: "group", ...BESIDE, sort: groups.map(groupName) },
      tooltip: [
        { field: "system", title: "system" },
        { field: "group", title: "languages" },
        ...INTERVAL_TOOLTIP,
        { field: "paper", title: "paper", format: ".1f" },
      ],
    },
    layer: barLayers(groupColour(groups), printed),
  } as TopLevelSpec;
  return {
    part: benchmark.id,
    title: `${figure.title}: ${benchmark.title}`,
    caption: `Mean accuracy over the languages of each group, with 95 % intervals.${
      printed ? " Diamonds: the paper's values, from its own models." : ""
    }`,
    spec,
    minWidth: variants.length * Math.max(100, groups.length * 18),
  };
}
