/** A benchmark's table to work with: sorted, filtered, against a base, seed by seed, copied; and figures as PNG. */
/// <reference lib="dom" />
import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { parse } from "csv-parse/sync";
import type { Page } from "puppeteer-core";
import { miniSheets } from "../../lib/cli/mini_sheets.ts";
import { allDrawn } from "./_chromium.ts";
import { testSite } from "./_site.ts";

const PAGE = "experiments/stage_removal.mini.micro.html";
const site = testSite([{ seeds: [1, 2], items: 25 }], { sheets: miniSheets() });
const LOW = ["bn", "sw", "te", "th"];

async function openTable(width?: number): Promise<Page> {
  const { page, complaints } = await site.open(PAGE, { width });
  await page.waitForSelector(".explore summary");
  await page.click(".explore summary");
  await page.waitForSelector(".explored tbody tr");
  deepStrictEqual(complaints, []);
  return page;
}

/** The table as it is shown: its head, and its rows. */
const tableOf = (page: Page) =>
  page.$eval(
    ".explored",
    (table) =>
      [...(table as HTMLTableElement).rows].map((row) =>
        [...row.cells].map((cell) => (cell.querySelector("a, button") ?? cell).textContent!.trim())
      ),
  );
const column = async (page: Page, name: string) => {
  const [head, ...rows] = await tableOf(page);
  return rows.map((row) => row[head!.indexOf(name)]!);
};
const codes = async (page: Page) =>
  (await column(page, "Languages")).flatMap((name) => /\((\w+)\)$/.exec(name)?.[1] ?? []);
const press = (page: Page, name: string) =>
  page.$$eval(
    ".explored thead button",
    (list, name) => (list.find((button) => button.textContent === name) as HTMLElement).click(),
    name,
  );

site.test("a column sorts both ways, groups before languages, and says so", async () => {
  const page = await openTable();
  const before = await tableOf(page);
  await press(page, "LinguaLIFT");
  const sorted = (await column(page, "LinguaLIFT")).map(Number);
  const [groups, languages] = [sorted.slice(0, 3), sorted.slice(3)];
  for (const part of [groups, languages]) deepStrictEqual(part, part.toSorted((a, b) => b - a));
  strictEqual(await page.$eval(".explored [aria-sort]", (th) => th.ariaSort), "descending");
  await press(page, "LinguaLIFT");
  const rising = (await column(page, "LinguaLIFT")).slice(3).map(Number);
  deepStrictEqual(rising, rising.toSorted((a, b) => a - b));
  deepStrictEqual((await tableOf(page)).length, before.length);
  await page.close();
});

site.test("languages are filtered by level, family and script; systems are left out", async () => {
  const page = await openTable();
  await page.select('.explore [aria-label="level"]', "LR");
  deepStrictEqual((await codes(page)).sort(), LOW);
  await page.select(
    '.explore [aria-label="script"]',
    await page.$eval(
      '.explore [aria-label="script"]',
      (select) =>
        [...(select as HTMLSelectElement).options].find(({ text }) => /Telugu|Telu/.test(text))!.value,
    ),
  );
  deepStrictEqual(await codes(page), ["te"]);
  await page.select('.explore [aria-label="Rows"]', "groups");
  strictEqual((await tableOf(page)).length, 4, "three groups and the head");
  await page.$$eval(".explore fieldset input", (list) => (list[3] as HTMLElement).click());
  const [head] = await tableOf(page);
  strictEqual(head!.length, 4);
  await page.close();
});

site.test("against a base the numbers are the differences of the printed ones, to a rounding", async () => {
  const page = await openTable();
  const [ours, theirs] = [await column(page, "LinguaLIFT"), await column(page, "Mono-SFT")];
  await page.select('.explore [aria-label="Against"]', "Mono-SFT");
  const [head] = await tableOf(page);
  strictEqual(head![1], "Mono-SFT", "the base stands first");
  (await column(page, "LinguaLIFT")).forEach((text, i) => {
    const wanted = Number(ours[i]) - Number(theirs[i]);
    ok(Math.abs(Number(text.replace("\u2212", "-")) - wanted) < 0.11, `${text}, not ${wanted}`);
  });
  deepStrictEqual(await column(page, "Mono-SFT"), theirs);
  await page.close();
});

