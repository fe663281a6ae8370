/**
 * `deno task experiment [ids]`: plans, runs, indexes, judges and prints.
 * @module
 */
import { Option } from "commander";
import { command, parse } from "../command.ts";
import { tell } from "../terminal/print.ts";
import { choice, collect, positive } from "../values.ts";
import { CARD_NAMES } from "../../engine/cost/mod.ts";
import { UserError } from "../../errors.ts";
import { hashJson } from "../../hash.ts";
import { judge, judgedOn, type Judgement } from "../../results/judge.ts";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { type ClosureReader, openClosures } from "../../lab/code/closure.ts";
import { findExperiments, type Found } from "../../lab/experiment/discover.ts";
import { type LabPaths, labPaths } from "../../lab/record/paths.ts";
import { decide, type DecidedRun, type Plan, type Selection } from "../../lab/plan/decide.ts";
import { chooseRuns, currentRuns } from "../../lab/record/records.ts";
import { syncStore } from "../../lab/record/sync.ts";
import { SCALE_TIMES } from "../../lab/experiment/scale_notes.ts";
import type { Scale } from "../../lab/experiment/types.ts";
import { readVerdicts, type VerdictFile } from "../../lab/record/verdicts.ts";
import {
  executorOption,
  experimentsOption,
  jobsOption,
  labOption,
  scaleOption,
  seedsOption,
  siteOption,
} from "./options.ts";
import { cancelRuns } from "./cancel.ts";
import { paperRows } from "./paper_rows.ts";
import { perform, type Performed } from "./perform.ts";
import { printCosts } from "./print_costs.ts";
import { planSummary, printPlan } from "./print_plan.ts";
import { printList, printResults } from "./print_results.ts";
import { plannedRuntime, runtimeOf, type RuntimeOptions, withRuntimeOptions } from "./runtime.ts";
import { drawSite, isStale, nameSite } from "./site.ts";

/** Options as commander gives them. */
interface Options extends RuntimeOptions {
  readonly scale: Scale;
  readonly seeds: number[];
  readonly world?: string;
  readonly data?: string;
  readonly models?: string;
  readonly variant?: string[];
  readonly jobs?: number;
  readonly executor: string;
  readonly site: string;
  readonly cancel?: true;
  readonly all?: true;
  readonly list?: true;
  readonly plan?: true;
  readonly gpu?: string;
  readonly json?: true;
  readonly parts?: true;
  readonly wait: boolean;
  readonly report: boolean;
  readonly lab: string;
  readonly experiments: string;
}

/** The command with all its options. */
function experimentCommand(): ReturnType<typeof command> {
  const experiment = command(
    "experiment",
    "Runs experiments and prints their results; does only what is not done yet",
  )
    .argument("[ids...]", "experiments; without any, only the first in --list")
    .option("--all", "every experiment")
    .option(
      "--scale <scale>",
      scaleHelp(),
      scaleOption,
      "micro",
    )
    .addOption(
      new Option("--seeds <seeds>", 'a count ("3"), a list ("1,2,5"; "7," for one) or a range ("4-6")')
        .argParser(seedsOption).default([1], "1"),
    )
    .option("--world <world>", "where text and benchmarks come from; the method's first by default")
    .addOption(
      new Option("--data <folder>", "folder of real data sets, for the world open").env("LINGUALIFT_DATA"),
    )
    .addOption(
      new Option(
        "--models <folder>",
        'folder of checkpoints; by default "models", then "models" beside the data',
      )
        .env("LINGUALIFT_MODELS"),
    )
    .option("--variant <name>", "only this variant; may be repeated", collect)
    .addOption(jobsOption())
    .addOption(executorOption())
    .addOption(siteOption())
    .addOption(
      new Option("--nodes <n>", "nodes that a run's --processes are spread over, with --executor slurm")
        .argParser(positive("--nodes")),
    )
    .option("--cancel", "end what the executor goes on with of these runs")
    .option("--list", "show the experiments and end")
    .option("--plan", "show what would be done and why, and end")
    .addOption(
      new Option("--gpu <card>", `with --plan: for that card (${CARD_NAMES.join(", ")})`)
        .argParser(choice("card", CARD_NAMES)),
    )
    .option("--json", "results, list or plan as JSON")
    .option("--parts", "print, too, which parts of the solutions are right: operation, operands, sum")
    .option("--no-report", "do not write the report")
    .option("--no-wait", "end at once when another lab holds the store")
    .addOption(labOption())
    .addOption(experimentsOption())
    .addHelpText("after", EXAMPLES);
  return withRuntimeOptions(experiment);
}

/** Every scale with what the first experiment takes there. */
function scaleHelp(): string {
  const { smoke, demo, micro, small } = SCALE_TIMES;
  return `smoke (${smoke}; checks only that the parts run), demo (${demo}; a first look), micro (${micro}), ` +
    `small (${small}; real models) or full (the paper's; --plan --gpu tells the time); times are stage_removal's on two cores`;
}

const EXAMPLES = `
Examples:
  deno task experiment                         stage_removal, ${SCALE_TIMES.micro}
  deno task experiment --scale demo            a first look, ${SCALE_TIMES.demo}
  deno task experiment --scale smoke           no results, ${SCALE_TIMES.smoke}
  deno task experiment alignment_layer --seeds 3
  deno task experiment --all --plan            what would run, and how long
  deno task experiment --variant Mono-SFT --variant LinguaLIFT
`;

