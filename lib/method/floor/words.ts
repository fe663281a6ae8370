/**
 * What one side of an item gives: naive Bayes on the words of a hypothesis or a premise alone, and of the options of a
 * question that is not read.
 * @module
 */
import { CHOICE_LETTERS, type ChoiceItem, type NliItem } from "../../world/world.ts";

/** Guesses the gold answer of an item. */
export type SideRule<I> = (item: I) => string;

/** A rule with the name that its floor has. */
export interface Named<I> {
  readonly name: string;
  readonly rule: SideRule<I>;
}

const SIDES = ["hypothesis", "premise"] as const;
/** Of the two rules that read one sentence the one that does better on the training items kept out of fitting. */
export function fitSides(training: readonly NliItem[]): Named<NliItem> {
  return bestOf(training, (items) =>
    SIDES.map((side) => {
      const classify = bayes(items.map((item) => [item.gold, item[side]]));
      return { name: `${side} alone`, rule: (item) => likeliest(classify(item[side])) };
    }));
}

/** The options alone: the first, the longest, or the one whose words are more often right. */
export function fitOptions(training: readonly ChoiceItem[]): Named<ChoiceItem> {
  return bestOf(training, (items) => {
    const classify = bayes(
      items.flatMap(({ choices, gold }) =>
        choices.map((choice, i): [string, string] => [CHOICE_LETTERS[i] === gold ? "right" : "wrong", choice])
      ),
    );
    const shareRight = (choice: string) => {
      const scores = classify(choice);
      return (scores.get("right") ?? -Infinity) - (scores.get("wrong") ?? -Infinity);
    };
    return [
      { name: "options alone", rule: ({ choices }) => highest(choices, shareRight) },
      { name: "longest option", rule: ({ choices }) => highest(choices, ({ length }) => length) },
      { name: "first option", rule: () => "A" },
    ];
  });
}

/** Fits on four fifths, chooses on the last fifth, and fits the chosen rule on all. */
function bestOf<I extends { readonly gold: string }>(
  training: readonly I[],
  fit: (items: readonly I[]) => Named<I>[],
): Named<I> {
  const cut = Math.floor(training.length * 0.8);
  const kept = training.slice(cut);
  const right = fit(training.slice(0, cut)).map(({ rule }) =>
    kept.filter((item) => rule(item) === item.gold).length
  );
  return fit(training)[right.indexOf(Math.max(...right))]!;
}

/** The letter of the option with the highest score, the first of equals. */
function highest(choices: readonly string[], score: (choice: string) => number): string {
  const scores = choices.map(score);
  return CHOICE_LETTERS[scores.indexOf(Math.max(...scores))]!;
}

function likeliest(scores: ReadonlyMap<string, number>): string {
  return [...scores].reduce((best, one) => one[1] > best[1] ? one : best)[0];
}

/** Naive Bayes with add-one smoothing: log-probabilities of the classes of a text. */
function bayes(texts: readonly (readonly [label: string, text: string])[]) {
  const labels = new Map<string, { texts: number; words: number; of: Map<string, number> }>();
  const vocabulary = new Set<string>();
  for (const [label, text] of texts) {
    const seen = labels.get(label) ?? { texts: 0, words: 0, of: new Map<string, number>() };
    labels.set(label, seen);
    seen.texts++;
    for (const word of wordsOf(text)) {
      vocabulary.add(word);
      seen.words++;
      seen.of.set(word, (seen.of.get(word) ?? 0) + 1);
    }
  }
  return (text: string): Map<string, number> => {
    const words = wordsOf(text).filter((word) => vocabulary.has(word));
    return new Map([...labels].map(([label, seen]) => [
      label,
      words.reduce(
        (sum, word) => sum + Math.log(((seen.of.get(word) ?? 0) + 1) / (seen.words + vocabulary.size)),
        Math.log(seen.texts / texts.length),
      ),
    ]));
  };
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{M}]+|\d+/gu) ?? [];
}
