/**
 * What runs are called.
 * @module
 */
import type { DecidedRun } from "../plan/decide.ts";

/** Name of a run for people: "stage_removal / w/o align / seed 2". */
export function runName(run: DecidedRun): string {
  return `${run.experiment.id} / ${run.spec.variant} / seed ${run.spec.seed}`;
}
