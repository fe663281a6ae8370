/**
 * What a word problem's numbers alone give: for each pattern of them (how many, order, divisibility, equality, size) the
 * formula that solves most of the training problems with that pattern. No word is read.
 * @module
 */
import { numbersIn } from "../../metric/number.ts";
import type { MathItem } from "../../world/world.ts";

/** Guesses an answer; undefined where the rule has none. */
export type NumbersRule = (question: string) => number | undefined;

/** More numbers than this are not combined: there would be as many formulas as problems. */
const MOST = 3;
/** A pattern with fewer training problems than this says nothing of its own. */
const FEW = 5;

const OPERATIONS: readonly (readonly [string, (a: number, b: number) => number])[] = [
  ["+", (a, b) => a + b],
  ["-", (a, b) => a - b],
  ["*", (a, b) => a * b],
  ["/", (a, b) => a / b],
];

/** Fits the rule; a problem that no formula solves counts for none. */
export function fitNumbers(training: readonly MathItem[]): NumbersRule {
  const votes = new Map<string, Map<string, number>>();
  const problems = new Map<string, number>();
  for (const { question, gold } of training) {
    const numbers = numbersOf(question);
    const answer = valueOf(gold);
    const right = [...formulas(numbers)].filter(([, value]) => isSame(value, answer));
    for (const pattern of patternsOf(numbers)) {
      problems.set(pattern, (problems.get(pattern) ?? 0) + 1);
      const counts = votes.get(pattern) ?? new Map<string, number>();
      votes.set(pattern, counts);
      for (const [formula] of right) counts.set(formula, (counts.get(formula) ?? 0) + 1);
    }
  }
  const best = new Map(
    [...votes].flatMap(([pattern, counts]) => {
      const [first] = [...counts].sort((a, b) => b[1] - a[1]);
      return first && problems.get(pattern)! >= FEW ? [[pattern, first[0]] as const] : [];
    }),
  );
  return (question) => {
    const numbers = numbersOf(question);
    const pattern = patternsOf(numbers).find((one) => best.has(one));
    return pattern === undefined ? undefined : formulas(numbers).get(best.get(pattern)!);
  };
}

/** Whether a guess is a problem's answer. */
export function solves(guess: number | undefined, { gold }: MathItem): boolean {
  return guess !== undefined && isSame(guess, valueOf(gold));
}

function isSame(one: number, other: number): boolean {
  return Math.abs(one - other) < 1e-6;
}

/** The gold answer as a number; NaN, which nothing equals, for one that is none. */
function valueOf(gold: string): number {
  return Number(numbersIn(gold)[0] ?? NaN);
}

function numbersOf(question: string): number[] {
  return numbersIn(question).flatMap((one) => one === null ? [] : [Number(one)]);
}

/** Patterns of a problem's numbers from the finest to how many there are. */
function patternsOf(numbers: readonly number[]): string[] {
  const few = numbers.slice(0, MOST);
  const pairs = few.flatMap((a, i) => few.slice(i + 1).map((b) => [a, b] as const));
  const order = pairs.map(([a, b]) => Math.sign(a - b)).join();
  const divides = pairs.map(([a, b]) => `${+(b !== 0 && a % b === 0)}${+(a !== 0 && b % a === 0)}`).join();
  const size = few.map((n) => +(n > 20)).join();
  const count = `${numbers.length}`;
  return [
    [count, order, divides, size].join(" "),
    [count, order, divides].join(" "),
    `${count} ${order}`,
    count,
  ];
}

/** Every formula of one or two operations on the first numbers, with its value. */
function formulas(numbers: readonly number[]): Map<string, number> {
  const few = numbers.slice(0, MOST);
  const found = new Map<string, number>();
  const add = (name: string, value: number) => Number.isFinite(value) && found.set(name, value);
  few.forEach((a, i) => {
    add(`${i}`, a);
    few.forEach((b, j) => {
      for (const [one, first] of OPERATIONS) {
        const value = first(a, b);
        if (i !== j) add(`${i}${one}${j}`, value);
        few.forEach((c, k) => {
          for (const [two, second] of OPERATIONS) {
            if (i === j && j === k) continue;
            add(`(${i}${one}${j})${two}${k}`, second(value, c));
            add(`${k}${two}(${i}${one}${j})`, second(c, value));
          }
        });
      }
    });
  });
  return found;
}
