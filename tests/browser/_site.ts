/**
 * A report for tests in a browser: written before the tests of a file, removed after them.
 * @module
 */
import { join } from "node:path";
import type { Browser } from "puppeteer-core";
import { type ReportOptions, writeReport } from "../../lib/report/write_report.ts";
import { type StoreOptions, writeStore } from "../report/_store.ts";
import { findChromium, visit, type VisitOptions, withBrowser } from "./_chromium.ts";

export interface TestSite {
  /** Opens a page of the site by its path and "#..." */
  readonly open: (path: string, options?: VisitOptions) => ReturnType<typeof visit>;
  /** The site's folder. */
  readonly folder: string;
  /** A test that is skipped where there is no Chromium. */
  readonly test: (name: string, fn: () => Promise<void>) => void;
}

/**
 * Makes the site of these stores, one experiment each, for the tests of the file that calls it. `fonts` is a folder with all
 * the fonts that the machine shall have.
 */
export function testSite(
  stores: readonly StoreOptions[],
  { fonts, ...options }: Partial<ReportOptions> & { readonly fonts?: string } = {},
): TestSite {
  const chromium = findChromium();
  const folder = Deno.makeTempDirSync();
  const site = join(folder, "site");
  let browser: Browser;
  let end: () => void;
  let ended: Promise<void>;
  Deno.test.beforeAll(async () => {
    if (!chromium) return;
    const store = join(folder, "lab.duckdb");
    for (const each of stores) await writeStore(store, each);
    await writeReport({ store, out: site, ...options });
    await new Promise<void>((ready, failed) => {
      ended = withBrowser((started) => {
        browser = started;
        ready();
        return new Promise<void>((stop) => end = stop);
      }, fonts);
      ended.catch(failed);
    });
  });
  Deno.test.afterAll(async () => {
    if (chromium) {
      end();
      await ended;
    }
    Deno.removeSync(folder, { recursive: true });
  });
  return {
    folder: site,
    open: (path, visitOptions) => visit(browser, join(site, path), visitOptions),
    // Chromium's pipes and timers outlive a single test.
    test: (name, fn) =>
      Deno.test({ name, ignore: !chromium, sanitizeOps: false, sanitizeResources: false, fn }),
  };
}
