/**
 * What the flavours of instruction data begin with: the training problems of the mini world, as data and not as text, so
 * that they can be told otherwise, turned round and evolved.
 * @module
 */
import { languageOf } from "../data.ts";
import { drawSplitPair } from "../math.ts";
import { isTraining } from "../partition.ts";
import type { Problem } from "../problem.ts";
import { calculate } from "../problem_numbers.ts";
import type { ProblemType } from "../problem_types.ts";
import type { Binding } from "../sentence.ts";

/** The flavours are in English, as the sets that they stand for. */
export const ENGLISH = languageOf("en");

/** Training problem `i` of a seed, that of `mathInstructions`: two in a row are a minimal pair. */
export function seedProblem(seed: number, i: number): Problem {
  return drawSplitPair("train", seed, i >> 1)[i % 2 as 0 | 1];
}

/** Whether nothing that it tells, nor a part of it, is set aside for development or test. */
export function mayBeLearned({ type: { sentences }, roles }: Problem): boolean {
  return isTraining({ sentences, roles });
}

/** A problem of a type that the world does not have, worked out. */
export function problemOf(type: ProblemType, roles: Binding): Problem {
  let result = 0;
  const steps = stepsOf({ type, roles }).map(({ left, operator, right, result: next }) => {
    result = next;
    return `${left} ${operator} ${right} = ${next}`;
  });
  return { type, roles, steps, answer: result };
}

/** The calculations of a problem as numbers, in order. */
export function stepsOf({ type, roles }: Pick<Problem, "type" | "roles">) {
  let result = 0;
  return type.steps.map(([one, operator, other]) => {
    const valueOf = (letter: string) => letter === "r" ? result : Number(roles[letter]);
    const [left, right] = [valueOf(one), valueOf(other)];
    result = calculate(left, operator, right);
    return { left, operator, right, result };
  });
}

/** The roles of the numbers that its text shows, in order. */
export function numbersShown({ type }: Pick<Problem, "type">): string[] {
  return type.sentences.flatMap((part) => /\bn=([abcd])\b/.exec(part)?.slice(1) ?? []);
}
