/** How pages look in a browser: without data, on paper, with other letters. */
/// <reference lib="dom" />
import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import { miniSheets } from "../../lib/cli/mini_sheets.ts";
import { allDrawn } from "./_chromium.ts";
import { testSite } from "./_site.ts";

const PAGE = "experiments/stage_removal.mini.micro.html";
/** A page of every kind. */
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
const site = testSite([{ seeds: [1, 2], items: 30, gap: true }], { sheets: miniSheets() });

/** Width of A4 less its margins, in pixels of 1/96 inch. */
const PAPER = 688;

site.test(
  "without script numbers and figures are there, and nothing waits or can be pressed in vain",
  async () => {
    const { page } = await site.open(PAGE, { script: false });
    const seen = await page.evaluate(() => ({
      numbers: document.querySelectorAll(".cell b").length,
      figures:
        [...document.querySelectorAll<HTMLImageElement>("figure img")].filter((img) => img.naturalWidth > 300)
          .length,
      buttons:
        [...document.querySelectorAll("main :is(button, a.cell)")].filter((e) => e.checkVisibility()).length,
      text: document.querySelector("main")!.innerText,
    }));
    deepStrictEqual([seen.numbers, seen.figures, seen.buttons], [68, 3, 0]);
    ok(!/Recomputing|Select a number/.test(seen.text));
    match(seen.text, /Without JavaScript .* cannot be opened/);
    await page.close();
  },
);

site.test("a page whose data are missing says so, and its numbers cannot be pressed", async () => {
  const file = join(site.folder, "evidence/stage_removal.mini.micro.js");
  Deno.renameSync(file, `${file}.away`);
  try {
    const { page } = await site.open(PAGE);
    await page.waitForFunction(() =>
      /could not be recomputed/.test(document.querySelector(".proof")!.textContent!)
    );
    strictEqual(await page.$$eval("a.cell, button.cell", (list) => list.length), 0);
    await page.close();
  } finally {
    Deno.renameSync(`${file}.away`, file);
  }
});

site.test(
  "the paper's values are hidden until asked for, also without script, and their points stand in line",
  async () => {
    for (const script of [true, false]) {
      const { page } = await site.open(PAGE, { script });
      const shown = () =>
        page.$$eval(
          ".results :is(tr.paper, tr.delta, .which)",
          (list) => list.filter((e) => e.getBoundingClientRect().height > 0).length,
        );
      strictEqual(await shown(), 0);
      await page.click(".show-paper");
      ok(await shown() > 4);
      const columns = await page.$$eval(
        ".results tr.paper",
        (rows) =>
          rows.map((row) =>
            [...row.querySelectorAll("td")].map((td) => {
              const text = document.createTreeWalker(td, NodeFilter.SHOW_TEXT).nextNode() as Text;
              const range = document.createRange();
              const point = text.data.indexOf(".");
              range.setStart(text, point);
              range.setEnd(text, point + 1);
              return { text: text.data, left: range.getBoundingClientRect().left };
            })
          ),
      );
      ok(columns.flat().some(({ text }) => /\.\d\d$/.test(text)), "no number with two decimals to try");
      for (const [i, { text, left }] of columns[0]!.entries()) {
        for (const row of columns) ok(Math.abs(row[i]!.left - left) < 1, `${text} and ${row[i]!.text}`);
      }
      await page.close();
    }
  },
);

/** Styles that stand for other machines' fonts: the generic ones, and letters a sixth wider than any font here. */
const FONTS: Readonly<Record<string, string>> = {
  "this machine's": ":root {}",
  "serif": ":root { --sans: serif; --mono: serif }",
  "monospace": ":root { --sans: monospace; --serif: monospace }",
  "the site's": ":root { --sans: var(--brought); --serif: var(--brought); --mono: var(--brought) }",
  "wide": ":root { letter-spacing: 0.1em }",
};

for (const [fonts, style] of Object.entries(FONTS)) {
  site.test(`printing keeps every column of a table on the paper, in ${fonts} letters`, async () => {
    for (const path of PATHS) {
      const { page } = await site.open(path, { scheme: "dark" });
      await allDrawn(page);
      await page.emulateMediaType("print");
      await page.setViewport({ width: PAPER, height: 1000 });
      await page.addStyleTag({ content: style });
      const [ground, faults] = await page.evaluate(async () => {
        document.body.getBoundingClientRect();
        await document.fonts.ready;
        const name = (e: Element) =>
          `${e.localName}.${e.className} ${(e.textContent ?? "").trim().slice(0, 40)}`;
        const sheet = [...document.querySelectorAll("table, figure svg, main p, dl, h1")];
        const cells = [...document.querySelectorAll("th, td")];
        const size = (e: Element) => parseFloat(getComputedStyle(e).fontSize);
        return [
          getComputedStyle(document.body).backgroundColor,
          [
            ...sheet.filter((e) => e.getBoundingClientRect().right > innerWidth + 1).map((e) =>
              `off the paper: ${name(e)}`
            ),
            ...[...document.querySelectorAll("thead th")].filter((th) =>
              size(th) > size(th.closest("table")!)
            ).map((
              th,
            ) => `head larger than its cells: ${name(th)}`),
            ...cells.filter((e) => e.scrollWidth > e.clientWidth + 1).map((e) =>
              `runs into the next cell: ${name(e)}`
            ),
          ],
        ];
      });
      deepStrictEqual([ground, faults], ["rgb(255, 255, 255)", []], path);
      await page.close();
    }
  });
}

site.test("paper has no controls, no closed folds and no advice to click; tables folded under numbers are open", async () => {
  const { page } = await site.open(PAGE);
  await page.waitForSelector(".proof.good");
  await page.emulateMediaType("print");
  const seen = await page.evaluate(() => ({
    text: document.body.innerText,
    controls:
      [...document.querySelectorAll("button, input, nav, .downloads")].filter((e) => e.checkVisibility())
        .length,
    folds: [...document.querySelectorAll("details")].filter((e) => e.checkVisibility()).map((e) =>
      e.querySelector("summary ~ *")!.checkVisibility({ contentVisibilityAuto: true })
    ),
  }));
  deepStrictEqual([seen.controls, new Set(seen.folds)], [0, new Set([true])]);
  ok(!/Select a number|behind this page|Recomputing|recomputed|^\d+ fields$/m.test(seen.text), seen.text);
  await page.close();
});

site.test("a page says which scripts this browser has no letters for, and names their fonts", async () => {
  const path = join(site.folder, "languages.html");
  const before = Deno.readTextFileSync(path);
  // Whatever the machine's fonts have: two letters that all have, and two places of Unicode that hold no letter.
  Deno.writeTextFileSync(
    path,
    before.replaceAll(
      /data-script="([^"]*)" data-letters="[^"]*"/g,
      (_, script) =>
        `data-script="${script}" data-letters="${script === "Thai" ? "\u{50001}\u{50002}" : "am"}"`,
    ),
  );
  const { page } = await site.open("languages.html");
  await page.waitForSelector("details.fonts[data-tried]");
  strictEqual(
    await page.$eval("details.fonts[open] .missing", (p) => p.textContent),
    "This browser has no letters for Thai: boxes stand for them.",
  );
  match(
    await page.$eval("details.fonts", (e) => e.textContent!),
    /fonts-noto-cjk fonts-noto-core.*Thai: Noto Sans Thai/s,
  );
  await page.close();
  Deno.writeTextFileSync(path, before);
});
