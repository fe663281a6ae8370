/**
 * The equations of a step-by-step answer ("60 × 5 = 300"), wherever they stand in a text. Digits, separators and marks are
 * read as everywhere in this folder; a unit or a currency beside a number is passed over, and so is all that is no equation:
 * names ("6 = Ben × 3"), words, a number by itself.
 *
 * A side is a number or a calculation with + - × ÷ and brackets; a chain (10 + 20 / 2 = 10 + 10 = 20) is one equation. A
 * slash is a division, never part of a fraction: "48/2 = 24" divides.
 * @module
 */
import { plainMarks } from "./number/marks.ts";
import { numeralAt } from "./number/part.ts";
import { add, decimalOf, divide, multiply, negate, type Rational, rational } from "./number/rational.ts";
import { match } from "./number/sticky.ts";

type Operator = "+" | "-" | "×" | "÷";

/** An equation. Numbers are canonical decimals. */
export interface Equation {
  /** In the order in which they are written. */
  readonly operators: readonly Operator[];
  /** The numbers of its calculations. */
  readonly operands: readonly string[];
  /** The numbers that stand alone on a side. */
  readonly results: readonly string[];
  /** Whether its sides are equal; one with decimals may be rounded to them (10 / 3 = 3.33). */
  readonly holds: boolean;
}

/** A side, or a part of it; the value is null after a division by zero. */
interface Side {
  readonly end: number;
  readonly value: Rational | null;
  readonly operators: readonly Operator[];
  readonly numbers: readonly string[];
}

