/// <reference lib="dom" />
/**
 * Draws the page's figures with the Vega that lies beside the site. Colours are CSS variables: a change of scheme needs
 * no new drawing.
 * @module
 */

declare const vegaEmbed: (element: Element, spec: unknown, options: unknown) => Promise<unknown>;

interface Spec {
  config?: Record<string, unknown>;
}

/** Draws every figure; a failure shows in its place and on the console. */
export async function drawFigures(): Promise<void> {
  for (const plot of document.querySelectorAll<HTMLElement>(".plot[data-figure]")) {
    const source = plot.parentElement?.querySelector('script[type="application/json"]')?.textContent;
    if (!source) continue;
    const spec: Spec = JSON.parse(source);
    // A legend of long names in one row would be wider than a phone.
    const columns = Math.max(1, Math.floor(plot.clientWidth / 190));
    const legend = { ...(spec.config?.legend as object | undefined), columns };
    const canvas = document.createElement("div");
    canvas.style.width = "100%";
    canvas.style.minWidth = `${plot.dataset.minWidth ?? 0}px`;
    plot.replaceChildren(canvas);
    await vegaEmbed(canvas, { ...spec, config: { ...spec.config, legend } }, {
      actions: false,
      renderer: "svg",
      tooltip: { theme: "custom" },
    });
    plot.dataset.drawn = "true";
  }
}
