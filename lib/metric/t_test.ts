/**
 * The test that belongs to the interval of `summariseSeeds`. Not in `mod.ts`, which training steps reach through
 * `lib/world/open`: a step is run again when code that it reaches changes.
 * @module
 */
import { tTwoSided } from "./_distributions.ts";
import type { SeedSummary } from "./seeds.ts";

/**
 * Two-sided p of a mean of zero by Student's t, for the mean of differences; below 5 % exactly where the 95 % interval
 * leaves out zero. 1 for a mean of zero, with or without spread.
 */
export function pOfZero(
  { value, standardError, df }: Pick<SeedSummary, "value" | "standardError" | "df">,
): number {
  return value === 0 ? 1 : tTwoSided(value / standardError, df);
}
