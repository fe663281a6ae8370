/**
 * Figures as Vega-Lite specifications. Colours are the style sheet's variables, so that one drawing serves both colour
 * schemes and print; a saved SVG has the light ones written in.
 * @module
 */
import type { TopLevelSpec } from "vega-lite";

/** A figure of a page. */
export interface Figure {
  /** Unique in the site, safe as a file name. */
  readonly name: string;
  readonly title: string;
  readonly caption: string;
  readonly spec: TopLevelSpec;
  /** The narrowest it may be drawn, in pixels; a phone scrolls it. */
  readonly minWidth: number;
  readonly svgPath: string;
  readonly specPath: string;
}

/** Colours of series, in order; more series start over. */
export const SERIES = [
  "var(--c1)",
  "var(--c2)",
  "var(--c3)",
  "var(--c4)",
  "var(--c5)",
  "var(--c6)",
  "var(--c7)",
  "var(--c8)",
];

/** Encoding of systems by colour, in their order; `field` holds their names. */
export function systemColour(names: readonly string[], field: string) {
  return {
    field,
    type: "nominal",
    sort: [...names],
    scale: { domain: [...names], range: names.map((_, i) => SERIES[i % SERIES.length]) },
    legend: { title: null, symbolType: "circle", symbolSize: 90 },
  } as const;
}

/** The look of every figure. */
export const THEME = {
  background: "transparent",
  font: "system-ui, sans-serif",
  view: { stroke: null },
  axis: {
    labelColor: "var(--soft)",
    titleColor: "var(--soft)",
    gridColor: "var(--rule)",
    domainColor: "var(--rule-strong)",
    tickColor: "var(--rule-strong)",
    labelFontSize: 11,
    titleFontSize: 11,
    titleFontWeight: 400,
    labelPadding: 6,
    titlePadding: 10,
  },
  axisX: { grid: false },
  axisY: { domain: false, ticks: false, grid: true },
  legend: {
    labelColor: "var(--ink)",
    titleColor: "var(--soft)",
    labelFontSize: 12,
    titleFontSize: 11,
    titleFontWeight: 400,
    symbolStrokeWidth: 0,
    symbolOpacity: 1,
    labelLimit: 260,
    orient: "top",
    offset: 14,
  },
  header: { labelColor: "var(--ink)", titleColor: "var(--soft)", labelFontSize: 12 },
  title: { color: "var(--ink)", fontSize: 13, fontWeight: 600, anchor: "start" },
  text: { color: "var(--ink)", fill: "var(--ink)" },
  rule: { color: "var(--rule-strong)" },
  point: { filled: true },
  range: { category: SERIES },
} as const;

/** A file name out of any text. */
export function fileName(text: string): string {
  return text.replace(/[^A-Za-z0-9._-]+/g, "-").replace(/^[-.]+|[-.]+$/g, "").slice(0, 80) || "x";
}
