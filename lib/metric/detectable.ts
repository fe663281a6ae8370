/**
 * Minimum detectable difference: how far apart two systems must truly be for this many items to show it. A claim about
 * a smaller difference is "not resolvable at this n", whatever the measured numbers.
 * @module
 */
import { normalQuantile, tQuantile } from "./_distributions.ts";

/** With which power, at which level, a difference is to be seen. */
export interface PowerOptions {
  /** Two-sided level of the test; default 0.05. Divide by the number of cells when they are corrected together. */
  readonly alpha?: number;
  /** Chance of seeing a true difference of that size; default 0.8. */
  readonly power?: number;
  /** Degrees of freedom of the standard error; without them it counts as known. */
  readonly df?: number | undefined;
}

/**
 * From a standard error: (q_{1-alpha/2} + q_power) se, with the normal's quantiles or, where few seeds make the standard
 * error itself uncertain, Student's. Bloom (1995), Evaluation Review 19:547-556.
 */
export function minimumDetectable(standardError: number, options: PowerOptions = {}): number {
  const { alpha = 0.05, power = 0.8, df } = options;
  if (!(alpha > 0 && alpha < 1 && power > 0 && power < 1)) {
    throw new RangeError(`Cannot plan with alpha ${alpha} and power ${power}: both must lie between 0 and 1`);
  }
  const quantile = (p: number) => df === undefined ? normalQuantile(p) : tQuantile(p, df);
  return (quantile(1 - alpha / 2) + quantile(power)) * standardError;
}

/**
 * How many times as many independent units (problems; seeds where there are several) would detect a true difference of
 * `effect`, when `detectable` is the smallest that is detected now: a standard error falls with the root of their number.
 * @returns Infinity for an effect of 0
 */
export function unitsFactor(detectable: number, effect: number): number {
  return (detectable / effect) ** 2;
}
