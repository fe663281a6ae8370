/** A number's sheet: answers found, filtered, linked and read. */
/// <reference lib="dom" />
import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import type { Page } from "puppeteer-core";
import { atLeast } from "../../lib/checked.ts";
import { testSite } from "./_site.ts";

const PAGE = "experiments/stage_removal.mini.micro.html";
const ITEMS = 25;
const site = testSite([{ seeds: [1, 2], items: ITEMS, item: (i) => `mgsm-${i}` }], { answers: 1200 });
const GROUP = "mgsm|LinguaLIFT|LR";

const at = (fields: Record<string, string>) => `${PAGE}#${new URLSearchParams(fields)}`;

async function openSheet(fields: Record<string, string>, width?: number): Promise<Page> {
  const { page, complaints } = await site.open(at(fields), { width });
  await page.waitForSelector("dialog .answers");
  await still(page);
  deepStrictEqual(complaints, []);
  return page;
}

/** The sheet slides in; what moves is hard to click. */
const still = (page: Page) =>
  page.evaluate(async () => {
    await Promise.all(document.getAnimations().map(({ finished }) => finished));
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  });
const items = (page: Page) => page.$$eval("dialog .answers code", (list) => list.map((e) => e.textContent!));
const languages = (page: Page) =>
  page.$$eval("dialog .answers .ask", (list) => list.map((e) => (e as HTMLElement).lang));
const status = (page: Page) => page.$eval("dialog [aria-live]", (e) => e.textContent!);
const hash = (page: Page) =>
  page.evaluate(() => Object.fromEntries(new URLSearchParams(location.hash.slice(1))));
const closed = (page: Page) => page.waitForFunction(() => !document.querySelector("dialog"));
/** Counts of "wrong 12" and "Telugu (te) 40". */
const countsOf = (page: Page, selector: string) =>
  page.$$eval(selector, (list) => list.map((e) => Number(/\d+$/.exec(e.textContent!)![0])));

site.test("answers stand in the natural order of their ids, language by language", async () => {
  const page = await openSheet({ cell: "mgsm|LinguaLIFT|sw" });
  const seen: string[] = [];
  for (let go = true; go;) {
    seen.push(...await items(page));
    go = await page.$$eval("dialog .controls button", (list) => {
      const next = list.find((b) => b.textContent === "Next") as HTMLButtonElement;
      next.click();
      return !next.disabled;
    });
  }
  const kept = [...new Set(seen)];
  deepStrictEqual(kept, kept.toSorted((a, b) => Number(a.slice(5)) - Number(b.slice(5))));
  deepStrictEqual(seen, kept.flatMap((item) => [item, item]), "each problem with its two seeds");
  ok(kept.length > 10);
  await page.close();
});

site.test("an item is found by its id alone, or by words of its texts, and its link shows it", async () => {
  const page = await openSheet({ cell: GROUP });
  const find = async (text: string) => {
    await page.$eval('dialog input[type="search"]', (input) => (input as HTMLInputElement).value = "");
    await page.type('dialog input[type="search"]', text);
  };
  await find("mgsm-1");
  await page.waitForFunction(() =>
    /of 1, 8 answers/.test(document.querySelector("dialog [aria-live]")!.textContent!)
  );
  deepStrictEqual([...new Set(await items(page))], ["mgsm-1"], "not mgsm-10");
  await page.keyboard.press("Enter");
  deepStrictEqual(await hash(page), { cell: GROUP, item: "mgsm-1" });
  await find("5 APPLES");
  deepStrictEqual([...new Set(await items(page))], ["mgsm-2"], "the prompt says i + 3 apples");
  await find("no such words");
  match(await page.$eval("dialog .missing", (e) => e.textContent!), /No answer here has “no such words”/);
  await find("mgsm-2");
  const href = await page.$eval("dialog .answers a", (a) => a.getAttribute("href")!);
  await page.close();
  const other = await openSheet(Object.fromEntries(new URLSearchParams(href.slice(1))));
  deepStrictEqual([await items(other), await languages(other)], [["mgsm-2", "mgsm-2"], ["bn"]]);
  const shown = await other.$eval(
    "dialog .answers li",
    (li) => li.getBoundingClientRect().bottom <= innerHeight,
  );
  ok(shown, "whoever is sent an answer sees it first");
  await other.close();
});

