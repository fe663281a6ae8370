/** A speaker judges a language's sentences on its page: marks, remarks, a reload, and the file that is sent. */
/// <reference lib="dom" />
import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import type { Page } from "puppeteer-core";
import { having, must } from "../../lib/checked.ts";
import { miniSheets } from "../../lib/cli/mini_sheets.ts";
import { MARKS } from "../../lib/report/client/marks_file.ts";
import { readMarks, textsHash } from "../../lib/report/marks.ts";
import { violations } from "./_axe.ts";
import { testSite } from "./_site.ts";

const sheets = miniSheets();
const site = testSite([{ seeds: [1], items: 4 }], { sheets });
const PATH = "languages/sw.html";

/** What the bar at the window's lower edge says. */
const status = (page: Page) => page.$eval(".marks-bar [role=status]", (bar) => bar.textContent);
const radio = (id: string, mark: string) => `[aria-labelledby="${id}"] [data-mark="${mark}"] input`;
/** Clicks what a person has unfolded and scrolled to. */
async function press(page: Page, selector: string): Promise<void> {
  const part = /aria-labelledby="(\w+)\./.exec(selector)?.[1];
  if (part !== undefined) await page.$eval(`#${part} > details`, (fold) => fold.open = true);
  await page.waitForSelector(selector);
  await page.$eval(selector, (e) => e.scrollIntoView({ block: "center" }));
  await page.click(selector);
}
const checked = (page: Page) =>
  page.$$eval(
    ".marking :checked",
    (list) => list.map((e) => [(e as HTMLInputElement).name, e.parentElement!.textContent]),
  );

site.test("a mark is made by mouse or by keyboard, is counted, can be cleared, and outlives a reload", async () => {
  const { page, complaints } = await site.open(PATH);
  await page.evaluate(() => localStorage.clear());
  await page.reload();
  match((await status(page))!, /^Do you speak it\? Mark each sentence/);
  strictEqual(await page.$eval(".marks-bar button", (e) => (e as HTMLButtonElement).disabled), true);
  await press(page, radio("problems.1.1", "wrong"));
  await page.type('[aria-describedby="problems.1.1"]', "not said so");
  // By keyboard alone: one stop a sentence, arrows choose.
  await page.focus(radio("problems.2.1", "right"));
  await page.keyboard.press("Space");
  await page.keyboard.press("ArrowRight");
  match((await status(page))!, /^2 of 480 marked: 0 right, 1 odd, 1 wrong\.$/);
  await page.reload();
  match((await status(page))!, /^2 of 480 marked: 0 right, 1 odd, 1 wrong\.$/);
  deepStrictEqual(await checked(page), [["mark problems.1.1", "wrong"], ["mark problems.2.1", "odd"]]);
  strictEqual(
    await page.$eval('input[aria-describedby="problems.1.1"]', (e) => (e as HTMLInputElement).value),
    "not said so",
  );
  await press(page, 'button[aria-describedby="problems.1.1"]');
  await page.reload();
  match((await status(page))!, /^1 of 480 marked: 0 right, 1 odd, 0 wrong\.$/);
  deepStrictEqual(complaints, []);
  await page.close();
});

site.test("a mark belongs to its sentence: another text in its place has none", async () => {
  const { page } = await site.open(PATH);
  await page.evaluate(() => localStorage.clear());
  await page.reload();
  await press(page, radio("nli.1.1", "right"));
  await page.evaluate(() => {
    for (const key of Object.keys(localStorage)) {
      const marks = JSON.parse(localStorage.getItem(key)!);
      localStorage.setItem(key, JSON.stringify([{ ...marks[0], text: "Another sentence." }, null, 3]));
    }
  });
  await page.reload();
  deepStrictEqual(await checked(page), []);
  await page.evaluate(() =>
    Object.keys(localStorage).forEach((key) => localStorage.setItem(key, "{not json"))
  );
  await page.reload();
  deepStrictEqual(await checked(page), []);
  await page.close();
});

site.test("the saved file holds the marks with their sentences and the hash of the texts, and is read again", async () => {
  const { page, complaints } = await site.open(PATH);
  await page.evaluate(() => localStorage.clear());
  await page.reload();
  const folder = Deno.makeTempDirSync();
  const client = await page.createCDPSession();
  await client.send("Browser.setDownloadBehavior", {
    behavior: "allow",
    downloadPath: folder,
    eventsEnabled: true,
  });
  const ended = new Promise<void>((done) =>
    client.on("Browser.downloadProgress", ({ state }) => state === "completed" && done())
  );
  await press(page, radio("sentences.1.2", "odd"));
  await page.type('[aria-describedby="sentences.1.2"]', '<b>"Ndizi"</b>');
  await press(page, radio("lexicon.1.1", "right"));
  await press(page, ".marks-bar button");
  await ended;
  const [{ name }] = [...Deno.readDirSync(folder)] as [Deno.DirEntry];
  match(name, /^lingualift-marks-sw-\d{4}-\d\d-\d\d\.json$/);
  const json = Deno.readTextFileSync(join(folder, name));
  const { saved, ...file } = readMarks(name, json, sheets);
  const swahili = must(sheets.languages.find(({ code }) => code === "sw"), "sw");
  const { sentences, lexicon } = having(
    Object.fromEntries(swahili.sections.map(({ id, rows }) => [id, rows])),
    "sentences",
    "lexicon",
  );
  deepStrictEqual(file, {
    format: "lingualift-marks",
    version: 1,
    world: "mini",
    language: "sw",
    texts: textsHash(swahili),
    marks: [
      { id: "sentences.1.2", text: sentences[0]!.own[1], mark: "odd", remark: '<b>"Ndizi"</b>' },
      { id: "lexicon.1.1", text: lexicon[0]!.own[0], mark: "right", remark: "" },
    ],
  });
  ok(Math.abs(Date.parse(saved) - Date.now()) < 60_000);
  deepStrictEqual(complaints.filter((one) => !/^asked for blob:/.test(one)), []);
  Deno.removeSync(folder, { recursive: true });
  await page.close();
});

