/**
 * Problem-clustered percentile bootstrap: problems are drawn again with replacement, each with its answers in every
 * language, so that the interval of a group mean does not shrink with languages that share their problems.
 *
 * Davison & Hinkley (1997), Bootstrap Methods and their Application, sections 3.8 and 5.3; Miller (2024), "Adding error
 * bars to evals", on clustering by problem. Seeded named stream: same seed, same limits.
 * @module
 */
import { stream } from "../random.ts";
import { sortedQuantile } from "./_distributions.ts";
import { type ClusteredScores, macroMean, subtractScores } from "./clusters.ts";
import { checkLevel, type Estimate } from "./interval.ts";
import { signFlipTest } from "./sign_flip.ts";
import { wilson } from "./wilson.ts";

/** How problems are drawn anew: how often, with which stream, for which level. */
export interface BootstrapOptions {
  /** Names the random stream; default 0. */
  readonly seed?: number;
  /** Default 2000. */
  readonly resamples?: number;
  /** Default 0.95. */
  readonly level?: number;
}

/** An estimate whose uncertainty comes from resampled problems. */
export interface ClusteredEstimate extends Estimate {
  /** Standard deviation of the resampled means. */
  readonly standardError: number;
  /** Number of problems. */
  readonly clusters: number;
  /** Number of answers. */
  readonly n: number;
}

/** A paired difference, in the unit of the scores (0.01 = one percentage point). */
export interface PairedDifference extends ClusteredEstimate {
  /** Two-sided p of the problem-clustered sign-flip test. */
  readonly p: number;
}

/**
 * The mean over languages with its problem-clustered percentile interval. Where all problems agree (every answer is wrong,
 * say) a resample cannot differ; the interval is then Wilson's with the number of problems as n.
 * @throws {RangeError} on a level outside (0, 1) or fewer than one resample.
 */
export function clusteredAccuracy(
  scores: ClusteredScores,
  options: BootstrapOptions = {},
): ClusteredEstimate {
  const value = macroMean(scores);
  const base = percentile(scores, value, "accuracy", options);
  if (base.standardError > 0) return base;
  const problems = scores.clusters.length;
  const right = Number((value * problems).toFixed(6));
  const { low } = wilson(Math.floor(right), problems, base.level);
  const { high } = wilson(Math.ceil(right), problems, base.level);
  return { ...base, low, high, method: "wilson|n=problems" };
}

/**
 * a - b over the same items: difference, problem-clustered percentile interval, and p of the clustered sign-flip test.
 * Where all problems have the same difference (none, say) a resample cannot differ; the interval is then that difference
 * +- Wilson's upper limit for none in that many problems.
 * @throws {RangeError} when the two did not answer the same items.
 */
export function pairedDifference(
  a: ClusteredScores,
  b: ClusteredScores,
  options: BootstrapOptions = {},
): PairedDifference {
  const difference = subtractScores(a, b);
  const base = percentile(difference, macroMean(difference), "difference", options);
  const p = signFlipTest(difference, { seed: options.seed });
  if (base.standardError > 0) return { ...base, p };
  const { high: half } = wilson(0, difference.clusters.length, base.level);
  return {
    ...base,
    p,
    low: Math.max(-1, base.value - half),
    high: Math.min(1, base.value + half),
    method: "wilson|n=problems",
  };
}

function percentile(
  scores: ClusteredScores,
  value: number,
  name: string,
  options: BootstrapOptions,
): ClusteredEstimate {
  const { seed = 0, resamples = 2000, level = 0.95 } = options;
  checkLevel(level);
  if (!Number.isInteger(resamples) || resamples < 1) {
    throw new RangeError(`Cannot draw ${resamples} resamples`);
  }
  const means = resampledMeans(scores, resamples, seed, name).sort();
  return {
    value,
    low: sortedQuantile(means, (1 - level) / 2),
    high: sortedQuantile(means, (1 + level) / 2),
    level,
    method: `percentile${resamples}|cluster=problem|seed=${seed}`,
    standardError: standardDeviation(means),
    clusters: scores.clusters.length,
    n: scores.count.reduce((sum, n) => sum + n, 0),
  };
}

/** Macro means of `resamples` draws of problems; a language that a draw leaves without answers is left out of its mean. */
function resampledMeans(
  scores: ClusteredScores,
  resamples: number,
  seed: number,
  name: string,
): Float64Array {
  const { total, count } = scores;
  const height = scores.clusters.length, width = scores.strata.length;
  const draws = drawnProblems(seed, name, height, resamples);
  const means = new Float64Array(resamples);
  if (width === 1 && count.every((n) => n === count[0])) {
    for (let r = 0, draw = 0; r < resamples; r++) {
      // Four sums side by side: one would wait for each addition before the next.
      let a = 0, b = 0, c = 0, d = 0;
      const end = draw + height;
      for (; draw + 3 < end; draw += 4) {
        a += total[draws[draw]!]!;
        b += total[draws[draw + 1]!]!;
        c += total[draws[draw + 2]!]!;
        d += total[draws[draw + 3]!]!;
      }
      for (; draw < end; draw++) a += total[draws[draw]!]!;
      means[r] = (a + b + c + d) / (height * count[0]!);
    }
    return means;
  }
  const sums = new Float64Array(width), counts = new Float64Array(width);
  for (let r = 0; r < resamples; r++) {
    sums.fill(0);
    counts.fill(0);
    for (let draw = r * height; draw < (r + 1) * height; draw++) {
      const from = draws[draw]! * width;
      for (let s = 0; s < width; s++) {
        sums[s]! += total[from + s]!;
        counts[s]! += count[from + s]!;
      }
    }
    let mean = 0, used = 0;
    for (let s = 0; s < width; s++) {
      if (counts[s] === 0) continue;
      mean += sums[s]! / counts[s]!;
      used++;
    }
    means[r] = mean / used;
  }
  return means;
}

/** The cells of a table share their problems, hence their draws: drawn once, they make a table of intervals ten times as fast. */
const drawn = new Map<string, Uint32Array>();
const DRAWN_AT_MOST = 8;

/** Problems drawn with replacement, row-major `[resamples, height]`. */
function drawnProblems(seed: number, name: string, height: number, resamples: number): Uint32Array {
  const key = JSON.stringify([seed, name, height, resamples]);
  const known = drawn.get(key);
  if (known) return known;
  const source = stream(seed, "metric", "bootstrap", name);
  const draws = Uint32Array.from({ length: resamples * height }, () => source.int(0, height - 1));
  if (drawn.size >= DRAWN_AT_MOST) drawn.delete(drawn.keys().next().value!);
  drawn.set(key, draws);
  return draws;
}

function standardDeviation(values: Float64Array): number {
  if (values.length < 2) return 0;
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  const squares = values.reduce((sum, x) => sum + (x - mean) ** 2, 0);
  return values[0] === values[values.length - 1] ? 0 : Math.sqrt(squares / (values.length - 1));
}