site.test("filters say how many answers each would leave, and the address follows them", async () => {
  const page = await openSheet({ cell: GROUP });
  const total = Number(/(\d+) answers/.exec(await status(page))![1]);
  const [all, wrong, right] = atLeast(await countsOf(page, "dialog [data-filter]"), 3);
  deepStrictEqual([all, wrong + right], [total, total]);
  const [every, ...each] = await countsOf(page, 'dialog [aria-label="Language"] option');
  deepStrictEqual([each.length, every, each.reduce((a, b) => a + b)], [4, total, total]);
  await page.select('dialog [aria-label="Language"]', "te");
  await page.click('dialog [data-filter="wrong"]');
  const [, teWrong] = atLeast(await countsOf(page, "dialog [data-filter]"), 2);
  match(await status(page), new RegExp(`, ${teWrong} answers`));
  ok(teWrong > 0 && teWrong < each[2]!);
  ok((await languages(page)).every((lang) => lang === "te"));
  deepStrictEqual(await hash(page), { cell: GROUP, lang: "te", only: "wrong" });
  const wrongs = await countsOf(page, 'dialog [aria-label="Language"] option');
  deepStrictEqual([wrongs[0], wrongs[3]], [wrong, teWrong], "languages are counted among the wrong answers");
  await page.reload();
  await page.waitForSelector("dialog .answers li");
  match(await status(page), new RegExp(`, ${teWrong} answers`));
  await page.close();
});

site.test("prompts have their language and direction, and the English one beside them", async () => {
  for (const lang of ["te", "ja", "en"]) {
    const page = await openSheet({ cell: `mgsm|LinguaLIFT|${lang}`, item: "step by step" });
    const seen = await page.$eval("dialog .answers li", (li) => ({
      ask: [...li.querySelectorAll<HTMLElement>(".ask")].map((
        p,
      ) => [p.lang, p.dir, p.textContent!.slice(0, 3)]),
      english: [...li.querySelectorAll<HTMLElement>(".english")].map((
        p,
      ) => [p.lang, p.textContent!.slice(0, 3)]),
      output: li.querySelector<HTMLElement>(".output")!.lang,
    }));
    deepStrictEqual(seen.ask, [[lang, "ltr", `${lang}:`]]);
    deepStrictEqual(seen.english, lang === "en" ? [] : [["en", "en:"]]);
    strictEqual(seen.output, "en", "Latin letters under a question in other ones");
    await page.close();
  }
});

site.test("a link, a changed address, Back and Forward open and close the sheet of an open page", async () => {
  const { page } = await site.open("index.html");
  await page.goto(`file://${site.folder}/${PAGE}`);
  await page.waitForSelector("a.cell");
  const title = () => page.$eval("dialog h2", (h) => h.textContent);
  await page.click('[data-cell="mgsm|Mono-SFT|sw"]');
  await page.waitForSelector("dialog .answers li");
  strictEqual(await title(), "Mono-SFT");
  await page.goBack();
  await closed(page);
  match(page.url(), new RegExp(`${PAGE}$`));
  await page.goForward();
  await page.waitForSelector("dialog .answers li");
  await page.evaluate((key) => location.hash = `cell=${encodeURIComponent(key)}`, GROUP);
  await page.waitForFunction(() => document.querySelector("dialog h2")!.textContent === "LinguaLIFT");
  await page.waitForSelector("dialog .answers a");
  await still(page);
  await page.click("dialog .answers a");
  await page.waitForFunction(() =>
    /, 2 answers/.test(document.querySelector("dialog [aria-live]")!.textContent!)
  );
  await page.keyboard.press("Escape");
  await closed(page);
  await page.waitForFunction(() => location.hash === "");
  strictEqual(await page.evaluate(() => (document.activeElement as HTMLElement).dataset.cell), GROUP);
  await page.goBack(); // one step: closing three sheets has left nothing between the pages
  match(page.url(), /index\.html$/);
  await page.close();
});

site.test("a sheet that a page was opened with closes to its number, and Back leaves as ever", async () => {
  const { page } = await site.open("index.html");
  await page.goto(`file://${site.folder}/${at({ cell: GROUP })}`);
  await page.waitForSelector("dialog .answers li");
  await page.evaluate(() => location.hash = "cell=mgsm%7CMono-SFT%7Csw");
  await page.waitForFunction(() => document.querySelector("dialog h2")!.textContent === "Mono-SFT");
  await still(page);
  await page.evaluate(() => {
    const fold = document.createElement("details"), table = document.querySelector(".scroll:has(a.cell)")!;
    table.replaceWith(fold);
    fold.append(table);
  });
  await page.click("dialog header button");
  await closed(page);
  await page.waitForFunction(() => location.hash === "");
  await still(page);
  strictEqual(await page.$("dialog"), null);
  const focused = await page.evaluate(() => (document.activeElement as HTMLElement).dataset.cell);
  strictEqual(focused, "mgsm|Mono-SFT|sw", "also where it was folded away");
  await page.goBack();
  match(page.url(), /index\.html$/);
  await page.close();
});

