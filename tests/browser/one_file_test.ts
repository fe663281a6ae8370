/** A report in one file, opened from a folder where nothing else is. */
/// <reference lib="dom" />
import { deepStrictEqual, match, notStrictEqual, ok, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import type { Page } from "puppeteer-core";
import { writeOneFile } from "../../lib/report/one_file.ts";
import { withFolder } from "../lab/_lab.ts";
import { writeStore } from "../report/_store.ts";
import { violations } from "./_axe.ts";
import { findChromium, visit, withBrowser } from "./_chromium.ts";

/** Intervals that do not stand over the middle of their bars, and names in legends that leave the drawing. */
async function misplaced(page: Page): Promise<string[]> {
  return await page.$$eval(".plot svg", (list) => {
    const middle = (one: Element) => {
      const { left, right } = one.getBoundingClientRect();
      return (left + right) / 2;
    };
    return list.flatMap((svg) => {
      const all = (role: string) => [...svg.querySelectorAll(`[aria-roledescription="${role}"]`)];
      const bars = all("bar"), rules = bars.length > 0 ? all("rule mark") : [];
      const off = rules.filter((rule, at) => Math.abs(middle(rule) - middle(bars[at]!)) > 1);
      const edge = svg.getBoundingClientRect().right;
      const cut = [...svg.querySelectorAll("text")].filter((text) =>
        text.getBoundingClientRect().right > edge + 1
      );
      return [
        ...off.map((rule) => rule.getAttribute("aria-label")!),
        ...cut.map((text) => text.textContent!),
      ];
    });
  });
}

Deno.test({
  name: "one file recomputes its numbers, shows figures and answers in both schemes, and asks for nothing",
  ignore: !findChromium(),
  // Chromium's pipes and timers outlive a single test.
  sanitizeOps: false,
  sanitizeResources: false,
  async fn() {
    await withFolder(async (folder) => {
      const store = join(folder, "lab.duckdb"), file = join(folder, "alone", "report.html");
      await writeStore(store, { seeds: [1, 2], items: 20 });
      const { cells } = await writeOneFile({ store, file, answers: 120_000 });
      await withBrowser(async (browser) => {
        const colours: string[] = [];
        for (const [scheme, width] of [["light", 1440], ["dark", 1024], ["dark", 390]] as const) {
          const { page, complaints } = await visit(browser, file, { scheme, width });
          await page.waitForSelector(".proof.good");
          match(
            await page.$eval(".proof", (p) => p.textContent!),
            new RegExp(`recomputed all ${cells} numbers`),
          );
          // Figures are there and take the scheme's colours.
          const [svgs, marks, fill] = await page.$$eval(".plot svg", (list) => [
            list.length,
            list.reduce((sum, svg) => sum + svg.querySelectorAll('[aria-roledescription="bar"]').length, 0),
            getComputedStyle(list[0]!.querySelector('[aria-roledescription="bar"]')!).fill,
          ]);
          ok(Number(svgs) >= 2 && Number(marks) >= 12, `${svgs} figures, ${marks} bars`);
          colours.push(String(fill));
          deepStrictEqual(await misplaced(page), [], `${width}`);
          const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
          ok(overflow <= 0, `${overflow} px too wide at ${width}`);
          await page.$$eval("details", (list) => list.forEach((details) => details.open = true));
          deepStrictEqual(await violations(page), [], `${scheme} ${width}`);
          // A number's sheet: the same value, and answers to read, as text whatever they hold.
          await page.click('[data-cell="mgsm|LinguaLIFT|LR"]');
          await page.waitForSelector("dialog .answers li");
          strictEqual(
            await page.$eval("dialog [data-same]", (span) => (span as HTMLElement).dataset.same),
            "true",
          );
          await page.keyboard.press("Escape");
          await page.waitForFunction(() => !document.querySelector("dialog"));
          // Its own button, too.
          await page.click(".scheme");
          const other = await page.$eval(
            '.plot svg [aria-roledescription="bar"]',
            (bar) => getComputedStyle(bar).fill,
          );
          notStrictEqual(other, fill);
          strictEqual(await page.evaluate(() => (globalThis as { pwned?: unknown }).pwned), undefined);
          deepStrictEqual(complaints, []);
          await page.evaluate(() => localStorage.clear());
          await page.close();
        }
        notStrictEqual(colours[0], colours[1]);

        // The file alone was asked for, and scripts that are not its own do not run.
        const page = await browser.newPage();
        const requests: string[] = [];
        page.on("request", (request) => requests.push(request.url()));
        await page.goto(`file://${file}`);
        await page.waitForSelector(".proof.good");
        deepStrictEqual(requests.filter((url) => !url.startsWith("data:")), [`file://${file}`]);
        await page.close();
        const text = Deno.readTextFileSync(file);
        Deno.writeTextFileSync(
          file,
          text.replace("<h1", `<script>window.pwned = 1</script><img src=x onerror="window.pwned = 2"><h1`),
        );
        const tampered = await browser.newPage();
        await tampered.goto(`file://${file}`);
        await tampered.waitForSelector(".proof.good");
        strictEqual(await tampered.evaluate(() => (globalThis as { pwned?: unknown }).pwned), undefined);
      });
    });
  },
});
