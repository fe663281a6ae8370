/**
 * What is kept of a run that has ended: its record, or why it failed.
 * @module
 */
import { UserError } from "../../errors.ts";
import { asUserError, EnvironmentError } from "../../os_errors.ts";
import { declare } from "../experiment/declare.ts";
import type { DecidedRun } from "../plan/decide.ts";
import { putJson } from "../record/objects.ts";
import type { LabPaths } from "../record/paths.ts";
import { timestamp } from "../record/provenance.ts";
import { RECORD_VERSION, type RunRecord } from "../record/record.ts";
import { writeFailure, writeRecord } from "../record/records.ts";
import type { WorkerResult } from "./messages.ts";

/** What a run came to; `isForAll`: no other run would fare better. */
export type Ended = { readonly record: RunRecord } | { readonly error: string; readonly isForAll?: boolean };

/** What is known of it beside its result. */
export interface Circumstances {
  readonly paths: LabPaths;
  /** What holds for all runs of this start. */
  readonly provenance: Readonly<Record<string, string>>;
  readonly executor: string;
  /** When the lab began with it, and how long ago that is. */
  readonly started: string;
  readonly wall_s: number;
  /** Whether the lab was asked to stop: a run that it stopped has not failed. */
  readonly isStopped: boolean;
}

/** Writes it down. @throws what `caught` knows of, say on a full disk */
export function keepResult(
  run: DecidedRun,
  result: WorkerResult,
  { paths, executor, started, wall_s, isStopped, ...circumstances }: Circumstances,
): Ended {
  // A whole run asks for no end before its own.
  if (result.type === "prepared") throw new Error(`The run "${run.id}" ended after its shared steps`);
  if (result.type === "failed") {
    const { message, stack, isForAll } = result;
    if (!isStopped && !isForAll) {
      writeFailure(paths, { ...recordKey(run), started, finished: timestamp(), wall_s, message, stack });
    }
    return { error: message, isForAll };
  }
  // The record names it by its hash.
  putJson(paths, run.code.closure);
  const { process, host, cpu, steps } = result;
  const provenance = { ...circumstances.provenance, executor, host, process, cpu };
  const record = recordOf(run, putJson(paths, declarationOf(run)), {
    provenance,
    started,
    finished: timestamp(),
    wall_s: result.wall_s,
    cpu_s: result.cpu_s,
    peak_bytes: result.peak_bytes,
    steps: [...steps],
  });
  writeRecord(paths, record);
  return { record };
}

/** What a person can act on, as the end of a run. @throws what else goes wrong */
export function caught(paths: LabPaths, work: () => Ended): Ended {
  try {
    return work();
  } catch (error) {
    return endOf(paths, error);
  }
}

/** @throws the error itself when a person cannot act on it */
export function endOf(paths: LabPaths, error: unknown): Ended {
  const known = asUserError(error, paths.root);
  if (!(known instanceof UserError)) throw error;
  return { error: known.message, isForAll: known instanceof EnvironmentError && known.isBelow(paths.root) };
}

function declarationOf({ experiment, file, spec: { scale, world }, benchmarks }: DecidedRun) {
  return declare(experiment, { file, scale, world, benchmarks });
}

function recordOf(
  run: DecidedRun,
  declaration: string,
  { provenance, ...measured }: Pick<
    RunRecord,
    "provenance" | "started" | "finished" | "wall_s" | "cpu_s" | "peak_bytes" | "steps"
  >,
): RunRecord {
  const { device, engine, threads } = run.spec.runtime;
  return {
    format: "lingualift-run",
    version: RECORD_VERSION,
    ...recordKey(run),
    ingredients: run.ingredients,
    recipe: [...run.resolved.fields],
    inputs: run.inputs.map(({ name, hash, bytes }) => ({ name, hash, bytes })),
    declaration,
    ...measured,
    provenance: { ...provenance, code: run.code.hash, device, engine, threads: String(threads) },
  };
}

/** What a run record says of which run it is. */
export function recordKey(run: DecidedRun): Pick<
  RunRecord,
  | "id"
  | "experiment"
  | "experiment_version"
  | "variant"
  | "seed"
  | "scale"
  | "world"
  | "method"
  | "method_version"
  | "identity"
> {
  const { experiment, spec, resolved } = run;
  return {
    id: run.id,
    experiment: experiment.id,
    experiment_version: experiment.version,
    variant: spec.variant,
    seed: spec.seed,
    scale: spec.scale,
    world: spec.world,
    method: resolved.method.id,
    method_version: resolved.method.version,
    identity: run.identity,
  };
}
