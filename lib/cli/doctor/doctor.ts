/**
 * `deno task doctor`: checks the installation and says what to do about what is missing. Exit code 1 when something
 * that `deno task experiment` needs is not right; what only some tasks need is a warning.
 * @module
 */
import { Option } from "commander";
import { atLeast } from "../../checked.ts";
import { withoutTelemetry } from "../../tensor/telemetry.ts";
import { command, parse } from "../command.ts";
import { exitWith } from "../exit.ts";
import { print } from "../terminal/print.ts";
import { exists } from "../../files.ts";
import { join, resolve } from "node:path";
import { freemem, totalmem } from "node:os";
import { childEnvironment } from "../../lab/run/child_environment.ts";
import { commitOf } from "../../lab/record/git.ts";
import { labPaths, ROOT } from "../../lab/record/paths.ts";
import { type Examination, examined } from "./examination.ts";
import { records, store } from "./examine_lab.ts";
import { devices, nearest, writing } from "./examine_machine.ts";
import { readPlace, versionsOf } from "../../engine/torch/place.ts";
import { TORCH_PLACE } from "../experiment/runtime.ts";
import { labOption, siteOption } from "../experiment/options.ts";
import { readSite } from "../../lab/run/slurm/site.ts";
import { shared } from "./examine_shared.ts";

/** The version that the project is tested with. */
const DENO_VERSION = "2.9.6";
const NEEDED_BYTES = 2e9;
const NEEDED_MEMORY = 4e9;

/** Examines this machine and checkout. */
async function examine(
  { lab, data: dataFolder, reports }: { lab: string; data: string; reports: string },
): Promise<Examination[]> {
  const paths = labPaths(lab);
  let built: string[] = [];
  return [
    denoVersion(),
    await loads("DuckDB", async () => {
      const { DuckDBInstance, version } = await import("@duckdb/node-api");
      const connection = await (await DuckDBInstance.create(":memory:")).connect();
      const answer = (await connection.runAndReadAll("SELECT 41 + 1")).getRows()[0]![0];
      if (answer !== 42) throw new Error(`41 + 1 gave ${answer}`);
      return `DuckDB ${version()} loads and computes`;
    }),
    await loads("ONNX Runtime", async () => {
      withoutTelemetry();
      const { listSupportedBackends, env } = await import("onnxruntime-node") as unknown as {
        listSupportedBackends(): { name: string }[];
        env: { versions: { node?: string } };
      };
      built = listSupportedBackends().map(({ name }) => name);
      return `ONNX Runtime ${env.versions.node ?? "?"} loads`;
    }),
    await devices(built),
    ...await examined("Writing", () => [writing(paths, reports)]),
    ...await examined("Disk", () => [freeDisk(nearest(lab))]),
    memory(),
    git(),
    ...await examined("Real data", () => [data(dataFolder)]),
    ...await examined("PyTorch", () => [pytorch()]),
    chromium(),
    ...await examined("Records", () => records(paths)),
    ...await examined("Store", async () => [await store(paths.database)]),
  ];
}

function denoVersion(): Examination {
  const found = Deno.version.deno;
  const [major, minor] = atLeast(found.split(".").map(Number), 2);
  const right = major === 2 && minor >= 9;
  return {
    name: "Deno",
    state: right ? "ok" : "error",
    found: `version ${found}`,
    advice: right ? undefined : `Use Deno ${DENO_VERSION}: npx -y deno@${DENO_VERSION} task doctor`,
  };
}

async function loads(name: string, load: () => Promise<string>): Promise<Examination> {
  try {
    return { name, state: "ok", found: await load() };
  } catch (error) {
    return {
      name,
      state: "error",
      found: `does not load: ${(error as Error).message.split("\n")[0]}`,
      advice:
        'Run "deno install" in the project\'s folder; there are builds for Linux (glibc), macOS and Windows',
    };
  }
}

