/**
 * From what a model wrote to its answer, by two rules that a recipe chooses between.
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
import { numbersIn, wholeNumber } from "./number.ts";

/** Which rule reads the answers. Raise `EXTRACTION_VERSION` when either changes. */
export type ExtractionRule = "release" | "strict";

/** Part of every estimator signature. */
export const EXTRACTION_VERSION = 1;

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

const MARKERS = /####|(?:the |final )answer is|答案是|答案为/giu;

/**
 * The last `\boxed{}`; else what follows the last "the answer is" or "####" (after its last "=", else its first number);
 * else the last number of the text.
 */
export function strictNumber(output: string): string | null {
  const boxed = lastBoxed(output);
  if (boxed !== null) {
    const found = numbersIn(boxed.slice(boxed.lastIndexOf("=") + 1), { spaces: true });
    return found.length === 1 ? found[0] : null;
  }
  const marker = [...output.matchAll(MARKERS)].at(-1);
  if (marker) {
    const line = output.slice(marker.index + marker[0].length).replace(/^[\s:]+/, "").split("\n", 1)[0];
    const equals = line.lastIndexOf("=");
    const found = numbersIn(line.slice(equals + 1), { spaces: true });
    if (found.length > 0) return found[0];
  }
  return numbersIn(output).at(-1) ?? null;
}

/** The content of the last `\boxed{...}`, braces balanced; null without one. */
function lastBoxed(output: string): string | null {
  const start = output.lastIndexOf("\\boxed{");
  if (start < 0) return null;
  let depth = 0;
  for (let i = start + 6; i < output.length; i++) {
    if (output[i] === "{") depth++;
    if (output[i] === "}" && --depth === 0) return output.slice(start + 7, i);
  }
  return output.slice(start + 7);
}

/**
 * Scores a choice by letter. `release`: the first lone letter before a point, whatever letter it is. `strict`: the letter
 * after "choice", "option" or "answer is", else the only one of `letters` that stands alone.
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

function strictChoice(output: string, letters: readonly string[]): string | null {
  const one = String.raw`\(?(${letters.join("|")})(?![\p{L}\p{N}_'’])`;
  const named = output.match(
    new RegExp(String.raw`\b(?:[cC]hoice|[oO]ption|[aA]nswer(?: is)?:?)\s*${one}`, "u"),
  );
  if (named) return named[1];
  const alone = output.matchAll(new RegExp(String.raw`(?<![\p{L}\p{N}_'’])${one}(?=[.):,\s]|$)`, "gu"));
  const found = new Set([...alone].map((match) => match[1]));
  return found.size === 1 ? [...found][0] : null;
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
  const extracted = found.length === 1 ? found[0] : null;
  return { extracted, correct: extracted === gold };
}