site.test("each seed is a dot with its number, and the paper's values stand below ours when asked for", async () => {
  const page = await openTable();
  const check = (name: string) =>
    page.$$eval(
      ".explore label",
      (list, name) => (list.find((label) => label.textContent!.includes(name)) as HTMLElement).click(),
      name,
    );
  await check("each seed");
  const dots = await page.$$eval(
    ".explored .dots",
    (list) => list.map((svg) => svg.getAttribute("aria-label")!),
  );
  strictEqual(dots.length, 4 * 14, "systems by groups and languages");
  const means = (await Promise.all(["LinguaLIFT", "w/o Language-Align", "w/o Task-Transfer", "Mono-SFT"]
    .map((name) => column(page, name)))).map((list) => list.map(Number));
  dots.forEach((words, i) => {
    const seeds = [...words.matchAll(/seed \d: ([\d.]+)/g)].map(([, value]) => Number(value));
    strictEqual(seeds.length, 2);
    ok(Math.abs((seeds[0]! + seeds[1]!) / 2 - means[i % 4]![Math.floor(i / 4)]!) < 0.11, words);
  });
  await check("paper");
  match(await page.$eval(".explored tbody tr td .ci", (e) => e.textContent!), /\d|–/);
  await page.close();
});

site.test("what is shown is copied as Markdown, LaTeX and CSV, or stands there to be copied by hand", async () => {
  const page = await openTable();
  await page.select('.explore [aria-label="level"]', "LR");
  await page.evaluate(() =>
    Object.defineProperty(navigator, "clipboard", {
      configurable: true,
      value: {
        writeText: (
          text: string,
        ) => ((globalThis as unknown as { copied: string }).copied = text, Promise.resolve()),
      },
    })
  );
  const copied = async (format: string) => {
    await page.$eval(`[data-copy="${format}"]`, (button) => (button as HTMLElement).click());
    await page.waitForFunction(
      (format) => document.querySelector(".copy [role=status]")!.textContent!.endsWith(format),
      {},
      format,
    );
    return await page.evaluate(() => (globalThis as unknown as { copied: string }).copied);
  };
  const shown = await tableOf(page);
  deepStrictEqual(parse(await copied("CSV")), shown);
  const markdown = (await copied("Markdown")).trim().split("\n").toSpliced(1, 1);
  deepStrictEqual(
    markdown.map((line) => line.slice(2, -2).split(" | ").map((c) => c.replaceAll("\\", ""))),
    shown,
  );
  match(await copied("LaTeX"), /\\begin\{tabular\}\{lrrrr\}/);
  await page.evaluate(() =>
    Object.defineProperty(navigator, "clipboard", {
      configurable: true,
      value: { writeText: () => Promise.reject(new Error("refused")) },
    })
  );
  await page.$eval('[data-copy="CSV"]', (button) => (button as HTMLElement).click());
  await page.waitForSelector(".by-hand");
  deepStrictEqual(parse(await page.$eval(".by-hand", (area) => (area as HTMLTextAreaElement).value)), shown);
  await page.close();
});

site.test("a figure is kept as a PNG that has its colours", async () => {
  const { page } = await site.open(PAGE);
  await allDrawn(page);
  await page.waitForSelector(".downloads button");
  const png = await page.evaluate(async () => {
    const blob = new Promise<Blob>((done) =>
      URL.createObjectURL = (kept: Blob | MediaSource) => (done(kept as Blob), "data:,")
    );
    (document.querySelector("figure .downloads button") as HTMLElement).click();
    const image = await createImageBitmap(await blob);
    const canvas = new OffscreenCanvas(image.width, image.height), context = canvas.getContext("2d")!;
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, image.width, image.height);
    const colours = new Set<number>();
    for (let i = 0; i < data.length; i += 4) colours.add(data[i]! << 16 | data[i + 1]! << 8 | data[i + 2]!);
    const [bar] = getComputedStyle(document.body).getPropertyValue("--c1").match(/[\da-f]{6}/i) ?? [];
    return {
      type: (await blob).type,
      width: image.width,
      colours: colours.size,
      hasBar: bar === undefined || colours.has(parseInt(bar, 16)),
    };
  });
  strictEqual(png.type, "image/png");
  ok(png.width > 400 && png.colours > 20, JSON.stringify(png));
  ok(png.hasBar, "a colour of the style sheet is in it");
  await page.close();
});

site.test("the table is worked by keyboard, and pushes no phone's page sideways", async () => {
  const page = await openTable(390);
  ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  await page.focus(".explored thead button");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  strictEqual(await page.$eval(".explored [aria-sort]", (th) => th.textContent), "LinguaLIFT");
  await page.close();
});
