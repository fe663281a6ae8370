/**
 * What kind of mistake a wrong answer to a word problem is, told by its number, by its equations and by those of the worked
 * solution.
 * @module
 */
import { equationsIn } from "./equations.ts";
import type { Extraction } from "./extract.ts";
import { numbersIn } from "./number.ts";
import { type Parts, scoreParts } from "./parts.ts";

/** The kinds of mistakes, in the order in which they are looked for: an answer is of the first that fits. */
export const MISTAKES = ["none", "sum", "step", "given", "operation", "operands", "other"] as const;
/** A kind of mistake. */
export type Mistake = typeof MISTAKES[number];

/** What a reader is told. */
export const MISTAKE_NAMES: Readonly<Record<Mistake, string>> = {
  none: "nothing to read",
  sum: "right equations, wrong arithmetic",
  step: "right answer to another step",
  given: "a number of the question",
  operation: "right operands, wrong operation",
  operands: "right operation, wrong operands",
  other: "something else",
};

/** A problem with its solution; other tasks have neither. */
interface Problem {
  readonly question: string;
  readonly solution: string;
}

/**
 * The kind of a wrong answer; null for a right one. Without a problem only "none" and "other" can be told.
 *
 * @example
 * ```ts
 * import { mistakeOf } from "./mistake.ts";
 * import { strictEqual } from "node:assert/strict";
 * const problem = { question: "Ann has 6 pens. Bo has 7 times as many. How many have they?", solution: "6 × 7 = 42. 42 + 6 = 48." };
 * strictEqual(mistakeOf("6 × 7 = 42.", { extracted: "42", correct: false }, problem), "step");
 * strictEqual(mistakeOf("She has 6.", { extracted: "6", correct: false }, problem), "given");
 * ```
 */
export function mistakeOf(
  output: string,
  { extracted, correct }: Extraction,
  problem?: Problem,
): Mistake | null {
  if (correct) return null;
  if (extracted === null) return "none";
  const parts = problem && scoreParts(output, problem);
  if (!problem || !parts) return "other";
  return kindOf(extracted, parts, problem);
}

function kindOf(
  extracted: string,
  { operation, operands, sum }: Parts,
  { question, solution }: Problem,
): Mistake {
  if (operation && operands && !sum) return "sum";
  const [answer] = numbersIn(extracted);
  const isAmong = (numbers: readonly (string | null)[]) => answer != null && numbers.includes(answer);
  if (isAmong(equationsIn(solution).flatMap(({ results }) => results))) return "step";
  if (isAmong(numbersIn(question))) return "given";
  if (operands) return "operation";
  return operation ? "operands" : "other";
}
