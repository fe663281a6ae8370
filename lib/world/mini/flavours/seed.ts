/**
 * What the flavours of instruction data begin with: the training problems of the mini world, as data and not as text, so
 * that they can be told otherwise, turned round and evolved. Problem `i` is that of `mini.instructions("math", ...)`, drawn
 * here again (`tests/world/mini/flavours_test.ts` holds them together), because a change of that file would make every
 * training that reads it run again.
 * @module
 */
import { stream } from "../../../random.ts";
import { languageOf } from "../data.ts";
import { drawUntil, isTraining } from "../partition.ts";
import { drawPair, type Problem } from "../problem.ts";
import { calculate } from "../problem_numbers.ts";
import { GROUPS, type ProblemType } from "../problem_types.ts";
import type { Binding } from "../sentence.ts";

/** The flavours are in English, as the sets that they stand for. */
export const ENGLISH = languageOf("en");

/** Groups as often as their weights say. */
const ROUND = GROUPS.mmwp.flatMap((group) => Array.from({ length: group.weight }, () => group));

/** Training problem `i` of a seed: two in a row are a minimal pair. */
export function seedProblem(seed: number, i: number): Problem {
  const s = stream(seed, "math", "train", i >> 1);
  const pair = s.pick(s.pick(ROUND).pairs);
  const two = drawUntil(
    `a train pair of problems "${pair.id}"`,
    () => drawPair(pair, s),
    (two) => two.every(mayBeLearned),
  );
  return two[i % 2 as 0 | 1];
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
