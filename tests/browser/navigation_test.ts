/** The ways through the site: links, contents, where the reader is. */
/// <reference lib="dom" />
import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import type { Page } from "puppeteer-core";
import { atLeast } from "../../lib/checked.ts";
import { miniSheets } from "../../lib/cli/mini_sheets.ts";
import { testSite } from "./_site.ts";

const PAGE = "experiments/stage_removal.mini.micro.html";
const OTHERS = { align: "Does alignment help?", zebra: "The last <b>one</b>" };
const MINI = miniSheets();
const site = testSite(
  [
    { seeds: [1], items: 12 },
    ...Object.entries(OTHERS).map(([experiment, title]) => ({ experiment, title, seeds: [1], items: 6 })),
    { scale: "smoke", seeds: [1], items: 3 },
  ],
  { sheets: { ...MINI, languages: MINI.languages.slice(0, 3) } },
);

const pages = (folder = ""): string[] =>
  [...Deno.readDirSync(join(site.folder, folder))].flatMap(({ name, isDirectory }) =>
    isDirectory ? pages(join(folder, name)) : name.endsWith(".html") ? [join(folder, name)] : []
  );

/** What the keyboard is on: a cell's key, else a name. */
const focused = (page: Page) =>
  page.evaluate(() => {
    const element = document.activeElement as HTMLElement;
    return element.dataset.cell ?? element.ariaLabel ?? element.textContent?.trim();
  });
const press = async (page: Page, ...keys: Parameters<Page["keyboard"]["press"]>[0][]) => {
  for (const key of keys) await page.keyboard.press(key);
  return await focused(page);
};
const ready = (page: Page) => page.waitForSelector("a.cell");

site.test("every link of the site leads to a file, and to the part of it that it names", async () => {
  const { page } = await site.open("index.html");
  const seen = new Map<string, { ids: Set<string>; links: string[] }>();
  for (const path of pages()) {
    await page.goto(`file://${join(site.folder, path)}`);
    const [ids, links] = atLeast(
      await page.evaluate(() => [
        [...document.querySelectorAll("[id]")].map(({ id }) => id),
        [...document.querySelectorAll<HTMLAnchorElement>("a[href]")].filter((a) => !a.dataset.cell).map((a) =>
          a.href
        ),
      ]),
      2,
    );
    strictEqual(new Set(ids).size, ids.length, `an id stands twice on ${path}`);
    seen.set(`file://${join(site.folder, path)}`, { ids: new Set(ids), links });
  }
  for (const [path, { links }] of seen) {
    for (const link of links) {
      const { href, hash } = new URL(link);
      const file = href.slice(0, href.length - hash.length);
      ok(Deno.statSync(new URL(file)).isFile, `${link} on ${path}`);
      if (hash) ok(seen.get(file)!.ids.has(decodeURIComponent(hash.slice(1))), `${link} on ${path}`);
    }
  }
  ok([...seen.values()].flatMap(({ links }) => links).length > 200);
  await page.close();
});

site.test("every page marks where the reader is in the navigation", async () => {
  const { page } = await site.open("index.html");
  const marked = new Map<string, string[]>();
  for (const path of pages()) {
    await page.goto(`file://${join(site.folder, path)}`);
    const marks = await page.$$eval(
      'nav[aria-label="Pages"] [aria-current]',
      (links) => links.map((a) => `${a.textContent} ${a.getAttribute("aria-current")}`),
    );
    marked.set(path, marks);
  }
  deepStrictEqual([...new Set([...marked.values()].map((marks) => marks.length))], [1]);
  const of = (path: string) => marked.get(path)![0];
  deepStrictEqual(
    [of("index.html"), of(PAGE), of("samples/mini.mgsm.html"), of("languages.html")],
    ["Verdicts page", "Experiments true", "Samples true", "Languages page"],
  );
  await page.close();
});

site.test("an experiment's page lists its parts and leads to the experiments beside it", async () => {
  const { page, complaints } = await site.open(PAGE);
  const [listed, parts] = atLeast(
    await page.evaluate(() => [
      [...document.querySelectorAll('nav[aria-label="On this page"] a')].map((a) => a.textContent),
      [...document.querySelectorAll("main section :is(h2, summary > h2)")].map((h) => h.textContent),
    ]),
    2,
  );
  deepStrictEqual(listed, parts);
  ok(parts.length >= 6);
  const title = () => page.$eval("h1", (h) => h.textContent);
  const follow = (selector: string) => Promise.all([page.waitForNavigation(), page.click(selector)]);
  await follow('[rel="prev"]');
  strictEqual(await title(), OTHERS.align);
  strictEqual(await page.$('[rel="prev"]'), null);
  await follow('[rel="next"]');
  await follow('[rel="next"]');
  strictEqual(await title(), OTHERS.zebra);
  strictEqual(await page.$('[rel="next"]'), null);
  const shelf = await page.$$eval(".shelf li", (list) => list.map((li) => li.textContent));
  deepStrictEqual(shelf, [OTHERS.align, "What each of the two stages buys", OTHERS.zebra]);
  deepStrictEqual(complaints, []);
  await page.close();
});

