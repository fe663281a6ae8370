/**
 * Does a system give the same answer to the same question in several languages? Consistency C_s over all sets of s languages,
 * and AC3_s, its harmonic mean with accuracy (SeaEval, Wang et al., 2024, arXiv:2309.04766; code SeaEval/SeaEval v0.1).
 * @module
 */
import { atLeast } from "../checked.ts";

/** One answer; `extracted` null means that nothing could be read from the output. */
export interface LanguageAnswer {
  readonly item: string;
  readonly lang: string;
  readonly extracted: string | null;
  readonly correct: boolean;
}

/** Agreement in sets of so many languages. */
export interface Agreement {
  readonly size: number;
  /**
   * C_s: the share of items whose answers are the same, right or wrong, in all of s languages; the mean over every set of s
   * languages. With k choices guessing gets k^(1-s).
   */
  readonly consistency: number;
  /** 2 Acc C_s / (Acc + C_s); 0 where both are. */
  readonly ac3: number;
}

/**
 * C_s and AC3_s for s from 2 to the number of languages; none for fewer than two languages. An answer that cannot be read
 * agrees with nothing (SeaEval draws one at random). Accuracy is the mean over languages, as every item is asked in each.
 * @throws {RangeError} when an item is not asked once in every language
 */
export function consistency(answers: Iterable<LanguageAnswer>): Agreement[] {
  const all = [...answers];
  const languages = new Set(all.map(({ lang }) => lang)).size;
  const items = [...Map.groupBy(all, ({ item }) => item)];
  for (const [item, own] of items) {
    if (own.length !== languages || new Set(own.map(({ lang }) => lang)).size !== languages) {
      throw new RangeError(`Cannot compare languages: "${item}" is not asked once in each of ${languages}`);
    }
  }
  const accuracy = all.filter(({ correct }) => correct).length / Math.max(1, all.length);
  const counts = items.map(([, own]) => {
    const read = own.flatMap(({ extracted }) => extracted === null ? [] : [extracted]);
    return [...Map.groupBy(read, (answer) => answer).values()].map(({ length }) => length);
  });
  return Array.from({ length: Math.max(0, languages - 1) }, (_, i) => {
    const size = i + 2;
    const shares = counts.map((own) =>
      own.reduce((sum, count) => sum + shareOfSets(count, languages, size), 0)
    );
    const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
    const sum = accuracy + mean;
    return { size, consistency: mean, ac3: sum === 0 ? 0 : 2 * accuracy * mean / sum };
  });
}

/** Of all sets of `size` languages the share that lies within `count` of them: C(count, size) / C(languages, size). */
function shareOfSets(count: number, languages: number, size: number): number {
  const factors = Array.from({ length: size }, (_, i) => Math.max(0, count - i) / (languages - i));
  const [first, ...others] = atLeast(factors, 1);
  return others.reduce((product, factor) => product * factor, first);
}
