/**
 * Wilson's score interval of a proportion: honest at small n and near 0 and 1, where the usual p +- z se is not.
 *
 * Wilson (1927), J. Am. Stat. Assoc. 22:209-212; Newcombe (1998), Statistics in Medicine 17:857-872, method 3.
 * It takes the n answers as independent; for several languages over the same problems use `clusteredAccuracy`.
 * @module
 */
import { normalQuantile } from "./_distributions.ts";
import { checkCounts, checkLevel, type Interval } from "./interval.ts";

/**
 * Wilson's score interval for k successes in n, without continuity correction.
 * @throws {RangeError} on impossible counts.
 *
 * @example
 * ```ts
 * import { wilson } from "./wilson.ts";
 * import { strictEqual } from "node:assert/strict";
 * const { low, high } = wilson(81, 263); // Newcombe (1998), Table I: 0.2553 to 0.3662
 * strictEqual(`${low.toFixed(4)} ${high.toFixed(4)}`, "0.2553 0.3662");
 * ```
 */
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
