/**
 * Does a system give the same answer to the same problem in two languages? Over all pairs of languages: both right, the
 * same wrong answer, and their sum; Lai & Nissim (2024), mCoT, section 4 (correct and incorrect consistency).
 * @module
 */

/** One answer; `extracted` null means that nothing could be read from the output. */
export interface LanguageAnswer {
  readonly item: string;
  readonly lang: string;
  readonly extracted: string | null;
  readonly correct: boolean;
}

/** How often languages agree on an item, by the number of languages asked. */
export interface Consistency {
  /** Pairs (problem, two languages) that were asked. */
  readonly pairs: number;
  readonly bothCorrect: number;
  /** Pairs with the same answer, which is wrong. */
  readonly sameWrong: number;
  /** (bothCorrect + sameWrong) / pairs; null without pairs. */
  readonly consistency: number | null;
  /** Problems, and those right in every language they were asked in. */
  readonly problems: number;
  readonly correctEverywhere: number;
}

/** Counts agreement over every problem asked in two languages or more. Unreadable answers agree with nothing. */
export function consistency(answers: Iterable<LanguageAnswer>): Consistency {
  const byItem = new Map<string, LanguageAnswer[]>();
  for (const answer of answers) {
    const group = byItem.get(answer.item);
    if (group) group.push(answer);
    else byItem.set(answer.item, [answer]);
  }
  let pairs = 0, bothCorrect = 0, sameWrong = 0, problems = 0, correctEverywhere = 0;
  for (const group of byItem.values()) {
    if (group.length < 2) continue;
    problems++;
    if (group.every((a) => a.correct)) correctEverywhere++;
    for (const [i, one] of group.entries()) {
      for (const other of group.slice(i + 1)) {
        pairs++;
        if (one.correct && other.correct) bothCorrect++;
        else if (one.extracted !== null && one.extracted === other.extracted) sameWrong++;
      }
    }
  }
  return {
    pairs,
    bothCorrect,
    sameWrong,
    consistency: pairs === 0 ? null : (bothCorrect + sameWrong) / pairs,
    problems,
    correctEverywhere,
  };
}
