/**
 * One measured part of `deno task bench lab` in a process of its own: `ingest FOLDER` or `report FOLDER RUNS`
 * (over 10, 100 or 1,000 runs of ten variants). Prints its
 * seconds, processor seconds of the whole process, and peak memory as JSON.
 * @module
 */
import { join } from "node:path";
import { cpuUsage, resourceUsage } from "node:process";
import { atLeast } from "../lib/checked.ts";
import { labPaths } from "../lib/lab/record/paths.ts";

const [part, folder, runs] = atLeast(Deno.args, 2);
const paths = labPaths(folder);
let seconds: number;
if (part === "ingest") {
  const { syncStore } = await import("../lib/lab/record/sync.ts");
  const clock = performance.now();
  await syncStore(paths, { notice: () => {}, paper: null });
  seconds = (performance.now() - clock) / 1000;
} else {
  const [{ writeReport }, { writeBigStore }] = await Promise.all([
    import("../lib/report/write_report.ts"),
    import("../tests/report/_big_store.ts"),
  ]);
  const [experiments, seeds] = Number(runs) >= 1000 ? [10, 10] : Number(runs) >= 100 ? [10, 1] : [1, 1];
  const store = join(folder, "big.duckdb");
  await writeBigStore(store, { experiments, variants: 10, seeds, items: 250 });
  const clock = performance.now();
  await writeReport({ store, out: join(folder, "site") });
  seconds = (performance.now() - clock) / 1000;
}
const { user, system } = cpuUsage();
const out = JSON.stringify({ seconds, cpu: (user + system) / 1e6, peak: resourceUsage().maxRSS * 1024 });
Deno.stdout.writeSync(new TextEncoder().encode(out));
