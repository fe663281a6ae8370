/**
 * Deciding what there is to do: every run of the chosen experiments, variants and seeds is done (a record with its
 * identity exists) or not, and then why; for `--plan` also which of its steps are cached and how long it will take.
 * @module
 */
import { didYouMean, UserError } from "../../errors.ts";
import { loadArtifact } from "../record/artifact.ts";
import type { ClosureReader } from "../code/closure.ts";
import type { Found } from "../experiment/discover.ts";
import { explainChange } from "./explain.ts";
import type { LabPaths } from "../record/paths.ts";
import { inputFiles, type PreparedRun, preparer, slotOf } from "./prepare.ts";
import { type AnyExperiment, variantNames } from "./resolve.ts";
import { variantsIn } from "./world_rows.ts";
import type { RunRecord } from "../record/record.ts";
import { currentRuns, readFailures, readRecords } from "../record/records.ts";
import { stepKey } from "../run/step.ts";
import type { Artifact, RunContext, Runtime, Scale, StepDefinition } from "../experiment/types.ts";

/** What the user asked for. */
export interface Selection {
  readonly found: readonly Found[];
  /** Empty: all. */
  readonly variants: readonly string[];
  readonly seeds: readonly number[];
  readonly scale: Scale;
  readonly world?: string | undefined;
  readonly data?: string | undefined;
  readonly models?: string | undefined;
  readonly runtime: Runtime;
}

/** A run with the decision on it. */
export interface DecidedRun extends PreparedRun {
  readonly file: string;
  readonly done: boolean;
  /** Why it is to do; empty when it is done. */
  readonly reasons: readonly string[];
  /** The record that counted for its slot so far. */
  readonly previous?: RunRecord | undefined;
}

/** The decisions and the records they rest on. */
export interface Plan {
  readonly runs: readonly DecidedRun[];
  readonly records: ReadonlyMap<string, RunRecord>;
}

/** Decides on all runs: experiments in order, then seeds, then variants, so that a first seed is complete early. */
export async function decide(
  paths: LabPaths,
  closures: ClosureReader,
  selection: Selection,
  notice: (message: string) => void,
): Promise<Plan> {
  const records = readRecords(paths, notice);
  const failures = readFailures(paths, notice);
  const current = currentRuns(paths, records);
  const prepare = preparer(closures);
  const runs: DecidedRun[] = [];
  for (const { experiment, file } of selection.found) {
    const variants = chosenVariants(selection, experiment);
    const world = worldOf(experiment, selection);
    for (const seed of selection.seeds) {
      for (const variant of variants) {
        const { scale, data, models, runtime } = selection;
        const run = await prepare(experiment, { variant, seed, scale, world, data, models, runtime });
        const done = records.has(run.id);
        const slot = slotOf({ experiment: experiment.id, variant, seed, scale, world });
        const previous = records.get(current.get(slot) ?? "");
        const reasons = done ? [] : reasonsOf(paths, run, previous, failures.get(run.id)?.message);
        runs.push({ ...run, file, done, reasons, previous });
      }
    }
  }
  return { runs, records };
}

/** The world of an experiment's runs: the one asked for, else the method's for the scale. */
export function worldOf(
  { method: { worldAt, worlds } }: AnyExperiment,
  { world, scale }: Pick<Selection, "world" | "scale">,
): string {
  return world ?? worldAt?.[scale] ?? worlds[0];
}

/** The rows that are asked for, in order; without a name all that run in the world. @throws {UserError} for one that no experiment has */
export function chosenVariants(selection: Selection, experiment: AnyExperiment): readonly string[] {
  const names = variantNames(experiment);
  if (selection.variants.length === 0) return variantsIn(experiment, worldOf(experiment, selection));
  for (const variant of selection.variants) {
    // With several experiments a variant may exist in only some of them.
    const anywhere = selection.found.some(({ experiment }) => variantNames(experiment).includes(variant));
    if (!anywhere) {
      throw new UserError(
        `Unknown variant "${variant}" of "${experiment.id}": ${didYouMean(variant, names)}`,
      );
    }
  }
  return names.filter((name) => selection.variants.includes(name));
}

/** The reason that is no news. */
export const NOT_RUN_YET = "not run yet";

function reasonsOf(
  paths: LabPaths,
  run: PreparedRun,
  previous: RunRecord | undefined,
  failure: string | undefined,
): string[] {
  if (failure !== undefined) return [`failed before: ${failure.split("\n")[0]}`];
  if (!previous) return [NOT_RUN_YET];
  return explainChange(paths, previous.ingredients, run.ingredients, run.code.closure);
}

/** A step as far as it is known before the run. */
export interface TracedStep {
  readonly step: string;
  readonly key: string;
  readonly cached: boolean;
}

/** A run's steps, in order; `complete` when none depends on a value that is not there yet. */
export interface Trace {
  readonly steps: TracedStep[];
  readonly complete: boolean;
}

/** A step's value was asked for that is not there yet. */
class NotThereYet extends Error {}

/**
 * Follows a method's run without computing: takes cached steps' values and stops where the way on depends on a value
 * that is not there yet.
 * @param look is shown what each step is given
 */
export async function traceSteps(
  paths: LabPaths,
  closures: ClosureReader,
  run: PreparedRun,
  notice: (message: string) => void,
  look?: (step: string, input: unknown) => void,
): Promise<Trace> {
  const steps: TracedStep[] = [];
  const { method, recipe } = run.resolved;
  const host = { closures, runtime: run.spec.runtime, runtimeKeys: method.runtime };
  const context: RunContext = {
    ...run.spec,
    benchmarks: run.benchmarks,
    ...inputFiles(run),
    step<I, O>(definition: StepDefinition<I, O>, input: I): Promise<Artifact<O>> {
      const { key } = stepKey(definition, input, host);
      const record = loadArtifact(paths, key, notice);
      steps.push({ step: definition.id, key, cached: record !== undefined });
      look?.(definition.id, input);
      const stop = (): never => {
        throw new NotThereYet();
      };
      return Promise.resolve({
        kind: "artifact" as const,
        key,
        get dir(): string {
          return record ? `${paths.artifacts}/${key}` : stop();
        },
        get value(): O {
          return record ? record.value as O : stop();
        },
      });
    },
  };
  try {
    await method.run(recipe, context);
    return { steps, complete: true };
  } catch (error) {
    if (error instanceof NotThereYet) return { steps, complete: false };
    throw error;
  }
}

/** The traces of several runs, by run. */
export async function traceRuns(
  paths: LabPaths,
  closures: ClosureReader,
  runs: readonly PreparedRun[],
  notice: (message: string) => void,
): Promise<Map<string, Trace>> {
  const traces = new Map<string, Trace>();
  for (const run of runs) traces.set(run.id, await traceSteps(paths, closures, run, notice));
  return traces;
}
