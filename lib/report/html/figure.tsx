/**
 * A figure: its Vega-Lite specification in the page, drawn there; the same drawing as a file for pages without script.
 * @module
 */
import type { ComponentChildren } from "preact";
import type { Figure } from "../figures/figure.ts";
import { jsonForScript } from "./frame.tsx";

export function FigureBlock(
  { figure, root, children }: { figure: Figure; root: string; children?: ComponentChildren },
) {
  return (
    <figure class="figure" id={figure.name}>
      <div
        class="plot"
        role="img"
        aria-label={figure.title}
        aria-describedby={`${figure.name}-caption`}
        data-min-width={figure.minWidth}
        data-figure={figure.name}
      >
        <noscript>
          <img src={`${root}${figure.svgPath}`} alt={figure.title} />
        </noscript>
      </div>
      <script type="application/json" dangerouslySetInnerHTML={{ __html: jsonForScript(figure.spec) }} />
      <figcaption id={`${figure.name}-caption`}>
        <strong>{figure.title}.</strong> {figure.caption} {children}
      </figcaption>
      <ul class="downloads">
        <li>
          <a href={`${root}${figure.svgPath}`} download>SVG</a>
        </li>
        <li>
          <a href={`${root}${figure.specPath}`} download>Vega-Lite</a>
        </li>
        <li>
          <a href={`#${encodeURIComponent(figure.name)}`}>Link</a>
        </li>
      </ul>
    </figure>
  );
}