site.test("an address that names nothing is said to: number, problem, language, part", async () => {
  const said = async (fields: Record<string, string>) => {
    const { page, complaints } = await site.open(at(fields));
    const text = await (await page.waitForSelector("dialog .missing"))!.evaluate((e) => e.textContent!);
    await page.keyboard.press("Escape");
    await closed(page);
    deepStrictEqual(complaints, []);
    await page.close();
    return text;
  };
  match(await said({ cell: "mgsm|<b>Nobody</b>|sw" }), /This page has no number mgsm\|<b>Nobody<\/b>\|sw/);
  match(await said({ cell: "constructor" }), /no number constructor/);
  match(await said({ cell: "" }), /no number/);
  match(await said({ cell: GROUP, item: "mgsm-777" }), /No answer here has “mgsm-777”/);
  match(await said({ cell: GROUP, lang: "xx" }), /no language “xx”/);
  match(
    await said({ cell: GROUP, itm: "mgsm-2", only: "some" }),
    /“itm=mgsm-2, only=some” is not understood/,
  );
  const { page } = await site.open(`${PAGE}#claim-gone%`);
  await page.waitForSelector(".notice");
  match(await page.$eval(".notice", (e) => e.textContent!), /no part “claim-gone%”/);
  await page.evaluate(() => location.hash = "claim-larger");
  await page.waitForFunction(() => !document.querySelector(".notice"));
  await page.evaluate(() => location.hash = "cell=nobody");
  await page.waitForSelector("dialog .missing");
  await page.evaluate((key) => location.hash = `cell=${encodeURIComponent(key)}`, GROUP);
  await page.waitForSelector("dialog .answers li");
  strictEqual(await page.$(".notice"), null);
  await page.close();
});

site.test("answers that are not kept here are told from a problem that does not exist", async () => {
  const data = Deno.readTextFileSync(`${site.folder}/evidence/stage_removal.mini.micro.js`);
  const known = [...new Set(data.match(/"mgsm-\d+"/g))].map((id) => JSON.parse(id) as string);
  const page = await openSheet({ cell: "mgsm|LinguaLIFT|sw" });
  await page.type('dialog input[type="search"]', "mgsm-");
  const kept = Number(/(\d+) answers/.exec(await status(page))![1]) / 2;
  ok(kept < known.length, "the site keeps all answers: nothing to test");
  let missing = 0;
  for (const id of known) {
    await page.evaluate(
      (item) => location.hash = new URLSearchParams({ cell: "mgsm|LinguaLIFT|sw", item }).toString(),
      id,
    );
    await page.waitForFunction(
      (wanted) =>
        (document.querySelector('dialog input[type="search"]') as HTMLInputElement).value === wanted,
      {},
      id,
    );
    const text = await page.$$eval("dialog .missing", (list) => list.map((e) => e.textContent!).join());
    if (text) {
      match(text, /not among those kept here/);
      missing++;
    }
  }
  strictEqual(missing, known.length - kept);
  await page.close();
});

site.test("on a phone nothing of the sheet is cut off and a run's name has a line's width", async () => {
  for (const width of [390, 320]) {
    for (const cell of ["mgsm|w/o Language-Align|sw", GROUP]) {
      const page = await openSheet({ cell }, width);
      const faults = await page.$eval(
        "dialog",
        (dialog) =>
          [...dialog.querySelectorAll<HTMLElement>(".sheet *")].filter((e) => !e.closest("pre, option"))
            .flatMap((e) => {
              const { left, right } = e.getBoundingClientRect();
              const cut = e.clientWidth > 0 && e.scrollWidth > e.clientWidth + 1 &&
                getComputedStyle(e).display !== "inline";
              return left < -1 || right > innerWidth + 1 || cut
                ? [`${e.tagName}.${e.className} ${left} ${right}`]
                : [];
            }),
      );
      deepStrictEqual(faults, []);
      const lines = await page.$$eval(
        "dialog .run",
        (runs) => runs.map((run) => new Set([...run.getClientRects()].map(({ top }) => top)).size),
      );
      ok(lines.length === 2 && lines.every((count) => count <= 2), `lines of the runs' names: ${lines}`);
      await page.close();
    }
  }
});

site.test("a sheet opens at its top, and at its answers for one who was sent an answer", async () => {
  for (const width of [1440, 390]) {
    for (
      const [fields, isSent] of [[{}, false], [{ with: "Mono-SFT" }, false], [
        { item: "mgsm-2" },
        true,
      ]] as const
    ) {
      const page = await openSheet({ cell: GROUP, ...fields }, width);
      const { top, filters } = await page.$eval("dialog", (dialog) => ({
        top: dialog.scrollTop,
        filters: dialog.querySelector(".answers")!.getBoundingClientRect().top,
      }));
      strictEqual(top > 0, isSent, `${JSON.stringify(fields)} at ${width} px: ${top} px from the top`);
      if (isSent) ok(filters < 900, `answers at ${filters} px`);
      await page.close();
    }
  }
});
