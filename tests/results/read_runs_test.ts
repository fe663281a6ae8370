/** All runs of a store as rows: scores that are the means of the tables, floors that are the best rule's. */
import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import { estimatesOf } from "../../lib/results/estimates.ts";
import { floorOf } from "../../lib/results/floor.ts";
import { readResults } from "../../lib/results/read_results.ts";
import { readRuns } from "../../lib/results/read_runs.ts";
import { largestOf } from "../../lib/results/slice.ts";
import { openStore } from "../../lib/store/open.ts";
import { change, writeStore } from "../report/_store.ts";

const KEY = { experiment: "stage_removal", scale: "micro", world: "mini" };

/** Two rules in each language, of which now one, now the other gets more. */
const FLOORS = `INSERT INTO score
  SELECT run, 'mgsm', 'other', lang, rule, 10, NULL, CASE WHEN (rule = 'floor (numbers)') = (lang < 'h') THEN 0.3 ELSE 0.1 END, 'x'
  FROM run, (SELECT DISTINCT lang FROM sample), (VALUES ('floor (numbers)'), ('floor (words)')) rules(rule)`;

Deno.test("a run's score and floor are those of the table of its experiment", async () => {
  const folder = Deno.makeTempDirSync();
  try {
    const path = join(folder, "lab.duckdb");
    await writeStore(path, { seeds: [1], items: 20 });
    await change(path, FLOORS);
    using store = await openStore(path, "read");
    const reading = await readResults(store, KEY);
    const estimates = estimatesOf(reading);
    const rows = await readRuns(store);
    strictEqual(rows.length, 4);
    for (const { variant, scores } of rows) {
      strictEqual(scores.length, 1);
      ok(Math.abs(scores[0]!.value - estimates.accuracy(variant, "mgsm", "avg")!.value) < 1e-12, variant);
      ok(Math.abs(scores[0]!.floor! - floorOf(reading.slice, "mgsm", "avg")!.value) < 1e-12, variant);
      ok(Math.abs(scores[0]!.floor! - 0.3) < 1e-12, "the better rule of each language");
    }
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});

Deno.test("the largest scale counts, and one that is not known is the smallest", () => {
  const of = (...scales: string[]) => largestOf(scales.map((scale) => ({ scale })))?.scale;
  deepStrictEqual(
    [of("smoke", "demo"), of("micro", "demo"), of("full", "small", "micro"), of("later", "smoke"), of()],
    ["demo", "micro", "full", "smoke", undefined],
  );
});
