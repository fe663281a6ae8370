/**
 * A score over several seeds, with an interval for new seeds and new problems alike.
 *
 * Two-way random effects without replication: score[seed][problem] = mean + seed + problem + rest. From the mean squares,
 * Var(mean) = (MS_seed + MS_problem - MS_rest) / (S P), with Satterthwaite's degrees of freedom and Student's t.
 * Brennan (2001), Generalizability Theory, chapter 6; Satterthwaite (1946), Biometrics Bulletin 2:110-114.
 * With one seed the seed's share cannot be seen: `seedsResolved` is false and the interval speaks of problems only.
 * @module
 */
import { tQuantile, tTwoSided } from "./_distributions.ts";
import { checkLevel, type Estimate } from "./interval.ts";

/** A mean over trainings with its interval over seeds. */
export interface SeedSummary extends Estimate {
  readonly standardError: number;
  /** Satterthwaite's degrees of freedom of the interval. */
  readonly df: number;
  /** Mean of each seed, in the order given. */
  readonly seeds: readonly number[];
  /** Sample standard deviation of the seeds' means; null with one seed. */
  readonly seedSd: number | null;
  /** Whether the interval includes the spread over seeds (two seeds or more). */
  readonly seedsResolved: boolean;
}

/**
 * `scores[seed][problem]`: a score (mean over languages), or a difference between two paired systems.
 * @throws {RangeError} without seeds, with fewer than two problems, or when seeds saw different numbers of problems.
 */
export function summariseSeeds(scores: readonly (readonly number[])[], level = 0.95): SeedSummary {
  checkLevel(level);
  const S = scores.length, P = scores[0]?.length ?? 0;
  if (S === 0 || P < 2) {
    throw new RangeError(`Cannot summarise ${S} seeds over ${P} problems: wanted 1 or more and 2 or more`);
  }
  if (scores.some((row) => row.length !== P)) {
    throw new RangeError("Cannot summarise seeds that answered different numbers of problems");
  }
  const seeds = scores.map(meanOf);
  const problems = scores[0]!.map((_, p) => meanOf(scores.map((row) => row[p]!)));
  const value = meanOf(seeds);
  const msSeed = S > 1 ? P * sumOfSquares(seeds, value) / (S - 1) : 0;
  const msProblem = S * sumOfSquares(problems, value) / (P - 1);
  let rest = 0;
  if (S > 1) {
    scores.forEach((row, s) => row.forEach((x, p) => rest += (x - seeds[s]! - problems[p]! + value) ** 2));
  }
  const msRest = S > 1 ? rest / ((S - 1) * (P - 1)) : 0;
  const { meanSquare, df } = combine({ msSeed, msProblem, msRest, S, P });
  const standardError = Math.sqrt(meanSquare / (S * P));
  const half = standardError === 0 ? 0 : tQuantile((1 + level) / 2, df) * standardError;
  return {
    value,
    low: value - half,
    high: value + half,
    level,
    method: `t|seeds=${S}|problems=${P}`,
    standardError,
    df,
    seeds,
    seedSd: S > 1 ? Math.sqrt(sumOfSquares(seeds, value) / (S - 1)) : null,
    seedsResolved: S > 1,
  };
}

interface MeanSquares {
  readonly msSeed: number;
  readonly msProblem: number;
  readonly msRest: number;
  readonly S: number;
  readonly P: number;
}

/** The mean square behind Var(mean); a component estimated below zero counts as zero. */
function combine({ msSeed, msProblem, msRest, S, P }: MeanSquares): { meanSquare: number; df: number } {
  const none = msRest * (1 + 1e-9); // equal but for rounding
  if (S === 1 || msSeed <= none) return { meanSquare: Math.max(msProblem, msRest), df: P - 1 };
  if (msProblem <= none) return { meanSquare: msSeed, df: S - 1 };
  const meanSquare = msSeed + msProblem - msRest;
  const spread = msSeed ** 2 / (S - 1) + msProblem ** 2 / (P - 1) + msRest ** 2 / ((S - 1) * (P - 1));
  return { meanSquare, df: Math.max(1, meanSquare ** 2 / spread) };
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, x) => sum + x, 0) / values.length;
}

function sumOfSquares(values: readonly number[], mean: number): number {
  return values.reduce((sum, x) => sum + (x - mean) ** 2, 0);
}

/**
 * The test that belongs to the interval of `summariseSeeds`: two-sided p of a mean of zero by Student's t, for the mean
 * of differences; below 5 % exactly where the 95 % interval
 * leaves out zero. Without any spread 1 for a mean of zero and 0 for any other.
 */
export function pOfZero(
  { value, standardError, df }: Pick<SeedSummary, "value" | "standardError" | "df">,
): number {
  if (standardError === 0) return value === 0 ? 1 : 0;
  return tTwoSided(value / standardError, df);
}
