/**
 * Digits of every script as ASCII. Python's `\d`, `int()` and `float()` take any Unicode decimal digit (category Nd);
 * JavaScript's do not, and MSVAMP writes most Bengali numbers in Bengali digits.
 * @module
 */

const NATIVE = /[^\P{Nd}0-9]/gu;
const DIGIT = /\p{Nd}/u;
const values = new Map<string, string>();

/** Replaces each Unicode decimal digit by its ASCII one; all else stays. */
export function asciiDigits(text: string): string {
  return text.replace(NATIVE, (digit) => {
    let value = values.get(digit);
    if (value === undefined) values.set(digit, value = decimalValue(digit));
    return value;
  });
}

/** Unicode keeps the digits of a script in order, 0 to 9, in runs of ten (Unicode Standard, section 4.6). */
function decimalValue(digit: string): string {
  const point = digit.codePointAt(0)!;
  let start = point;
  while (DIGIT.test(String.fromCodePoint(start - 1))) start--;
  return String((point - start) % 10);
}
