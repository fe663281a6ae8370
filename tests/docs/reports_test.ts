/** Every number of reports/README.md stands in the table beside it. */
import { deepStrictEqual, ok } from "node:assert/strict";
import { page } from "./_pages.ts";

/** Decimal numbers of a paragraph that stand in none of the tables it links, signs aside. */
function untraced(paragraph: string): string[] {
  const tables = [...paragraph.matchAll(/\((tables\/[\w.]+\.md)\)/g)].map(([, path]) =>
    page(`reports/${path}`)
  );
  const prose = paragraph.replace(/\]\([^)]*\)/g, "").replace(/`[^`]*`/g, "");
  return [...prose.matchAll(/\d+\.\d+/g)].map(([number]) => number).filter((number) =>
    !tables.some((table) => new RegExp(`(?<![\\d.])${number.replace(".", "\\.")}(?![\\d.]*\\d)`).test(table))
  );
}

Deno.test("every decimal number in reports/README.md stands in the table that its paragraph links", () => {
  const paragraphs = page("reports/README.md").split(/\n(?=- |#|\n)/);
  ok(paragraphs.filter((text) => text.includes("(tables/")).length > 12);
  deepStrictEqual(paragraphs.flatMap(untraced), []);
});

Deno.test("a number that stands in no linked table is found", () => {
  const link = "([numbers](tables/stage_removal.mini.micro.md))";
  deepStrictEqual(untraced(`- 40.1 and 40.2 %, 0.8 of it ${link}`), ["40.2"]);
  deepStrictEqual(untraced("- 40.1 %"), ["40.1"]);
});
