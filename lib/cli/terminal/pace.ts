/**
 * How long a step will take by its pace so far.
 * @module
 */
import type { StepProgress } from "./progress_types.ts";

/** How far a step was when its first progress came, and when, in ms: a resumed training does not begin at zero. */
export interface Start {
  readonly done: number;
  readonly at: number;
}

/** Seconds to the end of the step; undefined before there is a pace. */
export function secondsLeft(
  first: Start | undefined,
  last: Pick<StepProgress, "done" | "total"> | undefined,
  now: number,
): number | undefined {
  if (!first || !last || last.done <= first.done) return undefined;
  return (now - first.at) / 1000 * (last.total - last.done) / (last.done - first.done);
}