site.test("a browser that refuses to keep anything says so, and the marks can be saved all the same", async () => {
  const { page, complaints } = await site.open("languages.html");
  await page.evaluateOnNewDocument(() => {
    Object.defineProperty(globalThis, "localStorage", {
      get() {
        throw new DOMException("refused", "SecurityError");
      },
    });
  });
  await page.goto(`file://${join(site.folder, PATH)}`);
  await press(page, radio("problems.1.1", "right"));
  match(
    (await status(page))!,
    /1 right, 0 odd, 0 wrong\. This browser keeps no marks: save them before you leave/,
  );
  strictEqual(await page.$eval(".marks-bar button", (e) => (e as HTMLButtonElement).disabled), false);
  deepStrictEqual(complaints, []);
  await page.close();
});

site.test("without script, and on paper, there is nothing to press", async () => {
  const { page } = await site.open(PATH, { script: false });
  const pressed = "main :is(button, input, .marking, .marks-bar)";
  strictEqual(await page.$$eval(pressed, (list) => list.filter((e) => e.checkVisibility()).length), 0);
  await page.close();
  const printed = await site.open(PATH);
  await press(printed.page, radio("problems.1.1", "right"));
  await printed.page.emulateMediaType("print");
  const seen = await printed.page.$$eval(
    ".marking, .marks-bar",
    (list) => list.filter((e) => e.getBoundingClientRect().height > 0).length,
  );
  strictEqual(seen, 0);
  await printed.page.close();
});

site.test("axe finds nothing where sentences are marked in each way", async () => {
  const { page } = await site.open(PATH, { scheme: "dark", width: 390 });
  for (const [row, mark] of MARKS.entries()) await press(page, radio(`problems.${row + 1}.1`, mark));
  deepStrictEqual(await violations(page), []);
  await page.close();
});

site.test("the marks fit a desk, a tablet and a phone, and a finger", async () => {
  for (const width of [1440, 1024, 390]) {
    for (const path of [PATH, "languages/ar.html"]) {
      const { page } = await site.open(path, { width, scheme: width === 390 ? "dark" : "light" });
      for (const [row, mark] of MARKS.entries()) await press(page, radio(`problems.${row + 1}.1`, mark));
      const seen = await page.evaluate(() => ({
        beyond: document.documentElement.scrollWidth - innerWidth,
        small: [...document.querySelectorAll<HTMLElement>(".marking :is(label, button), .marks-bar button")]
          .filter((e) => e.getBoundingClientRect().height < 24).length,
        bar: document.querySelector(".marks-bar")!.getBoundingClientRect().height,
      }));
      ok(seen.beyond <= 0, `${path} at ${width}: ${seen.beyond} px beyond the edge`);
      strictEqual(seen.small, 0, path);
      ok(seen.bar < 130, `${path} at ${width}: a bar of ${seen.bar} px`);
      await page.close();
    }
  }
});

site.test("what has the focus is not hidden behind the bar", async () => {
  const { page } = await site.open(PATH, { width: 390 });
  await page.focus(radio("problems.1.1", "right"));
  for (let i = 0; i < 12; i++) {
    await page.keyboard.press("Tab");
    const covered = await page.evaluate(() =>
      document.activeElement!.getBoundingClientRect().bottom -
      document.querySelector(".marks-bar")!.getBoundingClientRect().top
    );
    ok(covered <= 0, `${covered} px behind the bar`);
  }
  await page.close();
});

site.test("a part of the page has buttons once it is unfolded, and says how many of its lines are marked", async () => {
  const { page, complaints } = await site.open(PATH);
  await page.evaluate(() => localStorage.clear());
  await page.reload();
  const groups = () =>
    page.$$eval(
      "main section",
      (list) => list.flatMap((one) => one.querySelector('[role="radiogroup"]') ? [one.id] : []),
    );
  const hint = () => page.$eval("#lexicon summary .hint", (e) => e.textContent);
  deepStrictEqual(await groups(), ["problems"]);
  const before = await hint();
  match(before!, /^\d+ lines$/);
  await page.focus("#lexicon summary");
  await page.keyboard.press("Enter");
  await page.waitForSelector('#lexicon [role="radiogroup"]');
  deepStrictEqual(await groups(), ["problems", "lexicon"]);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Space");
  await page.waitForFunction(() =>
    /, 1 marked$/.test(document.querySelector("#lexicon .hint")!.textContent!)
  );
  await page.focus("#lexicon summary");
  await page.keyboard.press("Enter");
  await page.reload();
  strictEqual(await hint(), `${before}, 1 marked`);
  match((await status(page))!, /^1 of 480 marked: 1 right/);
  deepStrictEqual(await groups(), ["problems"], "the marked part is folded again");
  await page.$eval("#lexicon > details", (fold) => fold.open = true);
  await page.waitForSelector("#lexicon .marking :checked");
  deepStrictEqual(await checked(page), [["mark lexicon.1.1", "right"]]);
  deepStrictEqual(complaints, []);
  await page.close();
});
