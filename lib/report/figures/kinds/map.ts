/**
 * Points on a plane, one drawing a panel, as in the paper's Figure 5. The points are scores with the metrics
 * "map x" and "map y"; the axes of such a map mean nothing and have no numbers.
 * @module
 */
import type { TopLevelSpec } from "vega-lite";
import { atLeast } from "../../../checked.ts";
import type { MapFigure } from "../../../lab/experiment/figure.ts";
import { languageName } from "../../html/languages.ts";
import type { OwnScore } from "../../../results/slice.ts";
import type { Results } from "../../../results/table.ts";
import type { Drawing } from "./shared.ts";

/** What the others are to lie near: drawn dark. */
const ENGLISH = languageName("en");
/** So many languages fit side by side; a phone scrolls. */
const LEGEND_COLUMNS = 7;

/** Undefined where the panel has no points. */
export function mapDrawing(
  figure: MapFigure,
  results: Results,
  [panel, title]: MapFigure["panels"][number],
): Drawing | undefined {
  const variant = figure.variant ?? results.slice.baseName;
  const scores = results.slice.points.filter((row) => row.benchmark === panel && row.variant === variant);
  const seed = Math.min(...scores.map((row) => row.seed));
  const points = placed(scores.filter((row) => row.seed === seed));
  if (points.length === 0) return undefined;
  const languages = [...new Set(points.map(({ language }) => language))].sort();
  const axis = (field: string) => ({
    field,
    type: "quantitative",
    axis: null,
    scale: { zero: false, nice: false, padding: 12 },
  });
  const spec = {
    data: { values: points },
    width: "container",
    height: 380,
    view: { stroke: "var(--rule)" },
    mark: { type: "point", size: 26, opacity: 0.75 },
    encoding: {
      x: axis("x"),
      y: axis("y"),
      color: {
        field: "language",
        type: "nominal",
        sort: languages,
        // Hues at one distance: there are more languages than the report has colours.
        scale: {
          domain: languages,
          range: languages.map((name, i) => name === ENGLISH ? "var(--ink)" : hue(i, languages.length)),
        },
        legend: { title: null, columns: LEGEND_COLUMNS, symbolType: "circle" },
      },
      tooltip: [{ field: "language", title: "language" }, { field: "id", title: "text" }],
    },
  } as TopLevelSpec;
  return {
    part: panel,
    title: `${figure.title}: ${title}`,
    caption: `A point a text, ${points.length} in ${languages.length} languages; ${variant}, seed ${seed}. ` +
      "Neighbours are alike; distances between clusters mean nothing.",
    spec,
    minWidth: LEGEND_COLUMNS * 100,
  };
}

/** Both coordinates of a point together. */
function placed(scores: readonly OwnScore[]) {
  const points = new Map<string, { code: string; language: string; id: string; x?: number; y?: number }>();
  for (const { scope, metric, value } of scores) {
    const [code, ...id] = atLeast(scope.split(" "), 1);
    const point = points.get(scope) ?? { code, language: languageName(code), id: id.join(" ") };
    points.set(scope, metric === "map x" ? { ...point, x: value } : { ...point, y: value });
  }
  return [...points.values()].filter(({ x, y }) => x !== undefined && y !== undefined);
}

/** Middle lightness, so that it stands out from both a light and a dark page. */
function hue(i: number, of: number): string {
  return `hsl(${Math.round(i * 360 / of)} 62% ${i % 2 === 0 ? 46 : 58}%)`;
}
