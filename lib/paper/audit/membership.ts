/**
 * Which languages a printed mean is over. Tables with row groups say so; others do not, so it is inferred: of all subsets
 * of the languages, the one whose means agree with the most printed ones, over every table of the benchmark.
 * @module
 */
import type { PaperCell } from "../paper.ts";
import { meet, type Range, roundingRange, scoreRange } from "./printed.ts";

/** Above this many languages the subsets are too many to try. */
const MOST_LANGUAGES = 16;

/** One printed mean with the scores it may be over. */
export interface MeanRow {
  readonly mean: PaperCell;
  readonly scores: readonly PaperCell[];
}

/** Sums of scores over every subset of them, indexed by bit mask: as printed, and as the ranges allow. */
export interface SubsetSums {
  readonly printed: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/** @throws {RangeError} for more than 16 scores. */
function subsetSums(scores: readonly PaperCell[]): SubsetSums {
  if (scores.length > MOST_LANGUAGES) {
    throw new RangeError(`Cannot try all subsets of ${scores.length} scores`);
  }
  const size = 2 ** scores.length;
  const sums = { printed: new Float64Array(size), low: new Float64Array(size), high: new Float64Array(size) };
  const ranges = scores.map(scoreRange);
  for (let mask = 1; mask < size; mask++) {
    const bit = 31 - Math.clz32(mask), rest = mask ^ (1 << bit);
    sums.printed[mask] = sums.printed[rest]! + scores[bit]!.value!;
    sums.low[mask] = sums.low[rest]! + ranges[bit]!.low;
    sums.high[mask] = sums.high[rest]! + ranges[bit]!.high;
  }
  return sums;
}

/** Number of scores in a subset. */
export function sizeOf(mask: number): number {
  let size = 0;
  for (let rest = mask; rest > 0; rest &= rest - 1) size++;
  return size;
}

/** Whether the mean of a subset can print as `range`: from the exact scores, or from the scores as printed. */
export function follows(sums: SubsetSums, mask: number, range: Range): boolean {
  const size = sizeOf(mask);
  return meet(range, { low: sums.low[mask]! / size, high: sums.high[mask]! / size }) ||
    meet(range, { low: sums.printed[mask]! / size, high: sums.printed[mask]! / size });
}

/**
 * The scopes whose mean agrees with most of the rows' printed means; null when no subset agrees with two rows and half
 * of them. All rows must have scores for the same scopes.
 */
export function inferMembers(rows: readonly MeanRow[]): readonly string[] | null {
  const scopes = rows[0]!.scores.map((cell) => cell.scope).toSorted();
  if (scopes.length > MOST_LANGUAGES) return null;
  const agreed = new Uint16Array(2 ** scopes.length), distance = new Float64Array(agreed.length);
  for (const { mean, scores } of rows) {
    const ordered = scores.toSorted((a, b) => a.scope < b.scope ? -1 : 1);
    const sums = subsetSums(ordered), range = roundingRange(mean.printed);
    for (let mask = 1; mask < agreed.length; mask++) {
      if (follows(sums, mask, range)) agreed[mask]!++;
      distance[mask]! += Math.abs(sums.printed[mask]! / sizeOf(mask) - mean.value!);
    }
  }
  let best = 1;
  for (let mask = 2; mask < agreed.length; mask++) {
    if (
      agreed[mask]! > agreed[best]! || (agreed[mask] === agreed[best] && distance[mask]! < distance[best]!)
    ) {
      best = mask;
    }
  }
  if (agreed[best]! < 2 || agreed[best]! * 2 < rows.length) return null;
  return scopes.filter((_, bit) => best >> bit & 1);
}
