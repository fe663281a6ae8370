/**
 * From what a model wrote to its answer, by two rules that a recipe chooses between (`evaluation.extraction`).
 *
 * `release` does what the authors' code does (AzureStarz/LinguaLIFT, lm-evaluation-harness/lm_eval/tasks: mgsm, msvamp, xnli,
 * csqa), flaws included: a number loses its sign, silence counts as 0, an XNLI answer that names every label is right.
 * Its second arm, `extract_answer(completion) == gold`, is left out because it cannot fire: it compares text with a
 * number on MGSM, and on MSVAMP with golds that all end in ".0", which it strips from the model's side.
 * `strict` takes one unambiguous answer, exactly equal to the gold, or none.
 * @module
 */
import { UserError } from "../errors.ts";
import { asciiDigits } from "./digits.ts";
import { wholeNumber } from "./number.ts";
import { strictChoice } from "./strict_choice.ts";
import { strictNumber } from "./strict_number.ts";

/** Which rule reads the answers. */
export type ExtractionRule = "release" | "strict";

/** What was found (null: nothing) and whether it is right. */
export interface Extraction {
  readonly extracted: string | null;
  readonly correct: boolean;
}

/**
 * Scores a numeric answer.
 * @throws {UserError} when the gold is not one number.
 *
 * @example
 * ```ts
 * import { scoreNumber } from "./extract.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 * const output = "উত্তর হল ১,১৪,২০০ টাকা";
 * deepStrictEqual(scoreNumber(output, "114,200", "strict"), { extracted: "114200", correct: true });
 * ```
 */
export function scoreNumber(output: string, gold: string, rule: ExtractionRule): Extraction {
  const wanted = wholeNumber(gold);
  if (wanted === null) {
    throw new UserError(`Cannot score against the gold answer "${gold}": wanted one number`);
  }
  if (rule === "strict") {
    const extracted = strictNumber(output);
    return { extracted, correct: extracted === wanted };
  }
  const found = lastNumber(output);
  return { extracted: found, correct: Math.abs(Number(found ?? 0) - Number(wanted)) < 0.001 };
}

/** The release's `_extract_answer`: commas between digits go, then the last `\d+(\.\d+)?`, without a sign. */
export function lastNumber(output: string): string | null {
  const joined = asciiDigits(output).replace(/(\d),(\d)/g, "$1$2");
  return joined.match(/\d+(?:\.\d+)?/g)?.at(-1) ?? null;
}

/**
 * Scores a choice by letter. `release`: the first lone letter before a point, whatever letter it is. `strict`: the one of
 * `letters` (capitals) that the answer names, or none.
 */
export function scoreChoice(
  output: string,
  gold: string,
  rule: ExtractionRule,
  letters: readonly string[] = ["A", "B", "C", "D", "E"],
): Extraction {
  const extracted = rule === "release"
    ? output.match(/(?<![\p{L}\p{N}_])([A-Za-z])\./u)?.[1] ?? null
    : strictChoice(output, letters);
  return { extracted, correct: extracted === gold };
}

/**
 * Scores a label such as XNLI's. `release`: right when the gold occurs anywhere in the output, case and all. `strict`: the only
 * label in the output, as a word, in any case.
 */
export function scoreLabel(
  output: string,
  gold: string,
  labels: readonly string[],
  rule: ExtractionRule,
): Extraction {
  if (!labels.includes(gold)) {
    throw new UserError(`Cannot score against the label "${gold}": valid are ${labels.join(", ")}`);
  }
  if (rule === "release") {
    const found = labels.filter((label) => output.includes(label));
    return { extracted: found.length === 0 ? null : found.join(" "), correct: found.includes(gold) };
  }
  const words = new Set(output.toLowerCase().match(/[\p{L}\p{M}\p{N}_]+/gu) ?? []);
  const found = labels.filter((label) => words.has(label.toLowerCase()));
  const extracted = found.length === 1 ? found[0]! : null;
  return { extracted, correct: extracted === gold };
}
