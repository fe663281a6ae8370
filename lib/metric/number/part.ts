/**
 * What a quantity is put together from: numerals with their values.
 * @module
 */
import { readNumeral } from "./numeral.ts";
import { type Rational, rational } from "./rational.ts";

/** A part of a quantity: where it ends, and its value; null when it is not understood. */
export interface Part {
  readonly end: number;
  readonly value: Rational | null;
}

/** The numeral at `at`, without spaces in it. */
export function numeralAt(text: string, at: number): Part {
  const { end, decimals } = readNumeral(text, at, false);
  return { end, value: decimals.length === 1 ? valueOf(decimals[0]!) : null };
}

/** The value of digits with at most one point. */
export function valueOf(decimal: string | null): Rational | null {
  return decimal === null ? null : rational(decimal);
}

/** Whether `above / below` is a fraction of whole numbers between 0 and 1. */
export function isProper(above: Rational | null, below: Rational | null): boolean {
  if (above === null || below === null || above.bottom !== 1n || below.bottom !== 1n) return false;
  return above.top > 0n && above.top < below.top;
}
