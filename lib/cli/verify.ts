/**
 * `deno task verify [ids]`: runs experiments twice at smoke scale, in fresh processes and fresh folders, and compares
 * every byte that matters: step keys, artifact files, answers, scores. With --executor the second time is there. Exit code
 * 1 with the first difference found.
 * @module
 */
import { Option } from "commander";
import { atLeast } from "../checked.ts";
import { command, parse } from "./command.ts";
import { exitWith } from "./exit.ts";
import { print, tell } from "./terminal/print.ts";
import { UserError } from "../errors.ts";
import { join } from "node:path";
import { artifactDir, type StepRecord } from "../lab/record/artifact.ts";
import { openClosures } from "../lab/code/closure.ts";
import { findExperiments } from "../lab/experiment/discover.ts";
import { objectPath } from "../lab/record/objects.ts";
import { type LabPaths, labPaths, ROOT } from "../lab/record/paths.ts";
import { decide, type DecidedRun, traceRuns } from "../lab/plan/decide.ts";
import { decodeChecked } from "../lab/record/record.ts";
import { readRecords } from "../lab/record/records.ts";
import { runAll } from "../lab/run/runner.ts";
import { runName } from "../lab/run/run_name.ts";
import { removeTree } from "../files.ts";
import type { Scale } from "../lab/experiment/types.ts";
import { openExecutor } from "../lab/run/executors.ts";
import { cancelRuns } from "./experiment/cancel.ts";
import { resourcesOf } from "./experiment/resources.ts";
import { jobsThatFit } from "./experiment/jobs.ts";
import {
  executorOption,
  experimentsOption,
  jobsOption,
  scaleOption,
  siteOption,
} from "./experiment/options.ts";
import { runtimeOf, type RuntimeOptions, withRuntimeOptions } from "./experiment/runtime.ts";
import { onInterrupt } from "./terminal/interrupt.ts";
import { openProgress } from "./terminal/progress.ts";

interface Options extends RuntimeOptions {
  readonly scale: Scale;
  readonly world?: string;
  readonly data?: string;
  readonly models?: string;
  readonly jobs?: number;
  readonly executor: string;
  readonly site: string;
  readonly json?: true;
  readonly lab: string;
  readonly experiments: string;
}

/** A place where the two runs differ. */
export interface Discrepancy {
  readonly run: string;
  readonly step: string;
  readonly what: string;
}

/** Runs the command line. @returns the exit code */
export async function verifyMain(args: readonly string[]): Promise<number> {
  const program = withRuntimeOptions(
    command(
      "verify",
      "Runs experiments twice in fresh processes, the second time by --executor, and compares",
    )
      .argument("[ids...]", "experiments; all without any")
      .option("--scale <scale>", "smoke, demo, micro, small or full", scaleOption, "smoke")
      .option("--world <world>", "where text and benchmarks come from; the method's first by default")
      .addOption(new Option("--data <folder>", "folder of real data sets").env("LINGUALIFT_DATA"))
      .addOption(new Option("--models <folder>", "folder of checkpoints").env("LINGUALIFT_MODELS"))
      .addOption(jobsOption())
      .addOption(executorOption())
      .addOption(siteOption())
      .option("--json", "the outcome as JSON")
      .addOption(
        new Option("--lab <folder>", "the two runs are kept below this").default(join(ROOT, ".lab"), ".lab"),
      )
      .addOption(experimentsOption()),
  );
  const parsed = parse<Options>(program, args);
  if (!parsed) return 0;
  const { options } = parsed;
  const found = await findExperiments(options.experiments, parsed.args, tell);
  const [first, second] = atLeast(
    ["first", "second"].map((name) => labPaths(join(options.lab, "verify", name))),
    2,
  );
  const runs = await performTwice(first, second, { found, options });
  const differences = runs.flatMap((run) => compareRun(first, second, run));
  if (options.json) {
    print(JSON.stringify({ runs: runs.map(({ id }) => id), differences }, null, 2));
  } else {
    for (const { run, step, what } of differences) print(`${run}: step "${step}": ${what}`);
    const same = runs.length - new Set(differences.map(({ run }) => run)).size;
    print(`${same} of ${runs.length} runs gave the same bytes twice`);
  }
  return differences.length > 0 ? 1 : 0;
}

