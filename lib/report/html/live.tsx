/**
 * The report as a server gives it: the written pages, which may then ask the server how things stand, and a page of its own
 * for the runs that are under way.
 * @module
 */
import { POLICY, renderPage } from "./frame.tsx";

/** What a served page may ask, and of whom. Vega makes functions of expressions and writes styles into the page. */
export const LIVE_POLICY = [
  "default-src 'self'",
  "script-src 'self' 'unsafe-eval'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** The live page's place in the site. */
export const LIVE_PAGE = "live.html";

/** The live page; its script fills it. */
export function livePage({ languages }: { languages: boolean }): string {
  return renderPage({
    title: "Live \u00b7 LinguaLIFT Lab",
    path: LIVE_PAGE,
    languages,
    foot: "Shown by deno task serve.",
    children: (
      <>
        <header>
          <h1>Live</h1>
          <p class="lede">
            Runs that are under way, and how far they are. The report's pages are drawn again and load
            themselves when there are new results.
          </p>
        </header>
        <div id="live" />
        <noscript>
          <p>
            This page needs JavaScript. Without it <code>deno task runs</code> shows the same in a terminal.
          </p>
        </noscript>
      </>
    ),
  });
}

/**
 * A written page as it is served: with a link to the live page and a script that asks whether the site is still this one.
 * The written page forbids every connection; the server's header has the rules instead.
 */
export function served(html: string, version: string, { isLive = false } = {}): string {
  const current = isLive ? ' aria-current="page"' : "";
  const added = `<link rel="stylesheet" href="/live.css"/>` +
    `<script src="/live.js" charset="utf-8" defer data-version="${version}"></script>`;
  return html
    .replace(`<meta http-equiv="Content-Security-Policy" content="${POLICY}"/>`, "")
    .replace("</head>", `${added}</head>`)
    .replace("</nav>", `<a class="live" href="/${LIVE_PAGE}"${current}>Live</a></nav>`);
}