function freeDisk(folder: string): Examination {
  const name = "Disk";
  try {
    const { stdout, success } = new Deno.Command("df", {
      args: ["-Pk", folder],
      clearEnv: true,
      env: childEnvironment(),
      stderr: "null",
    }).outputSync();
    const free = Number(new TextDecoder().decode(stdout).trim().split("\n").at(-1)?.split(/\s+/)[3]) * 1024;
    if (!success || !Number.isFinite(free)) return { name, state: "warning", found: "free space unknown" };
    const state = free > NEEDED_BYTES ? "ok" : "warning";
    const advice = state === "ok"
      ? undefined
      : "Free some space; models and answers of a full suite take about 2 GB";
    return { name, state, found: `${gigabytes(free)} free`, advice };
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    return { name, state: "warning", found: "free space unknown: no df here" };
  }
}

function memory(): Examination {
  const [free, total] = [freemem(), totalmem()];
  const state = total > NEEDED_MEMORY ? "ok" : "warning";
  const advice = state === "ok" ? undefined : "The scale micro wants 4 GB; use --scale smoke";
  return { name: "Memory", state, found: `${gigabytes(total)}, ${gigabytes(free)} free`, advice };
}

function git(): Examination {
  const commit = commitOf(ROOT);
  if ("id" in commit) return { name: "git", state: "ok", found: `commit ${commit.id.slice(0, 12)}` };
  return { name: "git", state: "warning", found: `commit unknown: ${commit.why}`, advice: commit.advice };
}

function data(folder: string): Examination {
  const name = "Real data";
  if (exists(folder)) return { name, state: "ok", found: `folder "${folder}"` };
  return {
    name,
    state: "warning",
    found: `no folder "${folder}"`,
    advice: "Only --world open needs it: give --data DIR or set LINGUALIFT_DATA",
  };
}

function pytorch(): Examination {
  const name = "PyTorch";
  const place = readPlace(TORCH_PLACE);
  const advice = 'Only --engine torch needs it: "deno task torch install"';
  if (place === null) return { name, state: "warning", found: "not installed", advice };
  if (exists(place.program)) {
    return { name, state: "ok", found: `${versionsOf(place)} in "${place.program}"` };
  }
  return { name, state: "warning", found: `"${place.program}" is not there any more`, advice };
}

function chromium(): Examination {
  const places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
  const found = places.find(exists);
  if (found) return { name: "Chromium", state: "ok", found };
  return {
    name: "Chromium",
    state: "warning",
    found: "not found",
    advice: 'Only the browser tests need it: on Debian "apt-get install chromium"',
  };
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(1)} GB`;
}

/** Runs the command line. @returns the exit code */
export async function doctorMain(args: readonly string[]): Promise<number> {
  const program = command("doctor", "Checks the installation and says what to do")
    .option("--json", "as JSON")
    .addOption(
      new Option("--data <folder>", "folder of real data sets").env("LINGUALIFT_DATA")
        .default(join(ROOT, "../shared/data"), "../shared/data"),
    )
    .option("--shared <folder>", "try a folder that nodes of a cluster share, from two of them by srun")
    .addOption(siteOption())
    .addOption(labOption())
    .addOption(
      new Option("--reports <folder>", "where reports are written").default(join(ROOT, "reports"), "reports"),
    );
  const parsed = parse<
    { json?: true; lab: string; data: string; reports: string; shared?: string; site: string }
  >(program, args);
  if (!parsed) return 0;
  const { lab, data, reports, shared: folder, site } = parsed.options;
  const all = folder === undefined
    ? await examine({ lab: resolve(lab), data, reports: resolve(reports) })
    : await shared(resolve(folder), readSite(site));
  if (parsed.options.json) print(JSON.stringify(all, null, 2));
  else {
    for (const { name, state, found, advice } of all) {
      print(`${state.padEnd(7)}  ${name}: ${found}${advice ? `\n         ${advice}` : ""}`);
    }
  }
  return all.some(({ state }) => state === "error") ? 1 : 0;
}

if (import.meta.main) await exitWith(() => doctorMain(Deno.args));
