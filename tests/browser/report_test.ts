/** The report in a real browser, from a folder and without a network. */
/// <reference lib="dom" />
import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import type { Browser } from "puppeteer-core";
import { miniSheets } from "../../lib/cli/mini_sheets.ts";
import type { LanguageSheet } from "../../lib/report/sheets.ts";
import { writeReport } from "../../lib/report/write_report.ts";
import { HOSTILE, writeStore } from "../report/_store.ts";
import { allDrawn, findChromium, visit, withBrowser } from "./_chromium.ts";

const PAGE = "experiments/stage_removal.mini.micro.html";
const PATHS = [
  "index.html",
  "settings.html",
  "samples.html",
  "samples/mini.mgsm.html",
  "languages.html",
  "languages/ar.html",
  "languages/xx-hostile.html",
  PAGE,
];
const MINI = miniSheets();
const chromium = findChromium();
if (!chromium) {
  Deno.stderr.writeSync(
    new TextEncoder().encode("skipped tests/browser: no Chromium (Debian: apt-get install chromium)\n"),
  );
}

const folder = Deno.makeTempDirSync();
const site = join(folder, "site");
let browser: Browser;
let end: () => void;
let ended: Promise<void>;

Deno.test.beforeAll(async () => {
  if (!chromium) return;
  const store = join(folder, "lab.duckdb");
  await writeStore(store, { seeds: [1, 2], items: 30, gap: true });
  await writeReport({
    store,
    out: site,
    sheets: { ...MINI, languages: [...MINI.languages, hostileSheet()] },
  });
  await new Promise<void>((ready) => {
    ended = withBrowser((started) => {
      browser = started;
      ready();
      return new Promise<void>((stop) => end = stop);
    });
  });
});

Deno.test.afterAll(async () => {
  if (chromium) {
    end();
    await ended;
  }
  Deno.removeSync(folder, { recursive: true });
});

function inBrowser(name: string, test: () => Promise<void>): void {
  // Chromium's pipes and timers outlive a single test.
  Deno.test({ name, ignore: !chromium, sanitizeOps: false, sanitizeResources: false, fn: test });
}

inBrowser(
  "every page opens without a complaint, in both schemes and on a phone, and none is wider than the screen",
  async () => {
    for (const path of PATHS) {
      for (const options of [{ scheme: "light" }, { scheme: "dark", width: 390 }] as const) {
        const { page, complaints } = await visit(browser, join(site, path), options);
        await allDrawn(page);
        deepStrictEqual(complaints, [], path);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        ok(overflow <= 0, `${path} is ${overflow} px too wide at ${JSON.stringify(options)}`);
        const lit = await page.evaluate(() => {
          const [r, g, b] = getComputedStyle(document.body).backgroundColor.match(/\d+/g)!.map(Number) as [
            number,
            number,
            number,
          ];
          return (r + g + b) / 3 > 127;
        });
        strictEqual(lit, options.scheme === "light", path);
        await page.close();
      }
    }
  },
);

inBrowser("figures are drawn, with a mark for every number", async () => {
  const { page } = await visit(browser, join(site, PAGE));
  await page.waitForSelector(".plot[data-drawn] svg");
  const marks = await page.$$eval(
    ".plot",
    (plots) =>
      plots.map((plot) =>
        plot.querySelectorAll('[aria-roledescription="bar"], [aria-roledescription="point"]').length
      ),
  );
  // 4 systems x 3 groups and the paper's diamonds for two of them; 4 systems x 11 languages; 4 systems x 10 points.
  deepStrictEqual(marks.map((count, i) => count >= [12, 44, 40][i]!), [true, true, true], marks.join());
  await page.close();
});

inBrowser("the page recomputes all its numbers", async () => {
  const { page } = await visit(browser, join(site, PAGE));
  await page.waitForSelector(".proof[data-wrong]");
  const [wrong, cells, text] = await page.$eval(".proof", (p) => [
    (p as HTMLElement).dataset.wrong,
    (p as HTMLElement).dataset.cells,
    p.textContent,
  ]);
  deepStrictEqual([wrong, cells], ["0", "56"]);
  match(text!, /recomputed all 56 numbers below from [\d,]+ answers/);
  await page.close();
});