/** Runs the command line. `only` is set when an experiment's file is run by itself. @returns the exit code */
export async function experimentMain(
  args: readonly string[],
  { only }: { only?: Found } = {},
): Promise<number> {
  const parsed = parse<Options>(experimentCommand(), args);
  if (!parsed) return 0;
  const { options } = parsed;
  const ids = parsed.args;
  if (options.gpu !== undefined && !options.plan) {
    throw new UserError(
      "Cannot use --gpu without --plan: it names a card that a plan is made for; --device cuda computes on one",
    );
  }
  if ((options.nodes ?? 1) > 1 && options.executor !== "slurm") {
    throw new UserError("Cannot use --nodes without --executor slurm: nodes are Slurm's");
  }
  const broken: string[] = [];
  const found = only ? [only] : await findExperiments(options.experiments, ids, (message) => {
    broken.push(message);
    tell(message);
  });
  if (options.list) {
    printList(found, options.json ?? false);
    return 0;
  }
  if (found.length === 0) throw new UserError(`There are no experiments in "${options.experiments}"`);
  const paths = labPaths(resolve(options.lab));
  const selection: Selection = {
    found: ids.length === 0 && !options.all ? found.slice(0, 1) : found,
    variants: options.variant ?? [],
    seeds: options.seeds,
    scale: options.scale,
    world: options.world,
    data: options.data === undefined ? undefined : resolve(options.data),
    models: options.models === undefined ? undefined : resolve(options.models),
    runtime: options.plan ? plannedRuntime(options) : runtimeOf(options),
  };
  if (options.plan && !options.json) printCosts(selection, options.gpu);
  const closures = openClosures(paths.cache);
  const plan = await decide(paths, closures, selection, tell);
  if (options.plan) {
    await printPlan(paths, closures, plan, { json: options.json ?? false, card: options.gpu });
    return 0;
  }
  if (options.cancel) {
    await cancelRuns(paths, plan.runs, { name: options.executor, site: options.site });
    return 0;
  }
  if (options.all) tell(await planSummary(paths, closures, plan));
  const isDone = plan.runs.every(({ done }) => done);
  if (isDone) {
    closures.save();
    tell(`Nothing to do: ${plan.runs.length} ${plan.runs.length === 1 ? "run is" : "runs are"} done`);
  }
  const { wait, jobs, executor, site, json = false, parts = false, report } = options;
  const outcome: Performed = isDone
    ? { failed: [], interrupted: false, left: 0 }
    : await perform(paths, { selection, closures, wait, jobs, executor, site });
  const after = isDone ? plan : await decide(paths, closures, selection, tell);
  await index(paths, after, closures);
  const finished = after.runs.filter(({ done }) => done).length;
  if (json || finished > 0 || !outcome.interrupted) {
    await printResults(paths, { runs: after.runs, failed: outcome.failed, json, parts });
  }
  for (const { name, error } of outcome.failed) tell(`Failed: ${name}: ${error}`);
  if (outcome.left > 0) {
    tell(
      `Left to ${executor}: ${finished} of ${after.runs.length} runs done; the same command follows the others, ` +
        `and with --cancel ends them`,
    );
    return 130;
  }
  if (outcome.interrupted) {
    tell(`Interrupted: ${finished} of ${after.runs.length} runs done; the same command goes on from here`);
    return 130;
  }
  if (report && finished > 0) {
    if (isDone && !isStale(paths)) nameSite(paths);
    else await drawSite(paths);
  }
  return outcome.failed.length > 0 || (options.all && broken.length > 0) ? 1 : 0;
}

/** Brings the store in line with the records and judges the claims whose runs or code are other ones than before. */
async function index(
  paths: LabPaths,
  { runs, records }: Plan,
  closures: ClosureReader,
): Promise<void> {
  // Also without a run that is done: earlier results are printed then.
  if (records.size === 0) return;
  const done = runs.filter((run) => run.done);
  chooseRuns(paths, records, done.map(({ id }) => id));
  const before = new Set(readVerdicts(paths, tell).map(({ judged }) => judged));
  const stale = judgements(paths, done, records, closures).filter((one) => !before.has(judgedOn(one)));
  await syncStore(paths, {
    notice: tell,
    paper: paperRows(),
    records,
    judge: stale.length === 0 ? undefined : async (store) => {
      const files: VerdictFile[] = [];
      for (const one of stale) files.push(await judge(store, one));
      return files;
    },
  });
}

/** What the claims of these runs' experiments are to be judged on, one a slice. */
function judgements(
  paths: LabPaths,
  done: readonly DecidedRun[],
  records: Plan["records"],
  closures: ClosureReader,
): Judgement[] {
  const current = new Set(currentRuns(paths, records).values());
  const slices = new Map(
    done.map((run) => [`${run.experiment.id}~${run.spec.scale}~${run.spec.world}`, run]),
  );
  return [...slices.values()].map(({ experiment, file, spec: { scale, world } }) => {
    const counted = [...records.values()].filter((r) =>
      current.has(r.id) && r.experiment === experiment.id && r.scale === scale && r.world === world
    );
    const modules = [pathToFileURL(file).href, new URL("../../results/judge.ts", import.meta.url).href];
    const code = hashJson(modules.map((module) => closures.of(module).hash));
    return { experiment, scale, world, runs: counted, code };
  });
}
