/**
 * A problem backwards: a number of its text is unknown and its answer is known (self-verification, FOBAR). From the answer
 * the calculations are undone one by one until the unknown is alone.
 * @module
 */
import type { Problem } from "../problem.ts";
import type { Operator } from "../story_types.ts";
import { stepsOf } from "./seed.ts";

/** The numbers that can be unknown: those that are calculated with once. "x + x × 3 = 24" is no chain of steps. */
export function unknowns({ type }: Pick<Problem, "type">): string[] {
  const used = type.steps.flatMap(([left, , right]) => [left, right]);
  return ["a", "b", "c"].filter((letter) => used.filter((one) => one === letter).length === 1);
}

const INVERSE = { "+": "-", "-": "+", "×": "÷", "÷": "×" } as const satisfies Record<Operator, Operator>;

/** What the unknown is: "8 + 2 = 10. x + 3 = 10. x = 10 - 3 = 7." as lines without their stops. */
export function undone(problem: Problem, unknown: string): string[] {
  const steps = stepsOf(problem);
  const at = problem.type.steps.findIndex(([left, , right]) => left === unknown || right === unknown);
  const before = steps.slice(0, at).map(written);
  const after = steps.slice(at + 1).reverse().map(({ left, operator, right, result }) =>
    `${result} ${INVERSE[operator]} ${right} = ${left}`
  );
  const { left, operator, right, result } = steps[at]!;
  if (problem.type.steps[at]![0] === unknown) {
    const own = [
      `x ${operator} ${right} = ${result}`,
      `x = ${result} ${INVERSE[operator]} ${right} = ${left}`,
    ];
    return [...before, ...after, ...own];
  }
  // What is taken away, or divided by, is found by the same operator: 8 - x = 5, x = 8 - 5.
  const isSame = operator === "-" || operator === "÷";
  const found = isSame ? `${left} ${operator} ${result}` : `${result} ${INVERSE[operator]} ${left}`;
  return [...before, ...after, `${left} ${operator} x = ${result}`, `x = ${found} = ${right}`];
}

function written({ left, operator, right, result }: ReturnType<typeof stepsOf>[number]): string {
  return `${left} ${operator} ${right} = ${result}`;
}
