/**
 * Accuracy with Wilson's score interval: honest at small n and near 0 and 1, where the usual p +- z se is not.
 *
 * Wilson (1927), J. Am. Stat. Assoc. 22:209-212; Newcombe (1998), Statistics in Medicine 17:857-872, method 3.
 * It takes the n answers as independent; for several languages over the same problems use `clusteredAccuracy`.
 * @module
 */
import { normalQuantile } from "./_distributions.ts";
import { checkCounts, checkLevel, type Estimate, type Interval } from "./interval.ts";

/** Wilson's score interval for k successes in n, without continuity correction. @throws {RangeError} on impossible counts. */
export function wilson(k: number, n: number, level = 0.95): Interval {
  checkCounts(k, n);
  checkLevel(level);
  const z = normalQuantile((1 + level) / 2);
  const p = k / n;
  const centre = (p + z * z / (2 * n)) / (1 + z * z / n);
  const half = z / (1 + z * z / n) * Math.sqrt(p * (1 - p) / n + z * z / (4 * n * n));
  return {
    low: k === 0 ? 0 : Math.max(0, centre - half),
    high: k === n ? 1 : Math.min(1, centre + half),
    level,
    method: "wilson",
  };
}

/**
 * k / n with Wilson's interval.
 *
 * @example
 * ```ts
 * import { accuracy } from "./accuracy.ts";
 * import { strictEqual } from "node:assert/strict";
 * const { value, low, high } = accuracy(81, 263); // Newcombe (1998), Table I: 0.2553 to 0.3662
 * strictEqual([value, low, high].map((x) => x.toFixed(4)).join(" "), "0.3080 0.2553 0.3662");
 * ```
 */
export function accuracy(
  k: number,
  n: number,
  level = 0.95,
): Estimate & { readonly k: number; readonly n: number } {
  return { k, n, value: k / n, ...wilson(k, n, level) };
}
