/**
 * What every page has around its content. Preact escapes all text and attributes; nothing here writes raw HTML but JSON
 * inside <script>, which `jsonForScript` makes harmless.
 * @module
 */
import type { ComponentChildren } from "preact";
import { renderToString } from "preact-render-to-string";

export interface FrameProps {
  readonly title: string;
  /** Which entry of the navigation is this page. */
  readonly current?: "overview" | "settings" | "samples" | "languages";
  /** Path from this page to the site's root: "" or "../". */
  readonly root: string;
  /** Whether the site has pages of languages. */
  readonly languages: boolean;
  readonly foot: ComponentChildren;
  /** Scripts beside the site's own, relative to the root. */
  readonly scripts?: readonly string[];
  readonly children: ComponentChildren;
}

/** No connection anywhere: the pages work from a folder, with the network off. */
const POLICY = "connect-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'";

function Frame({ title, current, root, languages, foot, scripts = [], children }: FrameProps) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content={POLICY} />
        <title>{title}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href={`${root}assets/site.css`} />
        <script src={`${root}assets/scheme.js`} charset="utf-8" />
      </head>
      <body data-root={root}>
        <a class="skip" href="#content">Skip to the content</a>
        <header class="bar">
          <div>
            <a class="mark" href={`${root}index.html`}>
              LinguaLIFT Lab <span>report</span>
            </a>
            <nav aria-label="Pages">
              <a href={`${root}index.html`} aria-current={current === "overview" ? "page" : undefined}>
                Verdicts
              </a>
              <a href={`${root}settings.html`} aria-current={current === "settings" ? "page" : undefined}>
                Settings
              </a>
              <a href={`${root}samples.html`} aria-current={current === "samples" ? "page" : undefined}>
                Samples
              </a>
              {languages && (
                <a href={`${root}languages.html`} aria-current={current === "languages" ? "page" : undefined}>
                  Languages
                </a>
              )}
            </nav>
            <button class="scheme" type="button" aria-label="Switch between light and dark">
              <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
                <circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" stroke-width="1.5" />
                <path d="M8 1.8a6.2 6.2 0 0 1 0 12.4z" fill="currentColor" />
              </svg>
            </button>
          </div>
        </header>
        <main id="content">{children}</main>
        <footer class="foot">
          <div>{foot}</div>
        </footer>
        {scripts.map((path) => <script key={path} src={root + path} charset="utf-8" />)}
      </body>
    </html>
  );
}

/** The whole page as HTML. */
export function renderPage(props: FrameProps): string {
  return `<!doctype html>\n${renderToString(<Frame {...props} />)}\n`;
}

/** JSON that cannot end the script it stands in, whatever its strings hold. */
export function jsonForScript(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll("<", "\\u003c")
    .replaceAll(">", "\\u003e")
    .replaceAll("&", "\\u0026")
    .replaceAll("\u2028", "\\u2028")
    .replaceAll("\u2029", "\\u2029");
}
