/**
 * The numbers of the word problems: every triple fits every kind of problem, so that who sees only the numbers knows
 * nothing about what is done with them. For all of a triple's calculations (one step, two steps, "together") the results
 * are whole, at least 2, different from each other and from the numbers shown.
 * @module
 */
import { type Operator, OPERATORS } from "./story_types.ts";

/** The numbers of a problem in the order of the text; a problem of two numbers shows a and b. */
export interface Numbers {
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

/** The largest number that a problem shows: plain text has numbers up to 40, and 41 to 60 are read digit by digit alike. */
const LARGEST = 60;

/** `a operator b`. */
export function calculate(a: number, operator: Operator, b: number): number {
  return { "+": a + b, "-": a - b, "×": a * b, "÷": a / b }[operator];
}

function fits({ a, b, c }: Numbers): boolean {
  const first = OPERATORS.map((operator) => calculate(a, operator, b));
  const ofTwo = [...first, ...first.map((result) => result + a)];
  const ofThree = first.flatMap((result) => [result + c, result - c]);
  const apart = (results: readonly number[], shown: readonly number[]) =>
    new Set([...results, ...shown]).size === results.length + shown.length;
  return [...ofTwo, ...ofThree].every((result) => Number.isInteger(result) && result >= 2) &&
    apart(ofTwo, [a, b]) && apart(ofThree, [a, b, c]);
}

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

/** Every triple. b and c are small, a is a multiple of b. */
export const NUMBERS: readonly Numbers[] = range(3, LARGEST).flatMap((a) =>
  range(3, 9).flatMap((b) => range(3, 12).map((c) => ({ a, b, c }))).filter(fits)
);
