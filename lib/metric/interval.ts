/**
 * What every estimate here looks like: a value between two limits, with the name of the method that made them.
 * @module
 */

/** A two-sided confidence interval. */
export interface Interval {
  readonly low: number;
  readonly high: number;
  /** Nominal coverage, 0.95 unless asked otherwise. */
  readonly level: number;
  /** How the limits were made, short enough for a tooltip: `wilson`, `percentile2000|cluster`, ... */
  readonly method: string;
}

/** A point estimate with its interval. */
export interface Estimate extends Interval {
  readonly value: number;
}

/** @throws {RangeError} unless 0 < level < 1. */
export function checkLevel(level: number): void {
  if (!(level > 0 && level < 1)) {
    throw new RangeError(`Cannot use a confidence level of ${level}: it must lie between 0 and 1`);
  }
}

/** @throws {RangeError} unless k and n are integers with 0 <= k <= n and n > 0. */
export function checkCounts(k: number, n: number): void {
  if (!Number.isInteger(k) || !Number.isInteger(n) || k < 0 || n <= 0 || k > n) {
    throw new RangeError(
      `Cannot use ${k} of ${n} as a proportion: wanted integers with 0 <= k <= n and n > 0`,
    );
  }
}
