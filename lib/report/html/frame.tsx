/**
 * What every page has around its content. Preact escapes all text and attributes; nothing here writes raw HTML but JSON
 * inside <script>, which `jsonForScript` makes harmless.
 * @module
 */
import type { ComponentChildren } from "preact";
import { renderToString } from "preact-render-to-string";

export interface FrameProps {
  readonly title: string;
  /** This page inside the site: "experiments/stage_removal.mini.micro.html". */
  readonly path: string;
  /** Whether the site has pages of languages. */
  readonly languages: boolean;
  readonly foot: ComponentChildren;
  /** Scripts beside the site's own, relative to the root. */
  readonly scripts?: readonly string[];
  readonly children: ComponentChildren;
}

/** No connection anywhere: the pages work from a folder, with the network off. */
export const POLICY = "connect-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'";

/** The navigation: what each entry opens, and the folder of the pages below it. */
const ENTRIES = [
  { name: "Verdicts", href: "index.html" },
  { name: "Experiments", href: "index.html#experiments", below: "experiments/" },
  { name: "Runs", href: "runs.html" },
  { name: "Settings", href: "settings.html" },
  { name: "Samples", href: "samples.html", below: "samples/" },
  { name: "Languages", href: "languages.html", below: "languages/" },
];

function Navigation({ path, root, languages }: { path: string; root: string; languages: boolean }) {
  return (
    <nav aria-label="Pages">
      {ENTRIES.filter(({ name }) => languages || name !== "Languages").map(({ name, href, below }) => {
        const current = href === path ? "page" : below && path.startsWith(below) ? "true" : undefined;
        return <a key={name} href={root + href} aria-current={current}>{name}</a>;
      })}
    </nav>
  );
}

/** Path from a page to the site's root: "" or "../". */
function rootOf(path: string): string {
  return "../".repeat(path.split("/").length - 1);
}

export function SchemeButton() {
  return (
    <button class="scheme script" type="button" aria-label="Switch between light and dark">
      <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
        <circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" stroke-width="1.5" />
        <path d="M8 1.8a6.2 6.2 0 0 1 0 12.4z" fill="currentColor" />
      </svg>
    </button>
  );
}

function Frame({ title, path, languages, foot, scripts = [], children }: FrameProps) {
  const root = rootOf(path);
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
            <Navigation path={path} root={root} languages={languages} />
            <SchemeButton />
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
