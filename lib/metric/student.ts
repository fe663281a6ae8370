/**
 * The test that belongs to the interval of `summariseSeeds`. Not in `mod.ts`, which training steps reach through
 * `lib/world/open`: a step is run again when code that it reaches changes.
 * @module
 */
import { tTwoSided } from "./_distributions.ts";
import type { SeedSummary } from "./seeds.ts";

/**
 * Two-sided p of a mean of zero by Student's t, for the mean of differences; below 5 % exactly where the 95 % interval
 * leaves out zero. Without any spread 1 for a mean of zero and 0 for any other.
 */
export function pOfZero(
  { value, standardError, df }: Pick<SeedSummary, "value" | "standardError" | "df">,
): number {
  if (standardError === 0) return value === 0 ? 1 : 0;
  return tTwoSided(value / standardError, df);
}
