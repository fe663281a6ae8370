/**
 * MultiMWP with its numbers drawn anew, so that only reading tells what to calculate. As published a rule that sees nothing
 * but the numbers answers 45 % of it: three problems in five subtract, and hardly any pair of numbers fits every operation.
 *
 * - Problems of one operation on two numbers, both in the text; the four operations are equally frequent.
 * - The larger number is a whole multiple of the smaller, so that sum, difference, product and quotient are all whole and of
 *   a size that a problem may have. All operations draw from the same pairs.
 * - Which number stands first would tell a difference and a quotient from the others, as people name the larger one first.
 *   So every operation has the smaller one first in one problem of four.
 * - A number that the world fixes (days of a week, legs of a spider) cannot be another; such texts are left out.
 *
 * A template occurs with several pairs of numbers, so that intervals must be over templates. The numbers of a problem are the
 * same in every language, each in the digits that its text has.
 * @module
 */
import { asciiDigits } from "../../metric/digits.ts";
import { type Stream, stream } from "../../random.ts";
import { calculate } from "./equation.ts";
import { type MultiMwpProblem, type MultiMwpSplit, NUMBER, numbersIn, splitOf } from "./multimwp.ts";

/** A problem with other numbers, in one language. */
export interface BalancedProblem {
  /** "multimwp_balanced/12/3": the published line, and which problem of the sequence. */
  readonly id: string;
  /** Id of the published problem. */
  readonly line: string;
  /** Which problem of the sequence. */
  readonly draw: number;
  /** Problems of one template: the unit of an interval. */
  readonly template: string;
  readonly question: string;
  readonly operation: Operation;
  /** "96 / 8" */
  readonly expression: string;
  readonly answer: string;
}

/** The test: 120 problems of each operation. */
export const BALANCED_TEST = { split: "test", seed: 1, count: 480 } as const;

/** As the published equations write them. */
export const OPERATIONS = ["+", "-", "*", "/"] as const;
/** One of them. */
export type Operation = typeof OPERATIONS[number];

/** What is drawn of a problem, whatever the language. */
export interface Drawn {
  /** Id of the published problem. */
  readonly line: string;
  /** Which problem of the sequence. */
  readonly draw: number;
  readonly operation: Operation;
  readonly template: string;
  /** The two published numbers in the order of the equation. */
  readonly before: readonly [string, string];
  /** What stands in their places. */
  readonly after: readonly [number, number];
}