async function performTwice(
  first: LabPaths,
  second: LabPaths,
  { found, options }: { found: Awaited<ReturnType<typeof findExperiments>>; options: Options },
): Promise<readonly DecidedRun[]> {
  let planned: readonly DecidedRun[] = [];
  for (const paths of [first, second]) {
    removeTree(paths.root);
    const closures = openClosures(paths.cache);
    const selection = {
      found,
      variants: [],
      seeds: [1],
      scale: options.scale,
      world: options.world,
      data: options.data,
      models: options.models,
      runtime: runtimeOf(options),
    };
    planned = (await decide(paths, closures, selection, tell)).runs;
    const abort = new AbortController();
    const progress = openProgress({ total: planned.length });
    const stopListening = onInterrupt(abort, progress.remark);
    const traces = await traceRuns(paths, closures, planned, tell);
    const { site, jobs } = options;
    const executor = paths === first ? "local" : options.executor;
    const outcome = await runAll(planned, {
      paths,
      closures,
      traces,
      executor: openExecutor(executor, { paths, site, jobs, say: (text) => progress.line(text) }),
      resources: resourcesOf,
      jobs: options.jobs ?? jobsThatFit(planned),
      provenance: {},
      signal: abort.signal,
      events: {
        began: (run) => progress.began(run.id, { name: runName(run), short: run.spec.variant }),
        message(run, message) {
          if (message.type === "step") progress.step(run.id, message.step, message.step);
          if (message.type === "progress") progress.progress(run.id, message);
        },
        ended(run, ending) {
          const isWord = typeof ending === "string";
          progress.ended(run.id, isWord ? ending : "error" in ending ? "failed" : "done");
        },
      },
      afterRun: () => Promise.resolve(),
    });
    progress.stop();
    stopListening();
    if (outcome.left > 0) await cancelRuns(paths, planned, { name: executor, site });
    if (outcome.interrupted) throw new UserError("Interrupted: nothing was compared", { exitCode: 130 });
    const [failed] = outcome.failed;
    if (failed !== undefined) {
      const { run, error } = failed;
      throw new UserError(`Cannot verify: ${runName(run)} failed: ${error}`, { exitCode: 1 });
    }
  }
  return planned;
}

/** Where the two labs' results of one run differ; the first difference of each step. */
function compareRun(first: LabPaths, second: LabPaths, run: Pick<DecidedRun, "id">): Discrepancy[] {
  const [a, b] = [first, second].map((paths) => readRecords(paths, tell).get(run.id));
  if (!a || !b) return [{ run: run.id, step: "", what: "one of the two runs left no record" }];
  return a.steps.flatMap((step, at) => {
    const other = b.steps[at];
    const say = (what: string): Discrepancy[] => [{ run: run.id, step: step.step, what }];
    if (other?.key !== step.key) return say("the second run made another step here");
    const [one, two] = [readStep(first, step.key), readStep(second, step.key)];
    const file = one.files.find(({ name, hash }) => two.files.find((f) => f.name === name)?.hash !== hash);
    if (file || one.files.length !== two.files.length) return say(`file "${file?.name ?? "?"}" differs`);
    for (const [index, { object }] of one.answers.entries()) {
      const twin = two.answers[index]?.object;
      if (twin !== object) {
        return say(firstDifferentLine(objectPath(first, object), objectPath(second, twin ?? "")));
      }
    }
    const same = JSON.stringify([one.value, one.scores]) === JSON.stringify([two.value, two.scores]);
    return same ? [] : say("its value or scores differ");
  });
}

function readStep(paths: LabPaths, key: string): StepRecord {
  const path = join(artifactDir(paths, key), "step.json");
  return decodeChecked(Deno.readTextFileSync(path), path) as StepRecord;
}

function firstDifferentLine(one: string, two: string): string {
  const [a, b] = atLeast([one, two].map((path) => Deno.readTextFileSync(path).split("\n")), 2);
  const at = a.findIndex((line, index) => line !== b[index]);
  return `answer ${at + 1} differs:\n  first  ${a[at]}\n  second ${b[at]}`;
}

if (import.meta.main) await exitWith(() => verifyMain(Deno.args));
