/**
 * The two estimates that everything printed is made of: an accuracy and a paired difference of accuracies. With one seed
 * intervals and p are of other problems (bootstrap and sign flips, clustered by problem), with several of other seeds and
 * problems (`summariseSeeds`).
 * @module
 */
import type { Accuracy, Difference } from "../lab/experiment/results.ts";
import {
  clusteredAccuracy,
  type ClusteredScores,
  minimumDetectable,
  pairedDifference,
  pOfZero,
  type SeedSummary,
  summariseSeeds,
} from "../metric/mod.ts";
import { countsOf, type MarkSet, paired, scoresBySeed, scoresOf, seedsOf } from "./marks.ts";

/** How an estimate was made. */
interface Method {
  /** Seeds whose spread the interval includes; 1: it is of problems alone. */
  readonly covered: number;
  readonly method: string;
}
export type AccuracyEstimate = Omit<Accuracy, "unit"> & Method;
export type DifferenceEstimate = Omit<Difference, "unit" | "corrected"> & Method;

/** Seed of the bootstrap and the sign-flip test. */
const RESAMPLING = { seed: 0 };
/** Half of a 95 % interval in standard errors. */
const HALF = 1.959963984540054;

/** Mean over languages of right answers / answers; undefined when a language has no answers. */
export function accuracy(set: MarkSet): AccuracyEstimate | undefined {
  const scores = scoresOf(set);
  if (!scores) return undefined;
  const ofSeeds = overSeeds(scoresBySeed(set));
  const { low, high, method } = ofSeeds ?? clusteredAccuracy(scores, RESAMPLING);
  const counts = countsOf(set);
  return {
    // Added up as the reader's browser does it, so that both print the same digits.
    value: counts.reduce((sum, { k, n }) => sum + k / n, 0) / counts.length,
    low: Math.max(0, low),
    high: Math.min(1, high),
    k: counts.reduce((sum, { k }) => sum + k, 0),
    ...designOf(set, scores),
    covered: ofSeeds?.seeds.length ?? 1,
    method,
  };
}

/** First minus second on what both answered; undefined when that leaves a language without answers. */
export function difference(one: MarkSet, other: MarkSet): DifferenceEstimate | undefined {
  const [first, second] = paired(one, other);
  const [a, b] = [scoresOf(first), scoresOf(second)];
  if (!a || !b) return undefined;
  const [seedsA, seedsB] = [scoresBySeed(first), scoresBySeed(second)];
  const ofSeeds = overSeeds(seedsA?.map((row, s) => row.map((x, i) => x - seedsB![s]![i]!)));
  const found = ofSeeds
    ? { ...ofSeeds, p: pOfZero(ofSeeds) }
    : { ...pairedDifference(a, b, RESAMPLING), df: undefined };
  const { value, low, high, p, method } = found;
  return {
    value,
    low,
    high,
    p,
    detectable: detectable(found),
    ...designOf(first, a),
    covered: ofSeeds?.seeds.length ?? 1,
    method,
  };
}

/** Where resampling saw no spread, the interval's half-width stands in for the standard error. */
function detectable(
  { low, high, standardError, df }: {
    readonly low: number;
    readonly high: number;
    readonly standardError: number;
    readonly df?: number | undefined;
  },
): number {
  return standardError > 0
    ? minimumDetectable(standardError, { df })
    : minimumDetectable((high - low) / 2 / HALF);
}

function designOf(set: MarkSet, scores: ClusteredScores) {
  return {
    n: scores.count.reduce((sum, n) => sum + n, 0),
    problems: scores.clusters.length,
    languages: set.languages.length,
    seeds: seedsOf(set).length,
  };
}

/** Undefined with one seed, and where nothing spreads, so that there is no interval. */
function overSeeds(scores: number[][] | undefined): SeedSummary | undefined {
  const summary = scores && summariseSeeds(scores);
  return summary && summary.standardError > 0 ? summary : undefined;
}
