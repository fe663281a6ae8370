/** Two systems, or two runs, item by item in a number's sheet. */
/// <reference lib="dom" />
import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import type { Page } from "puppeteer-core";
import { sumOf } from "../../lib/report/client/pairs.ts";
import { testSite } from "./_site.ts";

const PAGE = "experiments/stage_removal.mini.micro.html";
const site = testSite([{ seeds: [1, 2], items: 25, item: (i) => `mgsm-${i}` }], { answers: 1200 });
const GROUP = "mgsm|LinguaLIFT|LR";

const at = (fields: Record<string, string>) => `${PAGE}#${new URLSearchParams(fields)}`;

async function openSheet(fields: Record<string, string>, width?: number): Promise<Page> {
  const { page, complaints } = await site.open(at(fields), { width });
  await page.waitForSelector("dialog .answers");
  deepStrictEqual(complaints, []);
  return page;
}

/** Counts of a row of the table of pairs. */
const countsOf = (page: Page, lang: string) =>
  page.$$eval(`[data-pairs="${lang}"] td`, (list) => list.map((td) => Number(td.textContent)));
const filters = (page: Page) =>
  page.$$eval("dialog [data-filter]", (list) => list.map((b) => b.textContent!.replace(/ \d+$/, "")));
const sides = (page: Page) =>
  page.$$eval(
    "dialog .answers li",
    (list) =>
      list.map((li) =>
        [...li.querySelectorAll("[data-side]")].map((side) => side.querySelector("bdi")!.textContent)
      ),
  );

site.test("a reader chooses another system and sees how often both, one or none is right, then the pairs", async () => {
  const page = await openSheet({ cell: GROUP });
  await page.select('dialog [aria-label="Compare with"]', "Mono-SFT");
  await page.waitForSelector("dialog .sides");
  const all = await countsOf(page, "all");
  strictEqual(all.reduce((a, b) => a + b), 4 * 25 * 2, "every answer of four languages and two seeds");
  const each = await Promise.all(["bn", "sw", "te", "th"].map((lang) => countsOf(page, lang)));
  const named = ([both, first, second, neither]: number[]) => ({ both, first, second, neither }) as never;
  deepStrictEqual(Object.values(sumOf(each.map(named))), all);
  ok(all[1]! > all[2]!, "the store's LinguaLIFT is better in these languages");
  deepStrictEqual(await filters(page), ["all", "both right", "only this one", "only the other", "none"]);
  for (const pair of await sides(page)) deepStrictEqual(pair, ["LinguaLIFT", "Mono-SFT"]);
  await page.click('dialog [data-filter="second"]');
  await page.waitForFunction(() => location.hash.includes("only=second"));
  const marks = await page.$$eval(
    "dialog .answers li",
    (list) =>
      list.map((li) =>
        [...li.querySelectorAll("[data-side] .item > span")].map((e) => e.className).filter((name) =>
          /right|wrong/.test(name)
        )
      ),
  );
  ok(marks.length > 0);
  for (const [first, second] of marks) deepStrictEqual([first, second], ["wrong", "right"]);
  await page.close();
});

site.test("a link to one pair shows it, with the English question beside it", async () => {
  const page = await openSheet({ cell: GROUP, with: "Mono-SFT" });
  await page.waitForSelector("dialog .sides");
  const href = await page.$eval("dialog .answers a", (a) => a.getAttribute("href")!);
  await page.close();
  const fields = Object.fromEntries(new URLSearchParams(href.slice(1)));
  deepStrictEqual([fields.with, fields.cell], ["Mono-SFT", GROUP]);
  const other = await openSheet(fields);
  await other.waitForSelector("dialog .sides");
  strictEqual((await sides(other)).length, 2, "one pair a seed");
  match(await other.$eval("dialog .english", (e) => e.textContent!), /^en:/);
  await other.close();
});

site.test("two runs of one system are compared, seed with seed", async () => {
  const page = await openSheet({ cell: "mgsm|LinguaLIFT|sw", seed: "1", with: "LinguaLIFT", with_seed: "2" });
  await page.waitForSelector("dialog .sides");
  strictEqual((await countsOf(page, "sw")).reduce((a, b) => a + b), 25);
  match(await page.$eval("dialog .sides", (e) => e.textContent!), /seed 2/);
  await page.close();
});

site.test("answers are filtered by the sort of problem and the kind of mistake, which each answer says", async () => {
  const page = await openSheet({ cell: GROUP });
  await page.select('dialog [aria-label="Sort of problem"]', "buy");
  await page.select('dialog [aria-label="Kind of mistake"]', "given");
  await page.waitForFunction(() => location.hash.includes("mistake=given"));
  const shown = await page.$$eval("dialog .answers .item", (list) => list.map((e) => e.textContent!));
  ok(shown.length > 0);
  for (const text of shown) match(text, /buy.*a number of the question/);
  await page.reload();
  await page.waitForSelector("dialog .answers li");
  strictEqual((await page.$$("dialog .answers .item")).length, shown.length);
  await page.close();
});

site.test("an address with a system that is not there is said to, and what cannot be read is named", async () => {
  const page = await openSheet({ cell: GROUP, with: "Nobody", seed: "one" });
  const said = await page.$$eval("dialog [role=alert]", (list) => list.map((e) => e.textContent!));
  match(said.join(" "), /“seed=one” is not understood/);
  match(said.join(" "), /no two runs to compare: “LinguaLIFT” with “Nobody”/);
  await page.close();
});

site.test("the comparison does not push the page sideways, on a phone neither", async () => {
  for (const width of [1440, 390]) {
    const page = await openSheet({ cell: GROUP, with: "Mono-SFT" }, width);
    await page.waitForSelector("dialog .sides");
    ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    ok(await page.$eval("dialog", (dialog) => dialog.scrollWidth <= dialog.clientWidth));
    await page.close();
  }
});
