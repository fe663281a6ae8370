/**
 * One process of `deno task bench lab --queue`: `queue FOLDER` is the stand-in for Slurm, which does what is submitted;
 * `lab FOLDER SITE RUNS` is the lab, which prints its processor time and memory as JSON in the end.
 * @module
 */
import { join } from "node:path";
import { cpuUsage, resourceUsage } from "node:process";
import { atLeast } from "../lib/checked.ts";
import { writeFileAtomic } from "../lib/files.ts";
import { print } from "../lib/cli/terminal/print.ts";
import { labPaths, ROOT } from "../lib/lab/record/paths.ts";
import { takeOn } from "../lib/lab/run/worker.ts";
import { squeueArguments } from "../lib/lab/run/slurm/queue.ts";

const [part, folder, site = "", runs = ""] = atLeast(Deno.args, 2);

/** An element of an array that was submitted. */
interface Element {
  readonly cells: readonly string[];
  readonly attempt: string;
  state: string;
}

/** So often the file that squeue shows is written anew, in ms. */
const SHOWN_MS = 500;

async function queue(): Promise<never> {
  const widths = squeueArguments([]).at(-1)!.split("=")[1]!.split(",").map((each) =>
    Number(each.split(":")[1])
  );
  const elements: Element[] = [];
  const taken = new Set<string>();
  const show = (): void => {
    const lines = elements.map(({ cells, state }) => {
      const [id, place, name] = cells;
      return [id, place, name, state, "None", "0", "n1"].map((cell, at) => cell!.padEnd(widths[at]!)).join(
        "",
      );
    });
    writeFileAtomic(join(folder, "queue.txt"), lines.map((line) => `${line}\n`).join(""));
  };
  let shown = 0;
  for (let next = 0;;) {
    for (const { name: id } of Deno.readDirSync(join(folder, "spool"))) {
      const [name, , script] = Deno.readTextFileSync(join(folder, "spool", id)).trim().split(" ");
      if (taken.has(id) || script === undefined) continue;
      taken.add(id);
      const list = Deno.readTextFileSync(join(script, "..", "list.txt")).trim().split("\n");
      list.forEach((attempt, at) =>
        elements.push({ cells: [id, String(at), name!], attempt, state: "PENDING" })
      );
    }
    const element = elements[next];
    if (element === undefined) {
      show();
      await new Promise((done) => setTimeout(done, 50));
      continue;
    }
    next += 1;
    element.state = "RUNNING";
    await takeOn(element.attempt, "bench");
    element.state = "COMPLETED";
    if (performance.now() - shown > SHOWN_MS) {
      show();
      shown = performance.now();
    }
  }
}

async function lab(): Promise<void> {
  const { experimentMain } = await import("../lib/cli/experiment/experiment.ts");
  await experimentMain([
    ...["toy_failing", "--variant", "Toy", "--seeds", `1-${runs}`, "--scale", "smoke"],
    ...["--executor", "slurm", "--site", site, "--lab", join(folder, "lab")],
    ...["--experiments", join(ROOT, "tests/lab/fixtures/experiments"), "--json", "--no-report"],
  ]);
  const [{ user, system }, peak_bytes] = [cpuUsage(), resourceUsage().maxRSS * 1024];
  const clock = performance.now();
  const { writeReport } = await import("../lib/report/write_report.ts");
  await writeReport({ store: labPaths(join(folder, "lab")).database, out: join(folder, "site") });
  const report_s = (performance.now() - clock) / 1000;
  print(JSON.stringify({ cpu_s: (user + system) / 1e6, peak_bytes, report_s }));
}

await (part === "queue" ? queue() : lab());
