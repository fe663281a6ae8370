/**
 * The figures that every benchmark gets: groups as the paper's bar charts have them, and languages one by one.
 * @module
 */
import type { TopLevelSpec } from "vega-lite";
import type { Benchmark } from "../../results/slice.ts";
import type { Results } from "../../results/table.ts";
import { groupName, orderedLanguages } from "../html/groups.ts";
import { languageName } from "../html/languages.ts";
import { datasets } from "./data.ts";
import { systemColour } from "./figure.ts";
import { ACCURACY_AXIS, barLayers, BESIDE, wrapped, WRAPPED_LABELS } from "./kinds/shared.ts";

/** More systems than this make a crowd of a language. */
const MANY = 6;

type Plan = {
  readonly kind: string;
  readonly title: string;
  readonly caption: string;
  readonly spec: TopLevelSpec;
  readonly minWidth: number;
};

/** Specifications with their data, without the theme. */
export function standardFigures(results: Results, benchmark: Benchmark): Plan[] {
  const cells = datasets(results).cells!.filter((row) => row.benchmark === benchmark.id);
  const systems = results.slice.variants.map(({ name }) => name)
    .filter((name) => cells.some((row) => row.variant === name));
  if (systems.length === 0) return [];
  const plans = [
    groupFigure(
      benchmark,
      systems,
      cells.filter((row) => row.kind === "group").map((row) => ({
        ...row,
        label: wrapped(String(row.label)),
      })),
    ),
  ];
  if (systems.length <= MANY && benchmark.languages.length > 2) {
    plans.push(languageFigure(benchmark, systems, cells.filter((row) => row.kind === "lang")));
  }
  return plans;
}

const TOOLTIP = [
  { field: "variant", title: "system" },
  { field: "label", title: "languages" },
  { field: "accuracy", title: "accuracy", format: ".1f" },
  { field: "low", title: "from", format: ".1f" },
  { field: "high", title: "to", format: ".1f" },
  { field: "paper", title: "paper", format: ".1f" },
] as const;

function groupFigure(benchmark: Benchmark, systems: readonly string[], values: object[]): Plan {
  const printed = values.some((row) => (row as { paper: number | null }).paper !== null);
  const x = {
    field: "label",
    type: "nominal",
    sort: benchmark.groups.map(({ name }) => wrapped(groupName(name))),
    title: null,
    axis: WRAPPED_LABELS,
  } as const;
  const xOffset = { field: "variant", ...BESIDE, sort: [...systems] } as const;
  const spec = {
    data: { values },
    width: "container",
    height: 260,
    encoding: { x, xOffset, tooltip: [...TOOLTIP] },
    layer: barLayers(systemColour(systems, "variant"), printed),
  } as TopLevelSpec;
  return {
    kind: "groups",
    title: benchmark.groups.some(({ name }) => name.includes(":"))
      ? benchmark.title
      : `${benchmark.title} by resource level`,
    caption: `Mean accuracy over the languages of each group, with 95 % intervals.${
      printed ? " Diamonds: the paper's values, from its own models." : ""
    }`,
    spec,
    minWidth: benchmark.groups.length * Math.max(systems.length * 14, benchmark.groups.length > 4 ? 84 : 0),
  };
}

function languageFigure(benchmark: Benchmark, systems: readonly string[], values: object[]): Plan {
  const order = orderedLanguages(benchmark);
  const wide = order.length > 16;
  const x = {
    field: wide ? "scope" : "label",
    type: "nominal",
    sort: wide ? order : order.map(languageName),
    title: null,
    axis: { labelAngle: wide || order.length < 9 ? 0 : -35, labelOverlap: false },
  } as const;
  const spec = {
    data: { values },
    width: "container",
    height: 250,
    encoding: {
      x,
      xOffset: { field: "variant", type: "nominal", sort: [...systems] },
      color: systemColour(systems, "variant"),
      tooltip: [...TOOLTIP],
    },
    layer: [
      {
        mark: { type: "rule", strokeWidth: wide ? 1 : 2, opacity: 0.55 },
        encoding: { y: { field: "low", type: "quantitative", title: "Accuracy, %" }, y2: { field: "high" } },
      },
      {
        mark: { type: "point", size: wide ? 22 : 48, opacity: 1 },
        encoding: { y: { field: "accuracy", ...ACCURACY_AXIS } },
      },
    ],
  } as TopLevelSpec;
  return {
    kind: "languages",
    title: `${benchmark.title} language by language`,
    caption: "Accuracy with 95 % intervals; languages in the order of the table.",
    spec,
    minWidth: order.length * systems.length * 5,
  };
}
