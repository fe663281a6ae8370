/** `deno task serve` in a real browser, while an experiment goes on. */
/// <reference lib="dom" />
import { deepStrictEqual, match, ok } from "node:assert/strict";
import { join } from "node:path";
import { ROOT } from "../../lib/lab/record/paths.ts";
import { until, withServer } from "../cli/_serve.ts";
import { labArgs, withFolder } from "../lab/_lab.ts";
import { change } from "../report/_store.ts";
import { violations } from "./_axe.ts";
import { allDrawn, findChromium, withBrowser } from "./_chromium.ts";

const PAGE = "experiments/stage_removal.mini.smoke.html";

/** Looks again where the page has loaded itself anew meanwhile, which it may at any moment. */
async function steadily<T>(look: () => Promise<T>): Promise<T> {
  for (let tries = 0;; tries++) {
    try {
      return await look();
    } catch (error) {
      if (tries === 5 || !/context was destroyed|detached/i.test((error as Error).message)) throw error;
    }
  }
}

Deno.test({
  name:
    "a page follows the runs of an experiment, gets its numbers when they are there, and says when the server ends",
  ignore: !findChromium(),
  // Chromium's pipes and timers outlive a single test.
  sanitizeOps: false,
  sanitizeResources: false,
  async fn() {
    await withFolder((lab) =>
      withServer(lab, (served) =>
        withBrowser(async (browser) => {
          const complaints: string[] = [];
          const page = await browser.newPage();
          page.on("console", (message) => message.type() !== "log" && complaints.push(message.text()));
          page.on("pageerror", (error) => complaints.push(String(error)));
          page.on("request", (request) => {
            const isOwn = request.url().startsWith(`http://127.0.0.1:${served.port}/`);
            if (!isOwn && !request.url().startsWith("data:")) complaints.push(`asked for ${request.url()}`);
          });
          await page.goto(`http://127.0.0.1:${served.port}/`);
          await page.waitForFunction(() => document.body.textContent!.includes("No run is under way."));
          ok(page.url().endsWith("/live.html"), "there is no other page yet");

          const experiment = new Deno.Command(Deno.execPath(), {
            args: labArgs("experiment/task.ts", [
              ...["stage_removal", "--scale", "smoke", "--variant", "LinguaLIFT"],
              ...["--no-report", "--lab", lab],
            ]),
            cwd: ROOT,
            stdin: "null",
            stdout: "null",
            stderr: "null",
          }).spawn();
          // The run moves: other steps, a loss, other places in a step.
          const seen = new Set<string>();
          await until("two steps and a loss", async () => {
            const facts = await steadily(() =>
              page.$$eval(".live-runs li", (list) =>
                list.map((li) => [
                  li.querySelector("h3")!.textContent,
                  li.querySelector(".kicker")!.textContent,
                  li.querySelector(".live-step b")?.textContent,
                  li.querySelector("[data-fact=loss]")?.textContent,
                ]))
            );
            for (const [name, kicker, step, loss] of facts) {
              match(name!, /^LinguaLIFT seed 1$/);
              match(kicker!, /stage_removalscale smokeworld minionnxlocal/);
              if (step) seen.add(step);
              if (loss) seen.add("loss").add(String(Number(loss) > 0));
            }
            return seen.has("loss") && seen.size >= 4;
          });
          ok(seen.has("true"), [...seen].join());
          deepStrictEqual(await steadily(() => violations(page)), []);
          const { success } = await experiment.status;
          ok(success);

          // Its end, then the site: the page has loaded itself again and links to the table.
          await page.waitForSelector(".live-ended li.done a", { timeout: 150_000 });
          for (const [width, scheme] of [[390, "dark"], [1024, "light"], [1440, "light"]] as const) {
            await page.setViewport({ width, height: 900 });
            await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
            deepStrictEqual(await steadily(() => violations(page)), [], `${width} ${scheme}`);
            const overflow = await steadily(() =>
              page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
            );
            ok(overflow <= 0, `${overflow} px too wide at ${width}`);
          }
          const link = await steadily(() =>
            page.$eval(".live-ended li.done a", (a) => (a as HTMLAnchorElement).href)
          );
          await page.goto(link);
          ok(page.url().endsWith(PAGE), page.url());
          await page.waitForSelector(".proof.good");
          await allDrawn(page);
          ok(await steadily(() => page.$$eval("[data-cell]", (cells) => cells.length)) > 10);

          // A page that somebody reads follows the store by itself.
          await change(join(lab, "lab.duckdb"), "UPDATE experiment SET title = 'Another title'");
          await page.waitForFunction(
            () => document.querySelector("h1")?.textContent === "Another title",
            { timeout: 150_000 },
          );
          // The heading is there before the script that follows the server.
          await page.waitForFunction(() => document.readyState === "complete");
          deepStrictEqual(complaints, []);

          deepStrictEqual(await served.stop("SIGINT"), 0);
          await page.waitForFunction(
            () => document.querySelector(".live-notice")?.textContent?.includes("The server has ended"),
            { timeout: 150_000 },
          );
        }))
    );
  },
});
