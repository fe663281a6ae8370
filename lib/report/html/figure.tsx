/**
 * A figure: its Vega-Lite specification in the page, drawn there; the same drawing as a file for pages without script. In a
 * page that stands alone the drawing itself, whose texts Vega has escaped.
 * @module
 */
import type { ComponentChildren } from "preact";
import type { Figure } from "../figures/figure.ts";
import { jsonForScript } from "./frame.tsx";

export function FigureBlock(
  { figure, root, svg, children }: {
    figure: Figure;
    root: string;
    svg?: string | undefined;
    children?: ComponentChildren;
  },
) {
  return (
    <figure class="figure" id={figure.name}>
      {svg === undefined ? <Plot figure={figure} root={root} /> : <Drawing figure={figure} svg={svg} />}
      <figcaption id={`${figure.name}-caption`}>
        <strong>{figure.title}.</strong> {figure.caption} {children}
      </figcaption>
      <ul class="downloads">
        {svg === undefined && (
          <>
            <li>
              <a href={`${root}${figure.svgPath}`} download>SVG</a>
            </li>
            <li>
              <a href={`${root}${figure.specPath}`} download>Vega-Lite</a>
            </li>
          </>
        )}
        <li>
          <a href={`#${encodeURIComponent(figure.name)}`}>Link</a>
        </li>
      </ul>
    </figure>
  );
}

/** What a drawing is to those who do not see it. */
function described({ name, title }: Figure) {
  return {
    class: "plot",
    role: "img",
    "aria-label": title,
    "aria-describedby": `${name}-caption`,
  } as const;
}

/** What a phone's page has for a drawing, in pixels: a wider one scrolls, by keyboard too. */
const NARROWEST = 300;

/** Drawn by the page's script. */
function Plot({ figure, root }: { figure: Figure; root: string }) {
  return (
    <>
      <div
        {...described(figure)}
        data-min-width={figure.minWidth}
        {...(figure.minWidth > NARROWEST ? { tabIndex: 0 } : {})}
        data-figure={figure.name}
      >
        <noscript>
          <img src={`${root}${figure.svgPath}`} alt={figure.title} />
        </noscript>
      </div>
      <script type="application/json" dangerouslySetInnerHTML={{ __html: jsonForScript(figure.spec) }} />
    </>
  );
}

/** Labels in it stay readable on a phone, where it scrolls, in pixels. */
const LEAST_WIDTH = 560;

/** Drawn before. */
function Drawing({ figure, svg }: { figure: Figure; svg: string }) {
  return (
    <div
      {...described(figure)}
      data-drawn="true"
      tabIndex={0}
    >
      <div
        class="drawing"
        style={{ minWidth: `${Math.max(LEAST_WIDTH, figure.minWidth)}px` }}
        dangerouslySetInnerHTML={{ __html: svg }}
      />
    </div>
  );
}
