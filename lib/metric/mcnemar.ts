/**
 * McNemar's test for two systems on the same items, exact and mid-p: only the items on which they disagree speak.
 *
 * McNemar (1947), Psychometrika 12:153-157; mid-p and the worked examples: Fagerland, Lydersen & Laake (2013), BMC Medical
 * Research Methodology 13:91. It takes items as independent; over several languages use `pairedDifference`.
 * @module
 */
import { halfBinomialCdf, halfBinomialPmf } from "./_distributions.ts";

export interface McNemar {
  /** Items that only the first system got right. */
  readonly onlyFirst: number;
  /** Items that only the second system got right. */
  readonly onlySecond: number;
  /** Two-sided exact conditional p (binomial with 1/2 over the disagreements); never above its level. */
  readonly p: number;
  /** Two-sided mid-p: less conservative, close to its level. */
  readonly midP: number;
}

/** @throws {RangeError} unless both are non-negative integers. */
export function mcnemar(onlyFirst: number, onlySecond: number): McNemar {
  for (const count of [onlyFirst, onlySecond]) {
    if (!Number.isInteger(count) || count < 0) {
      throw new RangeError(`Cannot use ${count} as a number of items`);
    }
  }
  const n = onlyFirst + onlySecond, fewer = Math.min(onlyFirst, onlySecond);
  if (n === 0) return { onlyFirst, onlySecond, p: 1, midP: 1 };
  const point = halfBinomialPmf(fewer, n);
  if (onlyFirst === onlySecond) return { onlyFirst, onlySecond, p: 1, midP: 1 - point / 2 };
  const p = Math.min(1, 2 * halfBinomialCdf(fewer, n));
  return { onlyFirst, onlySecond, p, midP: p - point };
}

/** McNemar's test from two lists of right and wrong in the same order. @throws {RangeError} on unequal lengths. */
export function mcnemarOf(first: ArrayLike<boolean | number>, second: ArrayLike<boolean | number>): McNemar {
  if (first.length !== second.length) {
    throw new RangeError(`Cannot pair ${first.length} answers with ${second.length}`);
  }
  let onlyFirst = 0, onlySecond = 0;
  for (let i = 0; i < first.length; i++) {
    if (first[i] && !second[i]) onlyFirst++;
    if (second[i] && !first[i]) onlySecond++;
  }
  return mcnemar(onlyFirst, onlySecond);
}
