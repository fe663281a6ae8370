/**
 * Exact arithmetic of written numbers: fractions of integers, never a float.
 * @module
 */

/** `top / bottom`; the bottom is above zero. */
export interface Rational {
  readonly top: bigint;
  readonly bottom: bigint;
}

/** Beyond this a power is no answer to anything, and would only cost time. */
const MAX_EXPONENT = 300;
const MAX_DIGITS = 3000;

/** The value of digits with at most one point ("12", "1.5", ".5"). */
export function rational(decimal: string): Rational {
  const [whole, decimals = ""] = decimal.split(".");
  return { top: BigInt(whole + decimals), bottom: 10n ** BigInt(decimals.length) };
}

export function negate({ top, bottom }: Rational): Rational {
  return { top: -top, bottom };
}

export function add(a: Rational, b: Rational): Rational {
  return { top: a.top * b.bottom + b.top * a.bottom, bottom: a.bottom * b.bottom };
}

export function multiply(a: Rational, b: Rational): Rational {
  return { top: a.top * b.top, bottom: a.bottom * b.bottom };
}

/** null for a division by zero. */
export function divide(a: Rational, b: Rational): Rational | null {
  if (b.top === 0n) return null;
  const sign = b.top < 0n ? -1n : 1n;
  return { top: sign * a.top * b.bottom, bottom: sign * a.bottom * b.top };
}

/** null where the power is not defined, or too large. */
export function power(base: Rational, exponent: number): Rational | null {
  const size = Math.max(`${base.top}`.length, `${base.bottom}`.length) * Math.abs(exponent);
  if (!(Math.abs(exponent) <= MAX_EXPONENT) || size > MAX_DIGITS) return null;
  const n = BigInt(Math.abs(exponent));
  const raised = { top: base.top ** n, bottom: base.bottom ** n };
  return exponent < 0 ? divide({ top: 1n, bottom: 1n }, raised) : raised;
}

/** The canonical decimal ("-1234.5"), or null for one that does not end (1/3). */
export function decimalOf({ top, bottom }: Rational): string | null {
  const shared = gcd(top < 0n ? -top : top, bottom);
  let rest = bottom / shared;
  let places = 0;
  for (const factor of [10n, 5n, 2n]) {
    for (; rest % factor === 0n; rest /= factor) places++;
  }
  if (rest !== 1n) return null;
  const digits = `${(top < 0n ? -top : top) * 10n ** BigInt(places) / bottom}`.padStart(places + 1, "0");
  const whole = digits.slice(0, digits.length - places);
  const decimals = digits.slice(digits.length - places).replace(/0+$/, "");
  return (top < 0n ? "-" : "") + (decimals === "" ? whole : `${whole}.${decimals}`);
}

function gcd(a: bigint, b: bigint): bigint {
  while (b !== 0n) [a, b] = [b, a % b];
  return a;
}
