/**
 * `deno task export RUN --to DIR`: a run's trained system as a folder that Python's transformers opens.
 * @module
 */
import { resolve } from "node:path";
import { UserError } from "../errors.ts";
import { openClosures } from "../lab/code/closure.ts";
import { findExperiments } from "../lab/experiment/discover.ts";
import type { Runtime, Scale } from "../lab/experiment/types.ts";
import { decide, traceSteps } from "../lab/plan/decide.ts";
import { labPaths } from "../lab/record/paths.ts";
import type { RunRecord } from "../lab/record/record.ts";
import { readRecords } from "../lab/record/records.ts";
import { askedSystem, exportSystem } from "../method/export/export_system.ts";
import { command, parse } from "./command.ts";
import { exitWith } from "./exit.ts";
import { experimentsOption, labOption } from "./experiment/options.ts";
import { TORCH_PLACE } from "./experiment/runtime.ts";
import { readPlace } from "../engine/torch/place.ts";
import { findRun, fullName } from "./find_run.ts";
import { print, tell } from "./terminal/print.ts";
import { Option } from "commander";

interface Options {
  readonly to: string;
  readonly data?: string;
  readonly models?: string;
  readonly lab: string;
  readonly experiments: string;
}

const EXAMPLE = `
Example:
  deno task export stage_removal/LinguaLIFT --to exported
`;

/** Runs the command line. @returns the exit code */
async function exportMain(args: readonly string[]): Promise<number> {
  const program = command("export", "Writes a run's trained system as a folder for Python's transformers")
    .argument("<run>", 'its id, or "experiment/variant" with seed, scale and world as far as needed')
    .requiredOption("--to <folder>", "a new folder")
    .addOption(new Option("--data <folder>", "folder of real data sets").env("LINGUALIFT_DATA"))
    .addOption(new Option("--models <folder>", "folder of checkpoints").env("LINGUALIFT_MODELS"))
    .addOption(labOption())
    .addOption(experimentsOption())
    .addHelpText("after", EXAMPLE);
  const parsed = parse<Options>(program, args);
  if (!parsed) return 0;
  const { options: { to, lab, ...places }, args: [name] } = parsed;
  const paths = labPaths(resolve(lab));
  const record = findRun(paths, readRecords(paths, tell), name!);
  const { input, runtime } = await answered(paths, record, places);
  const { system, asked } = askedSystem(input);
  await exportSystem(system, { ...asked, origin: fullName(record) }, resolve(to), runtime);
  print(`Wrote "${to}": its README.md says how to open it`);
  return 0;
}

/** What the run's system was last asked with. @throws {UserError} when it is not there with the code as it is */
async function answered(
  paths: ReturnType<typeof labPaths>,
  record: RunRecord,
  { data, models, experiments }: Pick<Options, "data" | "models" | "experiments">,
): Promise<{ input: unknown; runtime: Runtime }> {
  const { experiment, variant, seed, scale, world } = record;
  const closures = openClosures(paths.cache);
  const found = await findExperiments(experiments, [experiment], tell);
  const runtime = runtimeIn(record);
  const selection = {
    found,
    variants: [variant],
    seeds: [seed],
    scale: scale as Scale,
    world,
    data: data === undefined ? undefined : resolve(data),
    models: models === undefined ? undefined : resolve(models),
    runtime,
  };
  const { runs } = await decide(paths, closures, selection, tell);
  let input: unknown;
  const { steps } = await traceSteps(paths, closures, runs[0]!, tell, (step, given) => {
    if (step === "answer") input = given;
  });
  if (steps.findLast(({ step }) => step === "answer")?.cached) return { input, runtime };
  throw new UserError(
    `Cannot export "${
      fullName(record)
    }": its system is not there with the code and data as they are; run it again`,
  );
}

/** The options of the machine that a run had. */
function runtimeIn({ ingredients: { other } }: RunRecord): Runtime {
  const { device = "cpu", engine = "onnx", threads = "1", packages, dtype, processes, micro_batch } = other;
  return {
    // Where it lies is part of no record.
    program: engine === "torch" ? readPlace(TORCH_PLACE)?.program : undefined,
    device,
    engine,
    threads: Number(threads),
    packages,
    dtype: dtype as Runtime["dtype"],
    processes: processes === undefined ? undefined : Number(processes),
    micro_batch: micro_batch === undefined ? undefined : Number(micro_batch),
  };
}

if (import.meta.main) await exitWith(() => exportMain(Deno.args));
