/** Who reads by keyboard, by screen reader or on a phone: axe, landmarks, names, scrollers. */
/// <reference lib="dom" />
import { deepStrictEqual, ok } from "node:assert/strict";
import { miniSheets } from "../../lib/cli/mini_sheets.ts";
import { violations } from "./_axe.ts";
import { allDrawn } from "./_chromium.ts";
import { testSite } from "./_site.ts";

const PAGE = "experiments/stage_removal.mini.micro.html";
const PATHS = [
  "index.html",
  "settings.html",
  "runs.html",
  "samples.html",
  "samples/mini.mgsm.html",
  "languages.html",
  "languages/ar.html",
  PAGE,
];
// A table of knock-outs, too.
const knockouts = { "LinguaLIFT": { without_states: "Mono-SFT", without_tokens: "w/o Task-Transfer" } };
const site = testSite([{ seeds: [1, 2], items: 20, knockouts }], { sheets: miniSheets() });
/** Sheets of a group's number, of two systems' answers, and of none. */
const SHEETS = {
  [`${PAGE}#cell=mgsm%7CLinguaLIFT%7CLR&only=some`]: "dialog .answers li",
  [`${PAGE}#cell=mgsm%7CLinguaLIFT%7CLR&with=Mono-SFT`]: "dialog .sides",
  [`${PAGE}#cell=nobody`]: "dialog .missing",
};

for (const options of [{ scheme: "light" }, { scheme: "dark", width: 390 }] as const) {
  site.test(`axe finds nothing on an open sheet, ${JSON.stringify(options)}`, async () => {
    for (const [path, whole] of Object.entries(SHEETS)) {
      const { page } = await site.open(path, options);
      await page.waitForSelector(whole);
      await page.$$eval("dialog details", (list) => list.forEach((details) => details.open = true));
      await page.evaluate(() => Promise.all(document.getAnimations().map(({ finished }) => finished)));
      deepStrictEqual(await violations(page), [], path);
      await page.close();
    }
  });
  site.test(`axe finds nothing on any kind of page, ${JSON.stringify(options)}`, async () => {
    for (const path of PATHS) {
      const { page } = await site.open(path, options);
      await allDrawn(page);
      if (path === PAGE) await page.waitForSelector(".proof.good");
      await page.$$eval("details", (list) => list.forEach((details) => details.open = true));
      deepStrictEqual(await violations(page), [], path);
      await page.close();
    }
  });
}

site.test("axe finds nothing on a number's sheet, on a desk and on a phone", async () => {
  for (const width of [1280, 390]) {
    const { page } = await site.open(`${PAGE}#cell=${encodeURIComponent("mgsm|LinguaLIFT|LR")}`, { width });
    await page.waitForSelector("dialog .answers li");
    deepStrictEqual(await violations(page), [], String(width));
    await page.close();
  }
});

site.test("a page has its landmarks, every table a name, every scroller a stop, every chart a description", async () => {
  for (const path of PATHS) {
    const { page } = await site.open(path);
    const faults = await page.evaluate(() => {
      const named = (e: Element) =>
        e.getAttribute("aria-label") || e.querySelector("caption")?.textContent?.trim();
      const described = (e: Element) =>
        document.getElementById(e.getAttribute("aria-describedby") ?? "")?.textContent;
      const all = (selector: string) => [...document.querySelectorAll<HTMLElement>(selector)];
      return [
        ...["body > header", "main", "body > footer", "nav"].filter((one) => !document.querySelector(one)),
        ...all("table").filter((e) => !named(e)).map((e) => `table without a name: ${e.className}`),
        ...all(".scroll").filter((e) => e.tabIndex !== 0 || e.role !== "region").map((e) =>
          `scroller: ${e.className}`
        ),
        ...all(".plot").filter((e) => !described(e)).map((e) => `chart: ${e.ariaLabel}`),
        ...all("button, summary, nav a, .downloads a").filter((e) =>
          e.checkVisibility() && e.clientHeight > 0
        )
          .filter((e) => e.getBoundingClientRect().height < 24).map((e) => `small target: ${e.textContent}`),
      ];
    });
    deepStrictEqual(faults, [], path);
    await page.close();
  }
});

site.test("what lies behind a table's edge is announced by a shadow, until it is reached", async () => {
  const { page } = await site.open(PAGE, { width: 800 });
  const wide = await page.$("#mgsm .scroll:has(.results)");
  ok(await wide!.evaluate((e) => e.scrollWidth > e.clientWidth + 20), "the table is not wide enough to try");
  /** Mean lightness of the frame's last columns of pixels, below its caption's text. */
  const edge = async () => {
    const box = (await wide!.boundingBox())!;
    const data = await page.screenshot({
      encoding: "base64",
      clip: { x: box.x + box.width - 6, y: box.y + box.height - 40, width: 4, height: 30 },
    });
    return await page.evaluate(async (data) => {
      const image = new Image();
      image.src = `data:image/png;base64,${data}`;
      await image.decode();
      const canvas = new OffscreenCanvas(image.width, image.height).getContext("2d")!;
      canvas.drawImage(image, 0, 0);
      const pixels = canvas.getImageData(0, 0, image.width, image.height).data;
      return pixels.reduce((sum, value) => sum + value, 0) / pixels.length;
    }, data);
  };
  const more = await edge();
  await wide!.evaluate((e) => e.scrollLeft = e.scrollWidth);
  const end = await edge();
  ok(end - more > 5, `${more} with more behind the edge, ${end} at the end`);
  await page.close();
});

site.test("on a phone settings and samples are read downwards, and no word is torn", async () => {
  for (const path of ["settings.html", "samples/mini.mgsm.html"]) {
    const { page } = await site.open(path, { width: 390 });
    const seen = await page.evaluate(() => {
      const cells = [...document.querySelectorAll<HTMLElement>(".stacked tbody :is(td, th)")];
      const height = document.documentElement.scrollHeight;
      const frame = document.querySelector(".scroll")!;
      return {
        narrow: cells.filter((e) => e.clientWidth < 300).length,
        clipped: frame.scrollWidth - frame.clientWidth,
        cells: cells.length,
        perCell: height / cells.length,
      };
    });
    ok(seen.cells > 20, path);
    deepStrictEqual([seen.narrow, seen.clipped], [0, 0], path);
    ok(seen.perCell < 120, `${path}: ${seen.perCell} px for a cell`);
    await page.close();
  }
});
