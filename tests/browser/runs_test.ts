/** The page of all runs: sorted, filtered, two of them compared, by keyboard and by address. */
/// <reference lib="dom" />
import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import type { Page } from "puppeteer-core";
import { testSite } from "./_site.ts";

const site = testSite([
  { seeds: [1, 2], items: 20, extraRuns: true },
  { experiment: "align", title: "Does alignment help?", seeds: [1], items: 6, scale: "smoke" },
]);

const ready = (page: Page) => page.waitForSelector(".all-runs input[type=checkbox]");
/** Texts of a column of the rows that are shown. */
const column = (page: Page, name: string) =>
  page.$eval(".all-runs", (table, name) => {
    const { tHead, tBodies } = table as HTMLTableElement;
    const at = [...tHead!.rows[0]!.cells].findIndex(({ textContent }) => textContent === name);
    return [...tBodies[0]!.rows].filter(({ hidden }) => !hidden).map((row) =>
      row.cells[at]!.innerText.trim()
    );
  }, name);
const press = async (page: Page, ...keys: Parameters<Page["keyboard"]["press"]>[0][]) => {
  for (const key of keys) await page.keyboard.press(key);
};

site.test("without script all runs are there, failed and superseded ones marked, and nothing to press", async () => {
  const { page } = await site.open("runs.html", { script: false });
  const states = await column(page, "State");
  strictEqual(states.length, 8 + 4 + 2);
  match(states[0]!, /^failed: Out of <b>memory<\/b>$/);
  strictEqual(states.filter((state) => state === "superseded").length, 1);
  const buttons = await page.$$eval("main :is(button, input, select)", (list) => list.length);
  strictEqual(buttons, 0);
  const row = await page.$$eval(".all-runs tbody tr", (rows) => rows.map((row) => row.innerText));
  ok(
    row.some((text) => /w\/o Language-Align.*\balign null\b.*mgsm \d+\.\d.*6 min 41 s.*3c2dac3d/s.test(text)),
    row.join("\n"),
  );
  await page.close();
});

site.test("a header sorts up and down by number or name, and what has no value stays last", async () => {
  const { page, complaints } = await site.open("runs.html");
  await ready(page);
  const sort = (name: string) =>
    page.$$eval(".all-runs thead button", (all, name) => {
      (all.find(({ textContent }) => textContent === name) as HTMLElement).click();
    }, name);
  const scores = async () =>
    (await column(page, "Scores, %")).map((text) => Number(text.match(/[\d.]+$/) ?? NaN));
  await sort("Scores, %");
  const up = await scores();
  ok(Number.isNaN(up.at(-1)), "the failed run has no score");
  deepStrictEqual(up.slice(0, -1), up.slice(0, -1).toSorted((a, b) => a - b));
  await sort("Scores, %");
  deepStrictEqual((await scores()).slice(0, -1), up.slice(0, -1).toReversed());
  await sort("Variant");
  const names = await column(page, "Variant");
  deepStrictEqual(names, names.toSorted((a, b) => a.localeCompare(b, "en", { numeric: true })));
  const marked = await page.$$eval(
    ".all-runs [aria-sort]",
    (all) => all.map((th) => [th.textContent, th.ariaSort]),
  );
  deepStrictEqual(marked, [["Variant", "ascending"]]);
  deepStrictEqual(complaints, []);
  await page.close();
});

site.test("words, experiment and state narrow the rows, and the number of rows left is told", async () => {
  const { page } = await site.open("runs.html");
  await ready(page);
  const told = () => page.$eval('.controls [aria-live="polite"]', (span) => span.textContent);
  await page.type("input[type=search]", "mono-sft 3c2d");
  deepStrictEqual([...new Set(await column(page, "Variant"))], ["Mono-SFT"]);
  strictEqual(await told(), "3 of 14 runs");
  await page.select('[data-filter="experiment"]', "align");
  deepStrictEqual(await column(page, "Experiment"), ["align"]);
  await page.select('[data-filter="state"]', "superseded");
  strictEqual(await told(), "0 of 14 runs");
  await page.close();
});

site.test("by keyboard alone two runs are chosen and compared: what went in, scores, answers; Escape goes back", async () => {
  const { page, complaints } = await site.open("runs.html");
  await ready(page);
  const focused = () => page.evaluate(() => (document.activeElement as HTMLElement).ariaLabel);
  await page.select('[data-filter="experiment"]', "stage_removal");
  await page.focus(".all-runs input[type=checkbox][tabindex='0']");
  await press(page, "Space", "ArrowDown", "ArrowDown", "ArrowDown", "Space");
  const second = await focused();
  await press(page, "Enter");
  await page.waitForSelector("dialog table");
  const text = await page.$eval("dialog", (dialog) => (dialog as HTMLElement).innerText);
  match(text, /recipe: align\.steps 600 -> 0/);
  match(text, /mgsm sw accuracy\s+\d+\.\d\s+\d+\.\d\s+[−+]\d/);
  match(text, /Answers that flipped/);
  match(text, /deno task diff 'stage_removal-LinguaLIFT-1-micro' /);
  const address = page.url();
  match(address, /#a=stage_removal-LinguaLIFT-1-micro&b=/);
  await press(page, "Escape");
  await page.waitForFunction(() => !document.querySelector("dialog"));
  strictEqual(await focused(), second, "the focus goes back to the run");
  ok(!page.url().includes("#"));
  deepStrictEqual(complaints, []);
  await page.close();
  const { page: sent } = await site.open(`runs.html#${address.split("#")[1]}`);
  await sent.waitForSelector("dialog table");
  strictEqual(
    await sent.$eval("dialog", (dialog) => (dialog as HTMLElement).innerText),
    text,
    "a link says the same",
  );
  await sent.close();
});

site.test("of a run that another has taken the place of no answers are compared, and that is said", async () => {
  const { page } = await site.open(
    "runs.html#a=stage_removal-LinguaLIFT-1-micro&b=stage_removal-LinguaLIFT-1-micro-before",
  );
  await page.waitForSelector("dialog .differences");
  const text = await page.$eval("dialog", (dialog) => (dialog as HTMLElement).innerText);
  match(text, /recipe: transfer\.lr 0\.0005 -> 0\.9/);
  match(text, /not counted here/);
  await page.close();
});
