/**
 * Answers arranged for clustered statistics. The same problems appear in every language, so answers to one problem
 * rise and fall together: the problem is the unit that is drawn again, the language a stratum that is always kept.
 * The estimand is the mean over languages of each language's mean, as in the paper's LR., MR., HR. columns.
 * @module
 */

/** One answer: its problem, its language (or any other stratum) and its score, 0 or 1 for accuracy. */
export interface ScoredAnswer {
  readonly cluster: string;
  readonly stratum?: string;
  readonly score: number;
}

/** Sums per (cluster, stratum), row-major `[clusters.length, strata.length]`; both lists of names are sorted. */
export interface ClusteredScores {
  readonly clusters: readonly string[];
  readonly strata: readonly string[];
  /** Sum of scores in each cell. */
  readonly total: Float64Array;
  /** Number of answers in each cell; 0 where a problem does not exist in a language. */
  readonly count: Float64Array;
}

/**
 * Sums answers per problem and language; the order of the answers does not matter.
 * @throws {RangeError} without answers, or when a score is not a finite number.
 */
export function clusterScores(answers: Iterable<ScoredAnswer>): ClusteredScores {
  const list = [...answers];
  if (list.length === 0) throw new RangeError("Cannot cluster answers: there are none");
  const clusters = [...new Set(list.map((a) => a.cluster))].sort();
  const strata = [...new Set(list.map((a) => a.stratum ?? ""))].sort();
  const row = new Map(clusters.map((name, i) => [name, i]));
  const column = new Map(strata.map((name, i) => [name, i]));
  const total = new Float64Array(clusters.length * strata.length);
  const count = new Float64Array(total.length);
  for (const { cluster, stratum = "", score } of list) {
    if (!Number.isFinite(score)) {
      throw new RangeError(`Cannot use the score ${score} of problem "${cluster}"`);
    }
    const cell = row.get(cluster)! * strata.length + column.get(stratum)!;
    total[cell]! += score;
    count[cell]! += 1;
  }
  return { clusters, strata, total, count };
}

/** The mean over strata of each stratum's mean. */
export function macroMean(scores: ClusteredScores): number {
  const width = scores.strata.length;
  let sum = 0;
  for (let s = 0; s < width; s++) {
    let total = 0, count = 0;
    for (let cell = s; cell < scores.total.length; cell += width) {
      total += scores.total[cell]!;
      count += scores.count[cell]!;
    }
    sum += total / count;
  }
  return sum / width;
}

/**
 * a - b cell by cell, for two systems that answered the same items.
 * @throws {RangeError} when they did not (names or numbers of answers differ).
 */
export function subtractScores(a: ClusteredScores, b: ClusteredScores): ClusteredScores {
  const same = a.clusters.length === b.clusters.length && a.strata.length === b.strata.length &&
    a.clusters.every((name, i) => name === b.clusters[i]) &&
    a.strata.every((name, i) => name === b.strata[i]) &&
    a.count.every((n, i) => n === b.count[i]);
  if (!same) {
    throw new RangeError(
      `Cannot pair two systems that answered different items: ${shape(a)} against ${
        shape(b)
      }; keep the items both answered`,
    );
  }
  return { ...a, total: a.total.map((x, i) => x - b.total[i]!) };
}

function shape(scores: ClusteredScores): string {
  const answers = scores.count.reduce((sum, n) => sum + n, 0);
  return `${scores.clusters.length} problems x ${scores.strata.length} languages, ${answers} answers`;
}
