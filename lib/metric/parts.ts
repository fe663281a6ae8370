/**
 * What is right of a step-by-step answer, beside its last number: an answer can take the wrong numbers, do the wrong thing
 * with them, or only miscalculate. Told by its equations and those of the gold solution.
 * @module
 */
import { type Equation, equationsIn } from "./equations.ts";
import { numbersIn } from "./number.ts";

/** The parts of a word problem's solution, in the order in which they are printed. */
export const PARTS = ["operation", "operands", "sum"] as const;

/** Which parts of a solution are right. */
export interface Parts {
  /** Its operators are the gold's, in the same order. */
  readonly operation: boolean;
  /** It calculates with the numbers that the gold takes, each as often; results of its own earlier steps do not count. */
  readonly operands: boolean;
  /** It has equations, and the arithmetic of each is right, whatever it should have calculated. */
  readonly sum: boolean;
}

/**
 * The parts of an answer to a word problem; null where its solution has no equation to compare with.
 *
 * Operands are a multiset: an answer that calculates 5 - 60 for 60 - 5 has them, and the operation, and is wrong. Another way
 * to the right number has other operators, and counts as such.
 *
 * @example
 * ```ts
 * import { scoreParts } from "./parts.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 * const problem = {
 *   question: "Alice has 60 books. Peter has 5 times as many. How many do they have?",
 *   solution: "Alice: 60. Peter: 60 × 5 = 300. 300 + 60 = 360. The answer is 360.",
 * };
 * deepStrictEqual(scoreParts("60 × 5 = 350. 350 + 60 = 410.", problem), { operation: true, operands: true, sum: false });
 * ```
 */
export function scoreParts(
  output: string,
  { question, solution }: { readonly question: string; readonly solution: string },
): Parts | null {
  const gold = equationsIn(solution);
  if (gold.length === 0) return null;
  const own = equationsIn(output);
  const asked = new Set(numbersIn(question));
  return {
    operation: listed(operators(own)) === listed(operators(gold)),
    operands: listed(taken(own, asked).sort()) === listed(taken(gold, asked).sort()),
    sum: own.length > 0 && own.every(({ holds }) => holds),
  };
}

function operators(equations: readonly Equation[]): string[] {
  return equations.flatMap((equation) => equation.operators);
}

/**
 * The operands that are no results of earlier equations. A result that the question says too is taken once as a result, then
 * as a number of the question (5 × 2 = 10. 10 + 10 = 20); any other is a result each time.
 */
function taken(equations: readonly Equation[], asked: ReadonlySet<string | null>): string[] {
  const unused = new Map<string, number>();
  const given: string[] = [];
  for (const { operands, results } of equations) {
    for (const operand of operands) {
      const left = unused.get(operand);
      if (left === undefined || (left === 0 && asked.has(operand))) given.push(operand);
      else unused.set(operand, Math.max(0, left - 1));
    }
    for (const result of results) unused.set(result, (unused.get(result) ?? 0) + 1);
  }
  return given;
}

function listed(values: readonly string[]): string {
  return values.join(" ");
}
