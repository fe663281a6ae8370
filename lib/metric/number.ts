/**
 * Numbers in written text, exactly: a number is the whole numeric expression, or none. Digits of any script, thousands
 * groups, decimals, signs, fractions, mixed numbers, powers, scale words. A number is a canonical decimal string
 * ("-1234.5"), never a float, so that equality means equality.
 *
 * Ambiguities are settled as follows. A comma before groups of three (or of two and a last three, as in India) groups, else
 * one comma is a decimal comma. A point is a decimal point unless it comes twice ("1.234.567") or a decimal comma follows
 * ("1.234,50"); after a letter or another point it ends an abbreviation ("Rs.500", "...42"). A hyphen after a letter, a
 * digit or a closing bracket is no sign, but in scripts without spaces it is. A sign apart from its number ("- 5") is one
 * after an equals sign, a colon or a bracket; in running text it may be a dash or a bullet, and the number is none.
 * @module
 */
import { isJoint, isOperandBefore, prefixOf } from "./number/context.ts";
import { plainMarks } from "./number/marks.ts";
import { readQuantity } from "./number/quantity.ts";
import { decimalOf, negate, type Rational } from "./number/rational.ts";

/** A number in a text of plain marks. */
export interface WrittenNumber {
  /** Where it begins, sign and currency included, and ends. */
  readonly start: number;
  readonly end: number;
  /** The canonical decimal; null for one without a finite form (1/3), and for one that is not understood (1.2.3). */
  readonly value: string | null;
  /** Whether it stands by itself: no operand, no part of a range, a date, a ratio or a list. */
  readonly alone: boolean;
}

/** How a text is read. */
export interface Reading {
  /** The text is an answer: "12 345" is one number, "- 5" at the beginning is -5. Wrong in running text. */
  readonly answer?: boolean;
}

const START = /(?<![\p{L}\p{M}\d.])\.\d|\d|\\[dtc]?frac(?![A-Za-z])/gu;

/**
 * Every number in `text`, in order, as canonical decimal strings; null stands for one without a finite decimal form (1/3)
 * or not understood (1.2.3). Operands count one by one.
 */
export function numbersIn(text: string, reading: Reading = {}): (string | null)[] {
  return writtenNumbers(plainMarks(text), reading).map(({ value }) => value);
}

/** The one number that `text` is, or null: for gold answers ("2,125", "8.0"). */
export function wholeNumber(text: string): string | null {
  const plain = plainMarks(text).trim();
  if (!/^[-+]?[\d.,'’\u00A0\u2009\u202F]+$/.test(plain)) return null;
  const found = writtenNumbers(plain);
  return found.length === 1 ? found[0]!.value : null;
}

/** Every number in a text that {@link plainMarks} has been through. */
export function writtenNumbers(plain: string, { answer = false }: Reading = {}): WrittenNumber[] {
  const found: WrittenNumber[] = [];
  START.lastIndex = 0;
  for (let match = START.exec(plain); match; match = START.exec(plain)) {
    const at = match.index;
    const { end, values } = readQuantity(plain, at, answer);
    const { start, sign, operand, raised } = prefixOf(plain, at, answer);
    START.lastIndex = end;
    if (raised) continue;
    const alone = values.length === 1 && !operand && !isOperandBefore(plain, end);
    const unclear = sign === "unsure" || isPair(plain, start, end);
    for (const value of values) {
      found.push({ start, end, value: unclear ? null : signed(value, sign), alone });
    }
  }
  return withoutOperands(plain, found);
}

/** Numbers that stand alone, but for those that are one expression with their neighbour. */
function withoutOperands(plain: string, found: readonly WrittenNumber[]): WrittenNumber[] {
  const between = found.map(({ start }, i) => i === 0 ? "\n" : plain.slice(found[i - 1]!.end, start));
  const joint = between.map(isJoint);
  // 2 (3 + 4)
  const product = found.map(({ alone }, i) =>
    /^[^\S\n]*[([]$/.test(between[i]!) && (joint[i + 1] === true || !alone)
  );
  return found.map((number, i) => {
    const alone = ![joint[i], joint[i + 1], product[i], product[i + 1]].includes(true);
    return { ...number, alone: number.alone && alone };
  });
}

/** "(2,3)": a pair, or a decimal comma in brackets. */
function isPair(plain: string, start: number, end: number): boolean {
  return /^[([]\d+,(?!\d{3}[)\]])\d+[)\]]$/.test(plain.slice(start - 1, end + 1));
}

function signed(value: Rational | null, sign: "+" | "-"): string | null {
  return value && decimalOf(sign === "-" ? negate(value) : value);
}
