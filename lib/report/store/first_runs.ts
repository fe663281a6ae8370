/**
 * The runs that examples are taken of: each variant's first seed.
 * @module
 */
import type { Slice } from "../../results/slice.ts";

/** In the order of the variants; none of a variant that has not been run. */
export function firstRuns({ runs, variants }: Slice): Slice["runs"][number][] {
  const done = runs.filter(({ status }) => status === "done").sort((a, b) => a.seed - b.seed);
  return variants.flatMap(({ name }) => done.find(({ variant }) => variant === name) ?? []);
}