inBrowser("a changed answer in the data is noticed by the page", async () => {
  const file = join(site, "evidence/stage_removal.mini.micro.js");
  const before = Deno.readTextFileSync(file);
  Deno.writeTextFileSync(
    file,
    before.replace(/"([01]{5,})"\]/, (_, marks: string) => `"${marks.replaceAll("0", "1")}"]`),
  );
  try {
    const { page } = await visit(browser, join(site, PAGE));
    await page.waitForSelector(".proof.bad");
    await page.close();
  } finally {
    Deno.writeTextFileSync(file, before);
  }
});

inBrowser(
  "a language's and a group's cell open their evidence: same number, runs, SQL, answers",
  async () => {
    const { page, complaints } = await visit(browser, join(site, PAGE));
    await page.waitForSelector(".proof.good");
    for (
      const [key, answers] of [["mgsm|w/o Language-Align|sw", 60], [
        "mgsm|LinguaLIFT|LR",
        4 * 60 - 1,
      ]] as const
    ) {
      const printed = await page.$eval(`[data-cell="${key}"] b`, (b) => b.textContent);
      await page.click(`[data-cell="${key}"]`);
      await page.waitForSelector("dialog .answers li");
      const seen = await page.$eval("dialog", (dialog) => ({
        recomputed: dialog.querySelector<HTMLElement>("[data-recomputed]")?.dataset.recomputed,
        same: dialog.querySelector<HTMLElement>("[data-same]")?.dataset.same,
        runs: dialog.querySelectorAll("tbody tr").length,
        sql: dialog.querySelector(".sql")?.textContent,
        status: dialog.querySelector("[aria-live]")?.textContent,
      }));
      deepStrictEqual([seen.recomputed, seen.same, seen.runs], [printed, "true", 2]);
      match(seen.sql!, /FROM sample JOIN run USING \(run\)/);
      match(seen.status!, new RegExp(`${answers} answers`));
      await page.click('dialog [data-filter="wrong"]');
      ok(await page.$$eval("dialog .answers .right", (list) => list.length === 0));
      await page.keyboard.press("Escape");
      await page.waitForFunction(() => !document.querySelector("dialog"));
    }
    deepStrictEqual(complaints, []);
    await page.close();
  },
);

inBrowser("an address with a cell opens its evidence", async () => {
  const { page } = await visit(browser, `${join(site, PAGE)}#cell=${encodeURIComponent("mgsm|Mono-SFT|en")}`);
  await page.waitForSelector("dialog .answers li");
  strictEqual(await page.$eval("dialog h2", (h) => h.textContent), "Mono-SFT");
  await page.close();
});

inBrowser("hostile text in answers, claims and prompts shows as text", async () => {
  const { page, complaints } = await visit(browser, join(site, PAGE));
  await page.waitForSelector(".proof.good");
  await page.click('[data-cell="mgsm|LinguaLIFT|te"]');
  await page.waitForSelector("dialog .answers li");
  const outputs = await page.$$eval(
    "dialog .output",
    (list) => list.map((p) => [p.textContent, (p as HTMLElement).dir]),
  );
  for (const text of HOSTILE) ok(outputs.some(([shown, dir]) => shown === text && dir === "auto"), text);
  const [pwned, images, scripts] = await page.evaluate(() => [
    (globalThis as { pwned?: unknown }).pwned === undefined,
    document.querySelectorAll("img, iframe, main b b").length,
    document.querySelectorAll("dialog script").length,
  ]);
  deepStrictEqual([pwned, images, scripts], [true, 0, 0]);
  const claims = await page.$$eval(".claims blockquote", (list) => list.map((quote) => quote.textContent));
  ok(claims.includes("Mono-SFT is best in <b>high-resource</b> languages"));
  const prompt = await page.$eval("dialog .ask", (p) => p.textContent);
  match(prompt!, /^te: A basket holds \d+ apples <and> "\d+" pears/);
  deepStrictEqual(complaints, []);
  await page.close();
});

