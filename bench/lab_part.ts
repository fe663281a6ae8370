/**
 * One measured part of `deno task bench lab` in a process of its own: `ingest FOLDER` or `report FOLDER`. Prints its
 * seconds and peak memory as JSON.
 * @module
 */
import { join } from "node:path";
import { resourceUsage } from "node:process";
import { labPaths } from "../lib/lab/paths.ts";

const [part, folder] = Deno.args;
const paths = labPaths(folder);
let seconds: number;
if (part === "ingest") {
  const { syncStore } = await import("../lib/lab/store/sync.ts");
  const clock = performance.now();
  await syncStore(paths, { notice: () => {}, paper: null });
  seconds = (performance.now() - clock) / 1000;
} else {
  const { writeReport } = await import("../lib/report/write_report.ts");
  const clock = performance.now();
  await writeReport({ store: paths.database, out: join(folder, "site") });
  seconds = (performance.now() - clock) / 1000;
}
const out = JSON.stringify({ seconds, peak: resourceUsage().maxRSS * 1024 });
Deno.stdout.writeSync(new TextEncoder().encode(out));
