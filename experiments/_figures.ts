/**
 * Figures that the paper draws and the report's standard ones do not: Vega-Lite specifications over its data sets.
 * @module
 */
import type { Experiment } from "../lib/lab/mod.ts";

type Figure = NonNullable<Experiment<unknown>["figures"]>[string];

const ratio = {
  field: "recipe.code_switch.ratio",
  type: "quantitative",
  title: "Share of words switched",
  axis: { format: "%" },
};
const number = (field: string) => ({ field, type: "quantitative", title: "Accuracy, %" });
const band = { mark: { type: "area", opacity: 0.15 }, encoding: { y: number("low"), y2: { field: "high" } } };
const line = { mark: { type: "line", point: true }, encoding: { y: number("accuracy") } };

/** Figure 4: accuracy of each benchmark by group over the code-switch ratio; dashed where `reference` has none. */
export function overRatio(benchmarks: readonly string[], reference: string): Figure {
  const only = (test: string) => [{ filter: `datum.variant ${test} '${reference}'` }];
  return {
    title: "Alignment and reasoning by code-switch ratio",
    description: `As Figure 4, which prints no numbers. Dashed: ${reference}. Bands: 95 % intervals.`,
    data: { name: "cells" },
    transform: [{ filter: "datum.kind === 'group' && datum.scope !== 'avg'" }],
    facet: { field: "benchmark", type: "nominal", title: null, sort: [...benchmarks] },
    columns: 2,
    spec: {
      width: 290,
      height: 240,
      encoding: { color: { field: "label", type: "nominal", title: null } },
      layer: [
        ...[band, line].map(({ mark, encoding }) => ({
          transform: only("!=="),
          mark,
          encoding: { x: ratio, ...encoding },
        })),
        {
          transform: only("==="),
          mark: { type: "rule", strokeDash: [5, 4] },
          encoding: { y: number("accuracy") },
        },
      ],
    },
  };
}

/** Figure 7: a point a language and system, one benchmark's accuracy against another's. */
export function scatter(x: string, y: string, systems: readonly string[]): Figure {
  const axis = (field: string) => ({ field, type: "quantitative", title: `${field}, %` });
  return {
    title: `${x} and ${y}, language by language`,
    description: "As Figure 7, which prints no numbers. A point is a language of a system.",
    data: { name: "cells" },
    transform: [
      { filter: `datum.kind === 'lang' && (datum.benchmark === '${x}' || datum.benchmark === '${y}')` },
      { pivot: "benchmark", value: "accuracy", groupby: ["variant", "label"] },
      { filter: `isValid(datum['${x}']) && isValid(datum['${y}'])` },
    ],
    mark: { type: "point", filled: true, size: 60 },
    encoding: {
      x: axis(x),
      y: axis(y),
      color: { field: "variant", type: "nominal", title: null, sort: [...systems] },
      tooltip: [{ field: "variant" }, { field: "label" }, { field: x }, { field: y }],
    },
  };
}
