/**
 * Figures as SVG files, drawn without a browser. Deno has no canvas, so Vega estimates the width of text; labels are
 * short enough for that.
 * @module
 */
import { parse, resetSVGDefIds, View } from "vega";
import { compile, type TopLevelSpec } from "vega-lite";

/** Width of a saved figure in pixels; in the page a figure takes the width there is. */
const SVG_WIDTH = 760;

/** Draws a specification; `palette` gives a colour for each of the style sheet's variables. */
export async function drawSvg(spec: TopLevelSpec, palette: ReadonlyMap<string, string>): Promise<string> {
  const sized = "width" in spec && spec.width === "container"
    ? { ...spec, width: SVG_WIDTH } as TopLevelSpec
    : spec;
  resetSVGDefIds(); // ids of clips would count on from figure to figure
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
