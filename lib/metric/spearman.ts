/**
 * Spearman's rank correlation, ties at their mean rank, with an interval and a p.
 *
 * Interval: Fisher z with the variance (1 + rho^2 / 2) / (n - 3) of Bonett & Wright (2000), Psychometrika 65:23-28.
 * p: exact over all orders up to n = 9 (a handful of languages is the usual n here), Student's t beyond
 * (Kendall & Gibbons, Rank Correlation Methods, 5th ed., 4.6).
 * @module
 */
import { normalQuantile, tTwoSided } from "./_distributions.ts";
import { checkLevel, type Interval } from "./interval.ts";

const EXACT_UP_TO = 9;

/** A rank correlation with its interval and test. */
export interface Spearman extends Interval {
  readonly rho: number;
  readonly p: number;
  readonly n: number;
}

/**
 * Spearman's rho of pairs (x[i], y[i]); null where it is undefined (fewer than 3 pairs, or a side that never varies).
 * Below 4 pairs the interval is [-1, 1]. At rho = +-1 the far limit is taken from the next attainable value inside.
 * @throws {RangeError} on unequal lengths or values that are not finite.
 */
export function spearman(x: readonly number[], y: readonly number[], level = 0.95): Spearman | null {
  checkLevel(level);
  if (x.length !== y.length) throw new RangeError(`Cannot correlate ${x.length} values with ${y.length}`);
  if (![...x, ...y].every(Number.isFinite)) throw new RangeError("Cannot rank a value that is not finite");
  const n = x.length;
  if (n < 3 || new Set(x).size === 1 || new Set(y).size === 1) return null;
  const rankX = midranks(x), rankY = midranks(y);
  const rho = rankCorrelation(rankX, rankY);
  const exact = n <= EXACT_UP_TO;
  const p = exact ? permutationP(rankX, rankY) : tTwoSided(rho * Math.sqrt((n - 2) / (1 - rho * rho)), n - 2);
  return { rho, p, n, ...limits(rho, n, level), level, method: `bonett-wright|p=${exact ? "exact" : "t"}` };
}

/** Pearson's r of two lists of ranks; sums of half-integers are exact, so a perfect order gives exactly +-1. */
function rankCorrelation(rankX: readonly number[], rankY: readonly number[]): number {
  const middle = (rankX.length + 1) / 2;
  let xy = 0, xx = 0, yy = 0;
  for (let i = 0; i < rankX.length; i++) {
    const a = rankX[i]! - middle, b = rankY[i]! - middle;
    xy += a * b;
    xx += a * a;
    yy += b * b;
  }
  return xy / Math.sqrt(xx * yy);
}

/** Ranks from 1, equal values sharing the mean of their places. */
export function midranks(values: readonly number[]): number[] {
  const order = values.map((_, i) => i).sort((a, b) => values[a]! - values[b]!);
  const ranks = new Array<number>(values.length);
  for (let from = 0; from < order.length;) {
    let to = from;
    while (to + 1 < order.length && values[order[to + 1]!] === values[order[from]!]) to++;
    for (let i = from; i <= to; i++) ranks[order[i]!] = (from + to) / 2 + 1;
    from = to + 1;
  }
  return ranks;
}

function limits(rho: number, n: number, level: number): { low: number; high: number } {
  if (n < 4) return { low: -1, high: 1 };
  const inside = 1 - 12 / (n * n * n - n);
  const r = Math.max(-inside, Math.min(inside, rho));
  const half = normalQuantile((1 + level) / 2) * Math.sqrt((1 + r * r / 2) / (n - 3));
  const z = Math.atanh(r);
  return {
    low: rho <= -inside ? Math.min(rho, Math.tanh(z - half)) : Math.tanh(z - half),
    high: rho >= inside ? Math.max(rho, Math.tanh(z + half)) : Math.tanh(z + half),
  };
}

/** The share of all n! pairings whose |covariance of ranks| is at least the observed one (Heap's algorithm). */
function permutationP(rankX: readonly number[], rankY: readonly number[]): number {
  const middle = (rankX.length + 1) / 2;
  const a = rankX.map((r) => r - middle), b = rankY.map((r) => r - middle);
  const covariance = () => Math.abs(a.reduce((sum, v, i) => sum + v * b[i]!, 0));
  const observed = covariance() - 1e-9;
  const counters = new Array<number>(b.length).fill(0);
  let hits = 1, all = 1;
  for (let i = 1; i < b.length;) {
    if (counters[i]! < i) {
      const j = i % 2 === 0 ? 0 : counters[i]!;
      [b[i], b[j]] = [b[j]!, b[i]!];
      if (covariance() >= observed) hits++;
      all++;
      counters[i]!++;
      i = 1;
    } else {
      counters[i] = 0;
      i++;
    }
  }
  return hits / all;
}
