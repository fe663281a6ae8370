/** A table of the paper with ours in it, on a page: at every width, in both schemes, without a fault of access. */
/// <reference lib="dom" />
import { deepStrictEqual, match, ok } from "node:assert/strict";
import type { TableFigure } from "../../lib/lab/experiment/figure.ts";
import { violations } from "./_axe.ts";
import { testSite } from "./_site.ts";

const PAGE = "experiments/stage_removal.mini.micro.html";
const FIGURE: TableFigure = {
  ...{ draw: "table", title: "Table 6: <quality>", table: "table-6", benchmark: "", digits: 2 },
  columns: [["BLEU", "top1"], ["chrF", "none"], ["TER", "none"]],
  rows: [
    {
      row: "Average",
      why: "nothing was <b>translated</b> here, which takes a long sentence to say to the end",
    },
    { row: "Swahili", scope: "sw" },
  ],
};
// The store's own score is of a benchmark, "tatoeba"; a table of none of its scores says why.
const site = testSite([{ seeds: [1, 2], items: 6, figures: { table_6: FIGURE } }]);

for (const [scheme, width] of [["light", 1440], ["dark", 1024], ["light", 390]] as const) {
  site.test(`the paper's row and our reason can be read at ${width} px, ${scheme}`, async () => {
    const { page } = await site.open(`${PAGE}#printed`, { scheme, width });
    const rows = await page.$$eval("table.printed tr", (list) => list.map((row) => row.textContent));
    deepStrictEqual(rows.slice(0, 2), ["RowWhoseBLEUchrFTER", "Averagethe paper78.7186.081.09"]);
    match(rows[2]!, /^oursNothing was <b>translated<\/b> here/);
    deepStrictEqual(rows[3], "SwahilioursNo such data here");
    ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "the page is too wide");
    deepStrictEqual(await violations(page), []);
    await page.close();
  });
}

site.test("the table is in the page's contents, under the words that its heading has", async () => {
  const { page } = await site.open(PAGE, { width: 1024 });
  const link = await page.$eval('nav a[href="#printed"], a[href="#printed"]', (one) => one.textContent);
  deepStrictEqual([link, await page.$eval("#printed h2", (one) => one.textContent)], [
    "As the paper prints it",
    "As the paper prints it",
  ]);
  await page.close();
});
