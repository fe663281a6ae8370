/** How large a site gets that somebody sends to a colleague. */
import { ok, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import { miniSheets } from "../../lib/cli/mini_sheets.ts";
import { filesBelow } from "../../lib/lab/code/closure.ts";
import { writeReport } from "../../lib/report/write_report.ts";
import { writeBigStore } from "./_big_store.ts";

/** What an experiment of the suite has in pages and figures beyond the big store's, by its second and third benchmark. */
const OTHER_BENCHMARKS = 14 * 200_000;

Deno.test("the site of 14 experiments with all languages and fonts has less than 20 MB", async () => {
  const folder = Deno.makeTempDirSync();
  try {
    const [store, out] = [join(folder, "lab.duckdb"), join(folder, "site")];
    const size = { experiments: 14, variants: 8, seeds: 1, items: 250 };
    // The suite at scale micro has 18,000 answers an experiment.
    ok(await writeBigStore(store, size) > 14 * 18_000);
    const { pages } = await writeReport({ store, out, sheets: miniSheets() });
    strictEqual(pages, 14 + 49 + 5);
    const bytes = filesBelow(out).reduce((sum, path) => sum + Deno.statSync(path).size, 0);
    ok(bytes + OTHER_BENCHMARKS < 20e6, `${bytes} bytes`);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});