site.test("a chip of the glance leads to its conclusion, which leads to the experiment's page", async () => {
  const { page } = await site.open("index.html");
  await page.$$eval(".glance a.verdict", (chips) => (chips[0] as HTMLElement).click());
  const claim = await page.waitForSelector(".claims > li:target");
  strictEqual(await claim!.evaluate((li) => li.querySelector(".self")!.textContent), "lr_needs_align");
  const seen = await claim!.evaluate((li) => {
    const { top, bottom } = li.getBoundingClientRect();
    return top >= document.querySelector(".bar")!.getBoundingClientRect().bottom && bottom <= innerHeight;
  });
  ok(seen, "the conclusion is on the screen, under the bar");
  await Promise.all([page.waitForNavigation(), page.click(".claims > li:target .where a")]);
  strictEqual(
    await page.$eval(".claims > li:target .self", (a) => a.textContent),
    "lr_needs_align",
  );
  await page.close();
});

site.test("the Tab key stops once in a table of numbers, arrow keys go through it", async () => {
  const { page } = await site.open(PAGE);
  await ready(page);
  const stops: (string | undefined)[] = [];
  do stops.push(await press(page, "Tab")); while (
    stops.length < 100 && !(await page.evaluate(() => !!document.activeElement!.closest("#recipe")))
  );
  ok(stops.length < 70, `${stops.length} stops from the top to the recipe`);
  const cells = stops.filter((stop) => stop?.startsWith("mgsm|"));
  deepStrictEqual(cells, Array(2).fill("mgsm|LinguaLIFT|LR"), "in short, and in full");
  await page.close();
});

site.test("by keyboard alone: through a table, into a sheet, through its answers, and back", async () => {
  const { page } = await site.open(PAGE);
  await ready(page);
  const isInFull = () => page.evaluate(() => !!document.activeElement!.closest("#mgsm [data-cell]"));
  while (!(await isInFull())) await press(page, "Tab");
  strictEqual(await press(page, "ArrowRight", "ArrowRight"), "mgsm|LinguaLIFT|avg");
  strictEqual(await press(page, "ArrowDown", "ArrowRight"), "mgsm|w/o Language-Align|bn");
  strictEqual(await press(page, "End"), "mgsm|w/o Language-Align|zh");
  strictEqual(
    await press(page, "ArrowRight", "ArrowUp", "ArrowUp"),
    "mgsm|LinguaLIFT|zh",
    "it stays in the table",
  );
  strictEqual(await press(page, "Home", "ArrowLeft"), "mgsm|LinguaLIFT|LR");
  await page.keyboard.down("Control");
  strictEqual(await press(page, "End"), "mgsm|Mono-SFT|zh");
  await page.keyboard.up("Control");
  strictEqual(await press(page, "Home", "ArrowUp"), "mgsm|w/o Task-Transfer|LR");
  await press(page, "Enter");
  await page.waitForSelector("dialog .answers li");
  strictEqual(await focused(page), "Close");
  const inSheet: (string | undefined)[] = [];
  for (let i = 0; i < 10; i++) inSheet.push(await press(page, "Tab"));
  for (const name of ["Runs", "SQL for this number", "Language", "Find a problem's id, or words"]) {
    ok(inSheet.includes(name), `${name}: ${inSheet}`);
  }
  await press(page, "Escape");
  await page.waitForFunction(() => !document.querySelector("dialog"));
  strictEqual(await focused(page), "mgsm|w/o Task-Transfer|LR");
  await page.keyboard.down("Shift");
  await press(page, "Tab");
  await page.keyboard.up("Shift");
  strictEqual(await press(page, "Tab"), "mgsm|w/o Task-Transfer|LR", "the table keeps its place");
  await page.close();
});

site.test("a number that the keyboard is on is not covered, on a desktop and on a phone", async () => {
  for (const width of [1280, 390]) {
    const { page } = await site.open(PAGE, { width });
    await ready(page);
    await page.$eval("a.cell", (a) => (a as HTMLElement).focus());
    for (const key of ["ArrowRight", "ArrowLeft"] as const) {
      for (let i = 0; i < 14; i++) {
        const on = await press(page, key);
        const bare = await page.evaluate(() => {
          const { left, right, top, bottom } = document.activeElement!.getBoundingClientRect();
          const y = (top + bottom) / 2;
          return [left + 1, (left + right) / 2, right - 1].every((x) =>
            document.elementFromPoint(x, y)?.closest("a") === document.activeElement
          );
        });
        ok(bare, `${on} is covered at ${width} px after ${key}`);
      }
    }
    await page.close();
  }
});

site.test("without script there is nothing to press in vain and nothing that waits", async () => {
  for (const path of pages()) {
    const { page } = await site.open(path, { script: false });
    const seen = await page.evaluate(() => ({
      controls: [...document.querySelectorAll<HTMLElement>("button, select, a.cell, a[href^='#cell']")]
        .filter((e) => e.checkVisibility()).map((e) => e.outerHTML),
      text: document.body.innerText,
    }));
    deepStrictEqual(seen.controls, [], path);
    ok(!/Recomputing|Loading|Select a number/.test(seen.text), path);
    await page.close();
  }
});