const OPERATORS: Readonly<Record<string, Operator>> = {
  "+": "+",
  "-": "-",
  "×": "×",
  "*": "×",
  "·": "×",
  "⋅": "×",
  "x": "×",
  "X": "×",
  "÷": "÷",
  "/": "÷",
};
const START = /\(|(?<![\p{L}\p{M}\d.])\.\d|\d/gu;
const OPEN = /[^\S\n]*\([^\S\n]*/y;
const CLOSE = /[^\S\n]*\)/y;
const SIGN_AND_CURRENCY = /[^\S\n]*(-?)(?:[A-Za-z]{0,3}\p{Sc}[^\S\n]?)?(?=\.?\d)/uy;
const PERCENT = /[^\S\n]?%/y;
const WORD = String.raw`[\p{L}\p{M}'’]{1,24}`;
/** "5 apples", "5個", "5€", "$20/hour", "3 pieces of cake": what stands between a number and the mark that must follow it. */
const UNIT = new RegExp(
  String.raw`(?:[^\S\n]?\p{Sc}|(?:[^\S\n]?\/|[^\S\n]?)${WORD}(?:[ \/]${WORD}){0,3})` +
    String.raw`(?=[^\S\n]*(?:[-+×*·⋅÷/=)]|[xX][^\S\n]*[(.\d]))`,
  "uy",
);
const OPERATOR = /[^\S\n]*([-+×*·⋅÷]|\/(?!\p{L})|[xX](?=[^\S\n]*[(.\d]))/uy;
const EQUALS = /[^\S\n]*=/y;
const SIGN_BEFORE = /(?:^|[\s(=:])-(?:\p{Sc})?$/u;
/** Deeper is no calculation of a word problem. */
const DEEPEST = 8;

/** The equations of a text, in order. */
export function equationsIn(text: string): Equation[] {
  const plain = plainMarks(text);
  const found: Equation[] = [];
  START.lastIndex = 0;
  for (let at = START.exec(plain); at; at = START.exec(plain)) {
    const sides = sidesAt(plain, signedStart(plain, at.index));
    const equation = sides && equationOf(sides);
    // What is no equation is left behind number by number, so that "x = <<5 + 3 = 8>>" is not missed.
    START.lastIndex = equation
      ? sides.at(-1)!.end
      : at[0] === "("
      ? at.index + 1
      : numeralAt(plain, at.index).end;
    if (equation) found.push(equation);
  }
  return found;
}

/** Where a number begins with the minus that touches it: "-5 + 3". */
function signedStart(plain: string, at: number): number {
  const before = SIGN_BEFORE.exec(plain.slice(Math.max(0, at - 3), at));
  return before ? at - before[0].length + before[0].indexOf("-") : at;
}

/** Sides parted by equals signs from `at` on; null for less than two. */
function sidesAt(text: string, at: number): Side[] | null {
  const sides: Side[] = [];
  for (let from: number | undefined = at; from !== undefined;) {
    const side = sumAt(text, from, 0);
    if (side === null) break;
    sides.push(side);
    const equals = match(EQUALS, text, side.end);
    from = equals ? side.end + equals[0].length : undefined;
  }
  return sides.length < 2 ? null : sides;
}

function equationOf(sides: readonly Side[]): Equation | null {
  const calculations = sides.filter(({ operators }) => operators.length > 0);
  if (calculations.length === 0) return null;
  return {
    operators: calculations.flatMap(({ operators }) => operators),
    operands: calculations.flatMap(({ numbers }) => numbers),
    results: sides.filter(({ operators }) => operators.length === 0).flatMap(({ numbers }) => numbers),
    holds: sides.every((side, i) => i === 0 || areEqual(sides[i - 1]!, side)),
  };
}

/** Equal, or a number that is rounded to its decimals. */
function areEqual(one: Side, other: Side): boolean {
  if (one.value === null || other.value === null) return false;
  const { top, bottom } = add(one.value, negate(other.value));
  const apart = top < 0n ? -top : top;
  // A numeral's bottom is ten to the number of its decimals.
  const isRounded = ({ operators, value }: Side) =>
    operators.length === 0 && value!.bottom > 1n && 2n * apart * value!.bottom <= bottom;
  return apart === 0n || isRounded(one) || isRounded(other);
}

function sumAt(text: string, at: number, depth: number): Side | null {
  return calculation(
    text,
    at,
    ["+", "-"],
    (from) => calculation(text, from, ["×", "÷"], (one) => termAt(text, one, depth)),
  );
}

/** Terms with the operators of one rank between them, worked out from left to right. */
function calculation(
  text: string,
  at: number,
  rank: readonly Operator[],
  term: (at: number) => Side | null,
): Side | null {
  let side = term(at);
  while (side !== null) {
    const mark = match(OPERATOR, text, side.end);
    const operator = mark && OPERATORS[mark[1]!]!;
    if (!operator || !rank.includes(operator)) break;
    const right = term(side.end + mark[0].length);
    if (right === null) break;
    side = {
      end: right.end,
      value: worked(side.value, operator, right.value),
      operators: [...side.operators, operator, ...right.operators],
      numbers: [...side.numbers, ...right.numbers],
    };
  }
  return side;
}

function worked(a: Rational | null, operator: Operator, b: Rational | null): Rational | null {
  if (a === null || b === null) return null;
  if (operator === "+") return add(a, b);
  if (operator === "-") return add(a, negate(b));
  return operator === "×" ? multiply(a, b) : divide(a, b);
}

/** A number with what stands beside it, or a calculation in brackets. */
function termAt(text: string, at: number, depth: number): Side | null {
  const open = match(OPEN, text, at);
  if (open) {
    const inner = depth < DEEPEST ? sumAt(text, at + open[0].length, depth + 1) : null;
    const close = inner && match(CLOSE, text, inner.end);
    return close ? { ...inner, end: afterUnit(text, inner.end + close[0].length) } : null;
  }
  const lead = match(SIGN_AND_CURRENCY, text, at);
  if (!lead) return null;
  const numeral = numeralAt(text, at + lead[0].length);
  if (numeral.value === null) return null;
  const value = lead[1] === "-" ? negate(numeral.value) : numeral.value;
  const percent = match(PERCENT, text, numeral.end);
  return {
    end: afterUnit(text, numeral.end + (percent?.[0].length ?? 0)),
    value: percent ? multiply(value, rational("0.01")) : value,
    operators: [],
    numbers: [decimalOf(value)!],
  };
}

function afterUnit(text: string, end: number): number {
  // "5 x 3" multiplies.
  if (match(OPERATOR, text, end)) return end;
  return end + (match(UNIT, text, end)?.[0].length ?? 0);
}
