/**
 * Figures as SVG files, drawn without a browser. Deno has no canvas, so Vega estimates the width of text; labels are
 * short enough for that.
 * @module
 */
import { parse, resetSVGDefIds, View } from "vega";
import { compile, type TopLevelSpec } from "vega-lite";

/** Width of a saved figure in pixels; in the page a figure takes the width there is. */
const SVG_WIDTH = 760;
/** Entries of a legend beside one another; in one row long names would be cut off at the edge. */
const LEGEND_COLUMNS = 3;

/**
 * Draws a specification; `palette` gives a colour for each of the style sheet's variables, and without one they stay
 * variables. Drawings of one page have ids of their own by `isFirst`.
 */
export async function drawSvg(
  spec: TopLevelSpec,
  palette: ReadonlyMap<string, string> = new Map(),
  { isFirst = true } = {},
): Promise<string> {
  const legend = { columns: LEGEND_COLUMNS, ...spec.config?.legend };
  const width = "width" in spec && spec.width === "container" ? { width: SVG_WIDTH } : {};
  const sized = { ...spec, ...width, config: { ...spec.config, legend } } as TopLevelSpec;
  if (isFirst) resetSVGDefIds(); // ids of clips would count on from figure to figure
  const view = new View(parse(compile(sized).spec), { renderer: "none" });
  const svg = await view.toSVG();
  view.finalize();
  return svg.replace(/var\(--([\w-]+)\)/g, (whole, name: string) => palette.get(name) ?? whole);
}

/** The light colours of the style sheet: `--name: light-dark(#light, #dark);`. */
export function lightPalette(css: string): Map<string, string> {
  return new Map(
    [...css.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), #[0-9a-f]{6}\);/g)].map(
      ([, name, colour]) => [name!, colour!],
    ),
  );
}
