/**
 * `deno task experiment [ids]`: plans, runs, indexes, judges and prints.
 * @module
 */
import { command, parse } from "../../cli/command.ts";
import { tell } from "../../cli/print.ts";
import { collect, positive } from "../../cli/values.ts";
import { UserError } from "../../errors.ts";
import { hashJson } from "../../hash.ts";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { type ClosureReader, openClosures } from "../code/closure.ts";
import { EXPERIMENTS, findExperiments, type Found } from "../discover.ts";
import { explainChange } from "../explain.ts";
import { lock } from "../lock.ts";
import { type LabPaths, labPaths, ROOT } from "../paths.ts";
import { decide, type DecidedRun, type Plan, type Selection } from "../plan.ts";
import { machineProvenance } from "../provenance.ts";
import { chooseRuns, currentRuns } from "../records.ts";
import { runAll, runName } from "../runner.ts";
import { loadArtifact } from "../artifact.ts";
import { syncStore } from "../ingest/sync.ts";
import type { Scale } from "../types.ts";
import { judgeClaims } from "../verdicts.ts";
import type { WorkerMessage } from "../worker.ts";
import { scaleOption, seedsOption } from "./options.ts";
import { paperRows } from "./paper_rows.ts";
import { planSummary, printPlan } from "./print_plan.ts";
import { printList, printResults } from "./print_results.ts";
import { openProgress, type Progress } from "./terminal.ts";

/** Options as commander gives them. */
interface Options {
  readonly scale: Scale;
  readonly seeds: number[];
  readonly world?: string;
  readonly data?: string;
  readonly models?: string;
  readonly variant: string[];
  readonly jobs: number;
  readonly device: string;
  readonly threads: number;
  readonly all?: true;
  readonly list?: true;
  readonly plan?: true;
  readonly json?: true;
  readonly wait: boolean;
  readonly report: boolean;
  readonly lab: string;
  readonly experiments: string;
}

/** Store updates between runs are at least this far apart, in ms. */
const SYNC_MS = 30_000;

/** The command with all its options. */
export function experimentCommand(): ReturnType<typeof command> {
  return command("experiment", "Runs experiments and prints their results; does only what is not done yet")
    .argument("[ids...]", "experiments; without any, the first in --list")
    .option("--all", "every experiment")
    .option("--scale <scale>", "smoke, micro, small or full", scaleOption, "micro")
    .option(
      "--seeds <seeds>",
      'a count ("3"), a list ("1,2,5"; "7," for one) or a range ("4-6")',
      seedsOption,
      [1],
    )
    .option("--world <world>", "where text and benchmarks come from; the method's first by default")
    .option(
      "--data <folder>",
      "folder of real data sets, for the world open",
      Deno.env.get("LINGUALIFT_DATA"),
    )
    .option(
      "--models <folder>",
      'folder of checkpoints; "models" beside the data by default',
      Deno.env.get("LINGUALIFT_MODELS"),
    )
    .option("--variant <name>", "only this variant; may be repeated", collect, [])
    .option("--jobs <n>", "runs at a time", positive("--jobs"), 1)
    .option("--device <name>", "cpu, webgpu or cuda", "cpu")
    .option("--threads <n>", "threads a run", positive("--threads"), navigator.hardwareConcurrency)
    .option("--list", "show the experiments and end")
    .option("--plan", "show what would be done and why, and end")
    .option("--json", "results, list or plan as JSON")
    .option("--no-report", "do not write the report after new runs")
    .option("--no-wait", "end at once when another lab holds the store")
    .option("--lab <folder>", "where results are kept", Deno.env.get("LINGUALIFT_LAB") ?? join(ROOT, ".lab"))
    .option("--experiments <folder>", "where experiments are found", EXPERIMENTS);
}

/** Runs the command line. `only` is set when an experiment's file is run by itself. @returns the exit code */
export async function experimentMain(
  args: readonly string[],
  { only }: { only?: Found } = {},
): Promise<number> {
  const parsed = parse<Options>(experimentCommand(), args);
  if (!parsed) return 0;
  const { options } = parsed;
  const ids = parsed.args;
  const found = only ? [only] : await findExperiments(options.experiments, ids);
  if (options.list) {
    printList(found, options.json ?? false);
    return 0;
  }
  if (found.length === 0) throw new UserError(`There are no experiments in "${options.experiments}"`);
  const paths = labPaths(resolve(options.lab));
  const selection: Selection = {
    found: ids.length === 0 && !options.all ? found.slice(0, 1) : found,
    variants: options.variant,
    seeds: options.seeds,
    scale: options.scale,
    world: options.world,
    data: options.data === undefined ? undefined : resolve(options.data),
    models: options.models === undefined ? undefined : resolve(options.models),
    runtime: { device: options.device, threads: options.threads },
  };
  const closures = openClosures(paths.cache);
  const plan = await decide(paths, closures, selection, tell);
  if (options.plan) {
    await printPlan(paths, closures, plan, options.json ?? false);
    return 0;
  }
  if (options.all) tell(await planSummary(paths, closures, plan));
  const outcome = await perform(paths, { plan, selection, closures, options });
  const after = outcome ? await decide(paths, closures, selection, tell) : plan;
  await index(paths, after, closures);
  await printResults(paths, { runs: after.runs, failed: outcome?.failed ?? [], json: options.json ?? false });
  if (!outcome) return 0;
  for (const { name, error } of outcome.failed) tell(`Failed: ${name}: ${error}`);
  if (options.report && after.runs.some(({ done }) => done)) await draw(paths);
  if (outcome.interrupted) {
    tell("Interrupted; the same command goes on from here");
    return 130;
  }
  return outcome.failed.length > 0 ? 1 : 0;
}

