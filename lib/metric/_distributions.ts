/**
 * The few distribution functions the statistics need. Quantiles and tails come from jstat (untyped, so typed here).
 * @module
 */
import jstat from "jstat";

interface Distributions {
  normal: { inv(p: number, mean: number, sd: number): number };
  studentt: { inv(p: number, df: number): number; cdf(t: number, df: number): number };
}

// jstat ships no types; this is the part of its documented API that is used.
const distributions = jstat as unknown as Distributions;

/** z with P(N(0, 1) <= z) = p. */
export function normalQuantile(p: number): number {
  return distributions.normal.inv(p, 0, 1);
}

/** t with P(T <= t) = p for Student's t with `df` degrees of freedom (may be fractional). */
export function tQuantile(p: number, df: number): number {
  return distributions.studentt.inv(p, df);
}

/** Two-sided p of Student's t. */
export function tTwoSided(t: number, df: number): number {
  return Math.min(1, 2 * distributions.studentt.cdf(-Math.abs(t), df));
}

/** The quantile `p` of ascending `sorted`, linear between order statistics (Hyndman-Fan type 7, R's default). */
export function sortedQuantile(sorted: Float64Array, p: number): number {
  const at = (sorted.length - 1) * p;
  const low = Math.floor(at);
  const high = Math.min(low + 1, sorted.length - 1);
  return sorted[low]! + (at - low) * (sorted[high]! - sorted[low]!);
}
