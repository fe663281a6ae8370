/**
 * Holm's step-down correction over the p-values of one table: controls the chance of any false finding in it, whatever
 * the dependence between its cells, and is never weaker than Bonferroni. Holm (1979), Scand. J. Statistics 6:65-70.
 * @module
 */

/**
 * Adjusted p-values in the order given; a difference is a finding at level alpha when its adjusted p <= alpha.
 * @throws {RangeError} when a p lies outside [0, 1].
 *
 * @example
 * ```ts
 * import { holm } from "./holm.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 * deepStrictEqual(holm([0.01, 0.04, 0.03, 0.005]).map((p) => p.toFixed(2)), ["0.03", "0.06", "0.06", "0.02"]);
 * ```
 */
export function holm(ps: readonly number[]): number[] {
  for (const p of ps) if (!(p >= 0 && p <= 1)) throw new RangeError(`Cannot correct the p-value ${p}`);
  const order = ps.map((_, i) => i).sort((a, b) => ps[a]! - ps[b]! || a - b);
  const adjusted = new Array<number>(ps.length);
  let running = 0;
  order.forEach((index, rank) => {
    running = Math.max(running, Math.min(1, (ps.length - rank) * ps[index]!));
    adjusted[index] = running;
  });
  return adjusted;
}
