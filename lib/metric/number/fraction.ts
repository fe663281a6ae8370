/**
 * LaTeX's fractions, `\frac{3}{4}` and `\frac34`, with nothing but numbers in them.
 * @module
 */
import { isProper, numeralAt, type Part } from "./part.ts";
import { divide, negate, type Rational } from "./rational.ts";
import { match } from "./sticky.ts";

const ARGUMENT = String.raw`\{\s*(-?[\d.,'’\u2009]+)\s*\}|(\d)`;
const FRAC = /\\[dtc]?frac(?![A-Za-z])/y;
const FRACTION = new RegExp(String.raw`\\[dtc]?frac\s*(?:${ARGUMENT})\s*(?:${ARGUMENT})(?!\d)`, "y");

/** Whether a fraction in LaTeX starts at `at`. */
export function isFraction(text: string, at: number): boolean {
  return match(FRAC, text, at) !== null;
}

/** The fraction that starts at `at`; one with letters or calculations in it has no value, and is gone over. */
export function latexFraction(text: string, at: number): Part & { proper: boolean } {
  const found = match(FRACTION, text, at);
  if (!found) return { end: afterGroups(text, at), value: null, proper: false };
  const above = argument(found[1] ?? found[2] ?? ""), below = argument(found[3] ?? found[4] ?? "");
  const value = above && below && divide(above, below);
  return { end: at + found[0].length, value, proper: isProper(above, below) };
}

function argument(written: string): Rational | null {
  const digits = written.replace(/^-/, "");
  if (!/^\.?\d/.test(digits)) return null;
  const { end, value } = numeralAt(digits, 0);
  if (value === null || end < digits.length) return null;
  return digits === written ? value : negate(value);
}

/** Behind a `\frac` that is not understood: its two groups, braces balanced. */
function afterGroups(text: string, at: number): number {
  at += match(FRAC, text, at)![0].length;
  for (let group = 0; group < 2; group++) {
    while (/[^\S\n]/.test(text[at] ?? "")) at++;
    let depth = 0;
    do {
      if (text[at] === "{") depth++;
      if (text[at] === "}") depth--;
      at++;
    } while (depth > 0 && at < text.length);
  }
  return Math.min(at, text.length);
}
