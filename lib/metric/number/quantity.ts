/**
 * A quantity: all that is written as one number from its first digit on. Numerals, fractions (3/4, `\frac34`, ½), mixed
 * numbers (3 1/2), powers (10^3), exponents (1.5e3, 1.5 × 10^3) and scale words. What begins as a quantity and goes on as
 * something else ("3/4/2024", "10^x", "5k") is read to its end and has no value.
 * @module
 */
import { isFraction, latexFraction } from "./fraction.ts";
import { readNumeral } from "./numeral.ts";
import { isProper, numeralAt, type Part, valueOf } from "./part.ts";
import { add, divide, multiply, power, type Rational, rational } from "./rational.ts";
import { readHanScale, readScale } from "./scale_words.ts";
import { match } from "./sticky.ts";

/** Where it ends, and its value; null for one that is not understood; several values for a list such as 1,2,3. */
export interface Quantity {
  readonly end: number;
  readonly values: readonly (Rational | null)[];
}

const TEN = rational("10");
const E_NOTATION = /[eE]([+-]?\d{1,3})(?!\d|[.,]\d)/y;
const POWER =
  /[^\S\n]*(?:\^[^\S\n]*|\*\*(?=\d))(?:\{\s*([+-]?\d+)\s*\}|\(\s*([+-]?\d+)\s*\)|([+-]?\d{1,3})(?!\d|[.,]\d))/y;
const TIMES_TEN = /[^\S\n]*[×xX*·⋅∙][^\S\n]*(?=10[^\S\n]*(?:\^|\*\*\d))/y;
const SLASH = /[^\S\n]?\/[^\S\n]?(?=\.?\d)/y;
const GAP = /[^\S\n]+(?=\d)|[^\S\n]*(?=\\[dtc]?frac)/y;
const BRACKETED = String.raw`\([\d\s.,+\-*/×÷·]+`;
const REPEATING = String.raw`\.?\\(?:overline|bar|dot)(?![A-Za-z])`;
/** What shows that the number goes on. */
const GOES_ON = new RegExp(
  [
    // 10^x, 5_000
    String.raw`\^|\*\*(?=\d)|_(?=[\d{])`,
    // 1e5.5, 5k, 3x
    String.raw`[eE][+-]?\d|[kKMBxyz](?![\p{L}\p{M}\d])`,
    // 0.\overline{3}, 0.(3), 2(3 + 4)
    String.raw`${REPEATING}|(?=${BRACKETED}(?:\)|$))`,
  ].join("|"),
  "uy",
);
const ELLIPSIS = /\.{3}|…/y;
/** As much of it as may look like another number. */
const REST = new RegExp(
  [
    String.raw`[^\S\n]?\/[^\S\n]?\.?\d[\d.,]*`,
    String.raw`[\^_]\s*(?:\{[^{}\n]*\}|[+-]?[\d.,]*\d|[^\s{}])`,
    String.raw`[eE][+-]?\d+|${REPEATING}\s*\{[^{}\n]*\}|${BRACKETED}\)?`,
  ].join("|"),
  "y",
);

/** The quantity that starts at `at`, where a digit, a decimal point or a LaTeX fraction stands. */
export function readQuantity(text: string, at: number, spaces: boolean): Quantity {
  if (isFraction(text, at)) {
    return finish(text, latexFraction(text, at));
  }
  const first = readNumeral(text, at, spaces);
  if (first.decimals.length > 1) {
    return { end: first.end, values: first.decimals.map(valueOf) };
  }
  const whole = first.decimals[0]!;
  const plain = { end: first.end, value: valueOf(whole) };
  if (plain.value?.bottom === 1n && /^\d+$/.test(whole!)) {
    const mixed = fractionAfter(text, plain.end);
    if (mixed) return finish(text, { end: mixed.end, value: add(plain.value, mixed.value) });
  }
  const factor = raised(text, plain);
  const slash = match(SLASH, text, factor.end);
  if (slash) {
    const below = powered(text, numeralAt(text, factor.end + slash[0].length));
    const value = factor.value && below.value && divide(factor.value, below.value);
    return finish(text, { end: below.end, value });
  }
  return finish(text, scaled(text, factor));
}

/** What follows is looked at last: a number that goes on is none, and is gone over to its end. */
function finish(text: string, { end, value }: Part): Quantity {
  const endless = value !== null && value.bottom >= 1000n && match(ELLIPSIS, text, end) !== null;
  const goesOn = match(GOES_ON, text, end) !== null || match(SLASH, text, end) !== null;
  if (!goesOn && !endless) return { end, values: [value] };
  for (let rest = match(REST, text, end); rest; rest = match(REST, text, end)) end += rest[0].length;
  return { end, values: [null] };
}

/** A numeral with its exponent or its power, and with its power of ten. */
function raised(text: string, part: Part): Part {
  const factor = powered(text, part);
  const times = match(TIMES_TEN, text, factor.end);
  if (!times) return factor;
  const ten = toPower(text, { end: factor.end + times[0].length + 2, value: TEN });
  return { end: ten.end, value: factor.value && ten.value && multiply(factor.value, ten.value) };
}

function powered(text: string, part: Part): Part {
  const e = match(E_NOTATION, text, part.end);
  return e ? { end: part.end + e[0].length, value: timesTen(part.value, Number(e[1])) } : toPower(text, part);
}

function toPower(text: string, { end, value }: Part): Part {
  const found = match(POWER, text, end);
  if (!found) return { end, value };
  const exponent = Number(found[1] ?? found[2] ?? found[3]);
  return { end: end + found[0].length, value: value && power(value, exponent) };
}

/** "5 million"; and "3万5000", whose later digits each stand for less than the scale before them. */
function scaled(text: string, { end, value }: Part): Part {
  const scale = readScale(text, end);
  if (!scale) return { end, value };
  let sum = timesTen(value, scale.power);
  let { end: at, power: above } = scale;
  while (readHanScale(text, end) && /\d/.test(text[at] ?? "")) {
    const next = numeralAt(text, at);
    const under = readHanScale(text, next.end);
    const part = timesTen(next.value, under?.power ?? 0);
    const fits = part !== null && part.top < 10n ** BigInt(above) * part.bottom;
    sum = sum && fits ? add(sum, part) : null;
    at = under?.end ?? next.end;
    above = under?.power ?? 0;
  }
  return { end: at, value: sum };
}

/** The proper fraction that makes a mixed number with the whole number that ends at `at`. */
function fractionAfter(text: string, at: number): { end: number; value: Rational } | null {
  const gap = match(GAP, text, at);
  if (!gap) return null;
  const start = at + gap[0].length;
  if (isFraction(text, start)) {
    const { end, value, proper } = latexFraction(text, start);
    return value !== null && proper ? { end, value } : null;
  }
  const above = numeralAt(text, start);
  const slash = match(SLASH, text, above.end);
  if (!slash) return null;
  const below = numeralAt(text, above.end + slash[0].length);
  if (!isProper(above.value, below.value)) return null;
  return { end: below.end, value: divide(above.value!, below.value!)! };
}

function timesTen(value: Rational | null, exponent: number): Rational | null {
  const ten = power(TEN, exponent);
  return value && ten && multiply(value, ten);
}