inBrowser("every language has its page: all its texts in its direction, beside English", async () => {
  const { page, complaints } = await visit(browser, join(site, "languages.html"));
  const listed = await page.$$eval(".language h3 a", (links) => links.map((a) => a.getAttribute("href")));
  const codes = [...MINI.languages.map(({ code }) => code), "xx-hostile"].sort();
  deepStrictEqual(listed.sort(), codes.map((code) => `languages/${code}.html`));
  strictEqual(MINI.languages.length, 48);
  for (const language of MINI.languages) {
    await page.goto(`file://${join(site, `languages/${language.code}.html`)}`, { waitUntil: "load" });
    // One call for the whole page: a handle for each of its hundreds of texts takes half a second.
    const shown = await page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>(".aligned")].map((row) => ({
        own: [...row.querySelectorAll<HTMLElement>(".own")].map((block) => ({
          lang: block.lang,
          direction: getComputedStyle(block).direction,
        })),
        lines: [...row.querySelectorAll(".own > p")].map((line) => line.textContent),
        beside: [...row.querySelectorAll(".english p")].map((line) => line.textContent),
      }))
    );
    const rows = language.sections.flatMap((section) => section.rows);
    deepStrictEqual(shown.map(({ lines }) => lines), rows.map(({ own }) => own), language.code);
    const blocks = shown.flatMap(({ own }) => own);
    ok(blocks.every(({ lang }) => lang === language.code));
    ok(
      blocks.every(({ direction }) => direction === (language.code === "ar" ? "rtl" : "ltr")),
      language.code,
    );
    const beside = rows.map(({ english }) => language.code === "en" ? [] : english);
    deepStrictEqual(shown.map(({ beside }) => beside), beside, language.code);
    const doubts = await page.$$eval(".doubts li", (list) => list.map((item) => item.textContent));
    deepStrictEqual(doubts, language.doubts);
  }
  deepStrictEqual(complaints, []);
  await page.close();
});

inBrowser("hostile text in a language shows as text", async () => {
  const { page, complaints } = await visit(browser, join(site, "languages/xx-hostile.html"));
  const shown = await page.$$eval(".own p, .english p", (lines) => lines.map((line) => line.textContent));
  deepStrictEqual(shown, HOSTILE.flatMap((text) => [text, text]));
  for (const text of HOSTILE) ok((await page.$eval("h1", (h) => h.textContent))!.includes(text), text);
  const harmless = () =>
    page.evaluate(() =>
      (globalThis as { pwned?: unknown }).pwned === undefined &&
      document.querySelectorAll("main img, main script, main iframe, main b").length === 0
    );
  ok(await harmless());
  await page.goto(`file://${join(site, "languages.html")}`, { waitUntil: "load" });
  ok(await harmless());
  deepStrictEqual(complaints, []);
  await page.close();
});

inBrowser("the switch changes the scheme and the next page remembers", async () => {
  const { page } = await visit(browser, join(site, "index.html"), { scheme: "light" });
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const before = await ground();
  await page.click(".scheme");
  const after = await ground();
  ok(after !== before);
  await page.goto(`file://${join(site, PAGE)}`);
  strictEqual(await ground(), after);
  await page.click(".scheme");
  await page.close();
});

inBrowser("every table cell has headers, every button and drawing a name", async () => {
  const { page } = await visit(browser, join(site, PAGE));
  await page.waitForSelector(".plot[data-drawn]");
  const faults = await page.evaluate(() => [
    ...[...document.querySelectorAll("th")].filter((th) => !th.scope).map((th) =>
      `th without scope: ${th.outerHTML}`
    ),
    ...[...document.querySelectorAll("button")].filter((b) => !b.ariaLabel && !b.textContent?.trim()).map((
      b,
    ) => b.outerHTML),
    ...[...document.querySelectorAll('[role="img"]')].filter((e) => !e.ariaLabel).map((e) => e.outerHTML),
    ...[...document.querySelectorAll(".scroll")].filter((e) =>
      e.scrollWidth > e.clientWidth && !(e as HTMLElement).hasAttribute("tabindex")
    )
      .map((e) => `scrolls without focus: ${e.innerHTML.slice(0, 80)}`),
  ]);
  deepStrictEqual(faults, []);
  await page.close();
});

/** A language all of whose texts try to break out of the page. */
function hostileSheet(): LanguageSheet {
  const all = HOSTILE.join(" ");
  return {
    code: "xx-hostile",
    name: all,
    endonym: `${all} `,
    family: all,
    script: all,
    level: HOSTILE[0]!,
    direction: "ltr",
    facts: [{ name: all, value: 1 }],
    sections: [{
      id: "problems",
      title: all,
      note: all,
      rows: [{ label: all, english: HOSTILE, own: HOSTILE }],
    }],
    doubts: HOSTILE,
  };
}