interface Performed {
  readonly failed: readonly { readonly name: string; readonly error: string }[];
  readonly interrupted: boolean;
}

/** Does what the plan leaves to do, under the lab's lock. Undefined when there was nothing to do. */
async function perform(
  paths: LabPaths,
  { plan, selection, closures, options }: {
    plan: Plan;
    selection: Selection;
    closures: ClosureReader;
    options: Options;
  },
): Promise<Performed | undefined> {
  if (plan.runs.every(({ done }) => done)) {
    closures.save();
    tell(`Nothing to do: ${plan.runs.length} ${plan.runs.length === 1 ? "run is" : "runs are"} done`);
    return undefined;
  }
  const abort = new AbortController();
  const stopListening = onInterrupt(abort);
  const held = await lock(join(paths.locks, "lab"), `deno task experiment ${Deno.args.join(" ")}`, {
    signal: abort.signal,
    onWait(holder) {
      const who = holder ? `process ${holder.pid} on ${holder.host} (${holder.what})` : "another process";
      if (!options.wait) throw new UserError(`Cannot run: ${who} holds "${paths.root}"`, { exitCode: 1 });
      tell(`Waiting for ${who}, which holds "${paths.root}"`);
    },
  });
  try {
    const { runs } = await decide(paths, closures, selection, tell);
    closures.save();
    const todo = runs.filter(({ done }) => !done);
    const progress = openProgress(todo.length);
    let synced = performance.now();
    try {
      const outcome = await runAll(todo, {
        paths,
        jobs: options.jobs,
        provenance: machineProvenance(paths),
        signal: abort.signal,
        events: {
          began(run) {
            progress.began(runName(run));
            for (const reason of run.reasons) progress.line(`  because ${reason}`);
          },
          message: (run, message) => show(paths, progress, run, message),
          ended(run, error) {
            progress.ended(runName(run));
            if (error !== undefined) progress.line(`  ${error}`);
          },
        },
        async afterRun() {
          if (performance.now() - synced < SYNC_MS) return;
          await syncStore(paths, { notice: (text) => progress.line(text), paper: paperRows() });
          synced = performance.now();
        },
      });
      return {
        failed: outcome.failed.map(({ run, error }) => ({ name: runName(run), error })),
        interrupted: outcome.interrupted,
      };
    } finally {
      progress.stop();
    }
  } finally {
    held.release();
    stopListening();
  }
}

function show(paths: LabPaths, progress: Progress, run: DecidedRun, message: WorkerMessage): void {
  const name = runName(run);
  if (message.type === "notice") progress.line(`  ${message.message}`);
  if (message.type === "progress") progress.progress(name, message);
  if (message.type !== "step") return;
  if (message.reused) {
    progress.step(name, `${message.step}: cached`);
    return;
  }
  const before = run.previous?.steps.find((step) => step.step === message.step && step.key !== message.key);
  const old = before && loadArtifact(paths, before.key, () => {});
  const reasons = old ? explainChange(paths, old.ingredients, message.ingredients) : [];
  progress.step(name, `${message.step}: runs${reasons.length > 0 ? `, because ${reasons.join("; ")}` : ""}`);
}

/** Brings store and verdicts up to date with the records. */
async function index(
  paths: LabPaths,
  { runs, records }: Plan,
  closures: ClosureReader,
): Promise<void> {
  const done = runs.filter((run) => run.done);
  if (done.length === 0) return;
  chooseRuns(paths, records, done.map(({ id }) => id));
  await syncStore(paths, { notice: tell, paper: paperRows(), records });
  const current = new Set(currentRuns(paths, records).values());
  let judged = false;
  const tables = new Map(
    done.map((run) => [`${run.experiment.id}~${run.spec.scale}~${run.spec.world}`, run]),
  );
  for (const run of tables.values()) {
    const { scale, world } = run.spec;
    const counted = [...records.values()].filter((r) =>
      current.has(r.id) && r.experiment === run.experiment.id && r.scale === scale && r.world === world
    );
    const modules = [pathToFileURL(run.file).href, new URL("../store/results.ts", import.meta.url).href];
    const code = hashJson(modules.map((module) => closures.of(module).hash));
    judged = await judgeClaims(paths, run.experiment, { scale, world, runs: counted, code }) || judged;
  }
  if (judged) await syncStore(paths, { notice: tell, paper: paperRows(), records });
}

/** Writes the report: beside the repository's own lab into `reports/site`, for another one into its folder. */
async function draw(paths: LabPaths): Promise<void> {
  const out = paths.root === join(ROOT, ".lab") ? join(ROOT, "reports", "site") : join(paths.root, "site");
  const [{ writeReport }, { miniSheets }] = await Promise.all([
    import("../../report/write_report.ts"),
    import("../../report/cli/mini_sheets.ts"),
  ]);
  const { pages } = await writeReport({ store: paths.database, out, sheets: miniSheets() });
  tell(`Report: ${pages} pages, open "${join(out, "index.html")}"`);
}

/** The first Ctrl-C stops in order, the second at once. */
function onInterrupt(abort: AbortController): () => void {
  const listener = (): void => {
    if (abort.signal.aborted) Deno.exit(130);
    tell("Interrupted: finishing what can be kept (press again to end at once)");
    abort.abort(new UserError("Interrupted", { exitCode: 130 }));
  };
  const signals: Deno.Signal[] = Deno.build.os === "windows" ? ["SIGINT"] : ["SIGINT", "SIGTERM"];
  for (const signal of signals) Deno.addSignalListener(signal, listener);
  return () => {
    for (const signal of signals) Deno.removeSignalListener(signal, listener);
  };
}
