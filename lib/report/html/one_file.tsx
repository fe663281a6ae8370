/**
 * An experiment's page that stands alone: style, scripts and data are in it, and it may ask for nothing. Its policy names
 * its two scripts by their hashes, so that no other one runs, whatever the data say.
 * @module
 */
import { createHash } from "node:crypto";
import type { ComponentChildren } from "preact";
import { renderToString } from "preact-render-to-string";
import { SchemeButton } from "./frame.tsx";

/** What is in the file. */
export interface OneFileProps {
  readonly title: string;
  readonly foot: ComponentChildren;
  readonly css: string;
  /** Runs before anything is painted. */
  readonly head: string;
  /** Runs when all is there. */
  readonly script: string;
  /** Data files by name, as `jsonForScript` gives them. */
  readonly data: ReadonlyMap<string, string>;
  readonly children: ComponentChildren;
}

/** What tells such a file from any other. */
export const ONE_FILE_MARK = '<meta name="generator" content="LinguaLIFT Lab, one file"/>';

/** The file's text. @throws {Error} when a script or style would end the element that it stands in */
export function renderOneFile(props: OneFileProps): string {
  const { css, head, script } = props;
  for (const text of [css, head, script]) {
    if (/<\/(script|style)|<!--/i.test(text)) throw new Error("A script or style holds an end of itself");
  }
  return `<!doctype html>\n${renderToString(<OneFile {...props} />)}\n`;
}

function OneFile({ title, foot, css, head, script, data, children }: OneFileProps) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="generator" content="LinguaLIFT Lab, one file" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content={policyOf([head, script])} />
        <title>{title}</title>
        <link rel="icon" href="data:," />
        <style dangerouslySetInnerHTML={{ __html: css }} />
        <script dangerouslySetInnerHTML={{ __html: head }} />
      </head>
      <body data-root="">
        <a class="skip" href="#content">Skip to the content</a>
        <header class="bar">
          <div>
            <span class="mark">
              LinguaLIFT Lab <span>report</span>
            </span>
            <div class="alone">
              <SchemeButton />
            </div>
          </div>
        </header>
        <main id="content">{children}</main>
        <footer class="foot">
          <div>{foot}</div>
        </footer>
        {[...data].map(([file, json]) => (
          <script
            key={file}
            type="application/json"
            data-file={file}
            dangerouslySetInnerHTML={{ __html: json }}
          />
        ))}
        <script dangerouslySetInnerHTML={{ __html: script }} />
      </body>
    </html>
  );
}

function policyOf(scripts: readonly string[]): string {
  const hashes = scripts.map((text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`);
  return [
    "default-src 'none'",
    `script-src ${hashes.join(" ")}`,
    "style-src 'unsafe-inline'",
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}
