/**
 * Solutions in the forms in which the flavours write them. The calculations are those of the world's own solutions: known
 * numbers in the place of their owners where two people are compared ("Ann = 6. Ben = 6 × 3 = 18.").
 * @module
 */
import type { Stream } from "../../../random.ts";
import { parsePart, type Problem, solutionText } from "../problem.ts";
import { ENGLISH, stepsOf } from "./seed.ts";

/** The lines of the world's solution, without its last sentence. */
export function linesOf(problem: Problem): string[] {
  const text = solutionText(ENGLISH, problem);
  return text.slice(0, text.lastIndexOf(" The answer is")).split(/(?<=\.) /).map((line) => line.slice(0, -1));
}

/**
 * Another solution of the same problem, as a model that is asked several times writes it: sums and products may have their
 * numbers in the other order, and the last result may say what it counts.
 */
export function anotherWay(problem: Problem, s: Stream): string[] {
  const lines = linesOf(problem).map((line) => {
    const isTurned = s.uniform() < 0.5;
    return line.replace(
      /(\d+) ([+×]) (\d+)(?= = \d+$)/,
      (same, one, operator, other) => isTurned ? `${other} ${operator} ${one}` : same,
    );
  });
  const things = s.uniform() < 0.5 ? "" : ` ${countedIn(problem)}`;
  return lines.map((line, i) => i === lines.length - 1 ? `${line}${things}` : line);
}

/** What the question asks for the number of. */
function countedIn({ type: { sentences }, roles }: Problem): string {
  const { slots } = parsePart(sentences.at(-1)!);
  return ENGLISH.nouns.get(String(roles[slots.X!]))!.forms.get("other")!;
}

/** "5 + 3 = 8. 8 - 2 = 6. The answer is: 6", as MetaMath and WizardMath end. */
export function withColon(lines: readonly string[], answer: number | string): string {
  return [...lines.map((line) => `${line}.`), `The answer is: ${answer}`].join(" ");
}

/** "5 + 3 = 8. The answer is 8.", as MathInstruct's chains end, and the world's own. */
export function withStop(lines: readonly string[], answer: number | string): string {
  return [...lines.map((line) => `${line}.`), `The answer is ${answer}.`].join(" ");
}

/** "5 + 3 = 8. \boxed{8}", as OpenMathInstruct-2's end. */
export function boxed(lines: readonly string[], answer: number): string {
  return [...lines.map((line) => `${line}.`), `\\boxed{${answer}}`].join(" ");
}

/**
 * "Step 1: 5 + 3 = 8. Step 2: 8 - 2 = 6. The answer is: 6", as WizardMath writes: a step a calculation. What is put in a
 * name's place belongs to the first.
 */
export function inSteps(problem: Problem): string {
  const lines = linesOf(problem);
  const later = lines.length - problem.steps.length;
  const numbered = lines.map((line, i) => {
    if (i === 0) return `Step 1: ${line}`;
    return i > later ? `Step ${i - later + 1}: ${line}` : line;
  });
  return withColon(numbered, problem.answer);
}

const PYTHON = { "+": "+", "-": "-", "×": "*", "÷": "//" } as const;

/**
 * A program that prints the answer; no result is written in it.
 * @param isNamed whether the numbers of the text have names first
 */
export function program({ type, roles }: Problem, isNamed: boolean): string {
  const value = (letter: string) => letter === "r" || isNamed ? letter : String(roles[letter]);
  const letters = [...new Set(type.steps.flatMap(([left, , right]) => [left, right]))]
    .filter((letter) => letter !== "r").sort();
  return [
    ...(isNamed ? letters.map((letter) => `${letter} = ${roles[letter]}`) : []),
    ...type.steps.map(([left, operator, right]) => `r = ${value(left)} ${PYTHON[operator]} ${value(right)}`),
    "print(r)",
  ].join("\n");
}

/** A program of one bare calculation. */
export function programOf(calculation: string): string {
  return `print(${calculation.replace(/[×÷]/g, (sign) => PYTHON[sign as keyof typeof PYTHON])})`;
}

/** The numbers that a calculation with the same numbers could give: what a wrong option says. */
export function otherResults({ type, roles, answer }: Problem): number[] {
  const { a, b, c } = { a: Number(roles.a), b: Number(roles.b), c: Number(roles.c) };
  const first = [a + b, a - b, a * b, a / b];
  const results = stepsOf({ type, roles }).map(({ result }) => result);
  const all = [...results, ...first, ...first.map((one) => one + a), ...first.map((one) => one + c)];
  return [...new Set(all)].filter((one) => Number.isInteger(one) && one > 0 && one !== answer);
}