/** What the world fixes: units of time and measure, and parts that everybody has. */
const FIXED =
  /\b(weeks?|months?|years?|dozens?|o'?clock|half|quarters?|percent|legs?|wheels?|sides?|angles?|dice|ages?|old|born|noon|midnight|january|february|march|april|june|july|august|september|october|november|december)\b|%|\d\s*[ap]\.?m\b|hours? (a|per|in a) day|days? (a|per|in a) week/i;

/** The smaller number and how often the larger has it. */
const SMALLER = { from: 2, to: 9 } as const;
const TIMES = { from: 2, to: 12 } as const;
/** One problem of so many names the smaller number first. */
const SMALLER_FIRST_EACH = 4;

/** Which of the problems of one part. */
interface Which {
  readonly split: MultiMwpSplit;
  readonly seed: number;
  readonly count: number;
  readonly from?: number;
}

/**
 * Problems of one part, in the same order whatever languages there are: operations take turns, and of an operation its
 * templates, each time with another pair of numbers.
 * @param english the problems in English, as `loadMultiMwp` gives them
 */
export function drawBalanced(english: readonly MultiMwpProblem[], { count, from, ...which }: Which): Drawn[] {
  return balancedSequence(english, which)(count, from);
}

/** The same as an endless sequence, of which `count` from `from` (0) on are drawn. */
export function balancedSequence(
  english: readonly MultiMwpProblem[],
  { split, seed }: Pick<Which, "split" | "seed">,
): (count: number, from?: number) => Drawn[] {
  const usable = english.flatMap((problem) => splitOf(problem) === split ? usableOf(problem) : []);
  const templates = (operation: Operation, isLargerFirst: boolean) => {
    const fits = (one: Usable) => !isOrdered(operation) || one.isInOrder === isLargerFirst;
    const own = usable.filter((one) => one.operation === operation && fits(one));
    return stream(seed, "multimwp", split, operation, "templates", `${isLargerFirst}`)
      .shuffle([...Map.groupBy(own, ({ template }) => template).values()]);
  };
  const lists = OPERATIONS.map((one) => ({ larger: templates(one, true), smaller: templates(one, false) }));
  const drawn = (at: number): Drawn => {
    const round = Math.floor(at / OPERATIONS.length);
    const isLargerFirst = round % SMALLER_FIRST_EACH !== 0;
    const list = lists[at % OPERATIONS.length]![isLargerFirst ? "larger" : "smaller"];
    if (list.length === 0) {
      throw new TypeError(`internal: no template of operation ${at % OPERATIONS.length}`);
    }
    const before = Math.ceil(round / SMALLER_FIRST_EACH);
    const turn = isLargerFirst ? round - before : before;
    const random = stream(seed, "multimwp", split, "numbers", at);
    const records = list[turn % list.length]!;
    const one = records[random.int(0, records.length - 1)]!;
    return {
      line: one.line,
      draw: at,
      operation: one.operation,
      template: one.template,
      before: one.before,
      after: numbersFor(one, isLargerFirst, random),
    };
  };
  return (count, from = 0) => Array.from({ length: count }, (_, i) => drawn(from + i));
}

/** The drawn problems in the language of `problems`; those that its texts lack are left out. */
export function balancedProblems(
  drawn: readonly Drawn[],
  problems: readonly MultiMwpProblem[],
): BalancedProblem[] {
  const byId = new Map(problems.map((problem) => [problem.id, problem]));
  return drawn.flatMap(({ line, draw, operation, template, before, after }) => {
    const problem = byId.get(line);
    if (problem === undefined) return [];
    const others = new Map(before.map((number, i) => [number, `${after[i]}`]));
    const question = problem.question.replace(NUMBER, (number) => {
      const [plain] = numbersIn(number);
      return inDigitsOf(number, others.get(plain!)!);
    });
    const expression = `${after[0]} ${operation} ${after[1]}`;
    const id = `multimwp_balanced/${line.split("/")[1]}/${draw}`;
    return [{
      id,
      line,
      draw,
      template,
      question,
      operation,
      expression,
      answer: `${calculate(expression)}`,
    }];
  });
}

interface Usable {
  readonly line: string;
  readonly operation: Operation;
  readonly template: string;
  readonly before: readonly [string, string];
  /** Whether the English text names the equation's first number first. */
  readonly isInOrder: boolean;
}

/** An English problem of one operation on two different whole numbers, which are those of its text; else none. */
function usableOf(problem: MultiMwpProblem): Usable[] {
  const { id, expression, question, template } = problem;
  const [, a, sign, b] = /^(\d+) ([-+*/]) (\d+)$/.exec(expression) ?? [];
  const operation = OPERATIONS.find((one) => one === sign);
  if (a === undefined || b === undefined || operation === undefined || a === b) return [];
  const named = numbersIn(question);
  if (FIXED.test(question) || [...named].sort().join() !== [a, b].sort().join()) return [];
  return [{ line: id, operation, template, before: [a, b], isInOrder: named[0] === a }];
}

/** Whether the larger number must stand before the operator. */
function isOrdered(operation: Operation): boolean {
  return operation === "-" || operation === "/";
}

/** Two numbers in the order of the equation. */
function numbersFor(
  { operation, isInOrder }: Usable,
  isLargerFirst: boolean,
  random: Stream,
): [number, number] {
  const smaller = random.int(SMALLER.from, SMALLER.to);
  const larger = smaller * random.int(TIMES.from, TIMES.to);
  return isOrdered(operation) || isLargerFirst === isInOrder ? [larger, smaller] : [smaller, larger];
}

/** A number in ASCII digits in the script of another. */
function inDigitsOf(number: string, ascii: string): string {
  const [digit] = /\p{Nd}/u.exec(number)!;
  const zero = digit.codePointAt(0)! - Number(asciiDigits(digit));
  return ascii.replace(/\d/g, (one) => String.fromCodePoint(zero + Number(one)));
}
