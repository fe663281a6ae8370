/** Every link of the pages leads to something that is there. */
import { deepStrictEqual, ok } from "node:assert/strict";
import { dirname, join, normalize } from "node:path";
import { atLeast } from "../../lib/checked.ts";
import { exists } from "../../lib/files.ts";
import { ROOT } from "../../lib/lab/record/paths.ts";
import { page, pages } from "./_pages.ts";

/** Links outside of code, as written. */
function linksIn(markdown: string): string[] {
  const prose = markdown.replace(/^```[\s\S]*?^```$/gm, "").replace(/`[^`\n]*`/g, "code");
  return [...prose.matchAll(/\]\(([^()\s]+)\)/g)].map(([, link]) => link!);
}

/** The anchors that GitHub gives a page's headings. */
function anchorsIn(markdown: string): string[] {
  return [...markdown.matchAll(/^#+ (.+)$/gm)].map(([, title]) =>
    title!.toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, "").replaceAll(" ", "-")
  );
}

/** What is wrong with a page's links to files and headings of the repository. */
function brokenIn(path: string, markdown: string): string[] {
  return linksIn(markdown).filter((link) => !/^\w+:/.test(link)).filter((link) => {
    const [file, anchor] = atLeast(link.split("#"), 1);
    const target = file === "" ? path : normalize(join(dirname(path), file));
    if (!exists(join(ROOT, target))) return true;
    return anchor !== undefined && target.endsWith(".md") && !anchorsIn(page(target)).includes(anchor);
  });
}

Deno.test("every relative link in a page leads to a file, and to a heading where it names one", () => {
  const read = pages();
  ok(read.includes("README.md") && read.includes("docs/log.md") && read.includes("lib/lab/README.md"));
  for (const path of read) deepStrictEqual(brokenIn(path, page(path)), [], path);
});

Deno.test("a link to what is not there is found, in prose and not in code", () => {
  const text =
    "[a](docs/nothing.md) [b](docs/log.md) [c](README.md#no-such-heading) [d](https://x.org/y) `[e](f)`";
  deepStrictEqual(brokenIn("README.md", text), ["docs/nothing.md", "README.md#no-such-heading"]);
});
