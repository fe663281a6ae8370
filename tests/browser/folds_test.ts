/** An experiment's long page: its answer is on the first screen, the rest folds, and whatever names a part unfolds it. */
/// <reference lib="dom" />
import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import type { Page } from "puppeteer-core";
import { allDrawn } from "./_chromium.ts";
import { testSite } from "./_site.ts";

const PAGE = "experiments/stage_removal.mini.micro.html";
const site = testSite([{ seeds: [1, 2], items: 20 }]);

/** Titles of the parts that stand open. */
const openParts = (page: Page) =>
  page.$$eval(".fold[open] > summary > h2", (list) => list.map((h) => h.textContent));
/** Whether something is to be seen on the screen, under the bar. */
const isSeen = (page: Page, selector: string) =>
  page.$eval(selector, (e) => {
    const { top, height } = e.getBoundingClientRect();
    const bar = document.querySelector(".bar")!.getBoundingClientRect().bottom;
    return e.checkVisibility({ contentVisibilityAuto: true }) && height > 0 && top >= bar - 1 &&
      top < innerHeight - 20;
  });
const seen = (page: Page, selector: string) =>
  page.waitForFunction(
    (selector) => {
      const e = document.querySelector(selector)!, { top } = e.getBoundingClientRect();
      return e.checkVisibility({ contentVisibilityAuto: true }) && top >= 0 && top < innerHeight - 20;
    },
    {},
    selector,
  );

site.test("the first screen has all conclusions with their verdicts, each system's accuracy and the floor", async () => {
  for (const scheme of ["light", "dark"] as const) {
    const { page, complaints } = await site.open(PAGE, { width: 1440, scheme });
    await page.waitForSelector(".proof.good");
    const answer = await page.evaluate(() => ({
      bottom: document.querySelector("#short")!.getBoundingClientRect().bottom,
      screen: innerHeight,
      conclusions: [...document.querySelectorAll(".short > li")].map((li) => li.textContent),
      systems: [...document.querySelectorAll("#short tbody th")].map((th) => th.textContent),
      inFull: document.querySelectorAll(".claims > li").length,
    }));
    ok(answer.bottom <= answer.screen, `${answer.bottom} px of ${answer.screen}`);
    strictEqual(answer.conclusions.length, answer.inFull);
    for (const one of answer.conclusions) match(one!, /^(Holds here|Does not|Cannot be|Not run)/);
    deepStrictEqual(answer.systems, ["LinguaLIFT", "w/o Language-Align", "w/o Task-Transfer", "Mono-SFT"]);
    deepStrictEqual(complaints, []);
    await page.close();
  }
});

site.test("what an address or a link names is unfolded, again after a reader has folded it", async () => {
  const { page, complaints } = await site.open(`${PAGE}#curves`, { width: 1440 });
  await allDrawn(page);
  ok((await openParts(page)).includes("Learning curves"));
  ok(!(await openParts(page)).includes("Cost"));
  ok(await isSeen(page, "#curves h2"));
  await page.click('.contents [href="#cost"]');
  await seen(page, "#cost dl");
  for (const _ of [1, 2]) {
    await page.$eval("#claims > details", (fold) => fold.open = false);
    await page.click('.short [href="#claim-lr_needs_align"]');
    await seen(page, "#claim-lr_needs_align");
  }
  deepStrictEqual(complaints, []);
  await page.close();
  // A conclusion in a part that is folded when the page opens.
  const other = await site.open("index.html");
  const link = await other.page.$eval(".claims .where a", (a) => a.getAttribute("href"));
  await other.page.close();
  const arrived = await site.open(link!, { width: 390 });
  await seen(arrived.page, ".claims > li:target");
  await arrived.page.close();
});

site.test("parts are folded and unfolded by keyboard, one by one or all, and figures fit what they are in", async () => {
  const { page } = await site.open(PAGE, { width: 1440 });
  await allDrawn(page);
  await page.focus("#curves summary");
  await page.keyboard.press("Enter");
  ok((await openParts(page)).includes("Learning curves"));
  const [drawn, room] = await page.$eval("#curves .plot", (plot) => [
    plot.querySelector("svg")!.getBoundingClientRect().width,
    plot.clientWidth,
  ]);
  ok(Math.abs(drawn! - room!) < 3, `a drawing of ${drawn} px in ${room} px`);
  await page.keyboard.press("Space");
  ok(!(await openParts(page)).includes("Learning curves"));
  const all = await page.$$eval(".fold", (list) => list.length);
  const press = async () => {
    await page.focus("[data-fold-all]");
    await page.keyboard.press("Enter");
  };
  await press();
  strictEqual((await openParts(page)).length, all);
  await page.waitForFunction(() => document.querySelector("[data-fold-all]")!.textContent === "Fold all");
  await press();
  strictEqual((await openParts(page)).length, 0);
  await page.close();
});

site.test("the list of parts stays in sight on a wide screen and marks the one that is read", async () => {
  const { page } = await site.open(PAGE, { width: 1440 });
  await allDrawn(page);
  const current = (title: string) =>
    page.waitForFunction(
      (title) => document.querySelector(".contents.side [aria-current]")?.textContent === title,
      {},
      title,
    );
  await current("In short");
  const title = await page.$eval("#mgsm h2", (h) => h.textContent!);
  await page.$eval("#mgsm", (section) => section.scrollIntoView());
  await current(title);
  ok(await isSeen(page, ".contents.side a"));
  await page.close();
});

site.test("on paper every part is open, with script and without, and as it was afterwards", async () => {
  for (const script of [true, false]) {
    const { page } = await site.open(PAGE, { script });
    await page.emulateMediaType("print");
    const folded = await page.$$eval(
      ".fold > summary ~ *",
      (list) =>
        list.filter((e) =>
          getComputedStyle(e).display !== "none" && !e.checkVisibility({ contentVisibilityAuto: true })
        ).map((e) => e.outerHTML.slice(0, 80)),
    );
    deepStrictEqual(folded, []);
    await page.close();
  }
  const { page } = await site.open(PAGE);
  const before = await openParts(page);
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  strictEqual((await openParts(page)).length, await page.$$eval(".fold", (list) => list.length));
  await page.evaluate(() => dispatchEvent(new Event("afterprint")));
  deepStrictEqual(await openParts(page), before);
  await page.close();
});

site.test("a number that is there twice gets the focus back where it was pressed", async () => {
  const { page } = await site.open(PAGE);
  await page.waitForSelector("a.cell");
  for (const place of ["#mgsm", "#short"]) {
    await page.click(`${place} [data-cell="mgsm|LinguaLIFT|LR"]`);
    await page.waitForSelector("dialog .answers li");
    await page.keyboard.press("Escape");
    await page.waitForFunction(() => !document.querySelector("dialog"));
    ok(await page.evaluate((place) => !!document.activeElement!.closest(place), place), place);
  }
  await page.close();
});
