/**
 * Whether a gold answer contradicts the equation that its record gives for it: of the published problems some do ("(2*10.62)
 * + 1.59 = x" with 36.78), and such a gold scores every right answer wrong. Judged are equations of numbers and at most
 * one unknown; ratios, shares in per cent, comparisons, systems and remainders ("4 r2": r is no unknown) are not, and count as no contradiction.
 * @module
 */
import { atLeast } from "../../checked.ts";
import { UNIT } from "./operations.ts";

/** One side of an equation for a value of the unknown. */
type Side = (x: number) => number;

/** How far a number written with so many decimals may lie from what it rounds. */
const CENT = 0.005;

/**
 * Whether `answer`, a canonical decimal, is another number than the last clause of `equation` gives.
 *
 * @example
 * ```ts
 * import { contradicts } from "./equation.ts";
 * import { strictEqual } from "node:assert";
 * strictEqual(contradicts("(2*10.62)+1.59=x", "36.78"), true);
 * strictEqual(contradicts("24-3=21; 7*21=147", "147"), false);
 * ```
 */
export function contradicts(equation: string, answer: string): boolean {
  const clauses = equation.replace(UNIT, " ").split(";");
  const sides = clauses.at(-1)!.split("=");
  const letters = new Set(clauses.join().toLowerCase().match(/\p{L}/gu));
  if (sides.length !== 2 || letters.size > 1 || (letters.size === 1 && clauses.length > 1)) return false;
  const [left, right] = sides.map(parseSide);
  if (left === undefined || right === undefined) return false;
  const gold = Number(answer);
  const difference = (x: number) => left(x) - right(x);
  if (letters.size === 0) {
    // "16/3=6" rounds up: less than one unit of the last place written is no contradiction.
    const unit = 10 ** -decimalsOf(sides[1]!.trim());
    return Math.abs(difference(0)) > unit - CENT * unit || Math.abs(gold - right(0)) > CENT;
  }
  const [at0, at1, at2] = atLeast([0, 1, 2].map(difference), 3);
  const slope = at1 - at0;
  const isLinear = Math.abs(at2 - at1 - slope) < 1e-9 * (1 + Math.abs(at1)) && slope !== 0;
  if (!isLinear) return Math.abs(difference(gold)) > 0.01 * Math.abs(left(gold));
  const decimals = decimalsOf(answer);
  return Math.abs(-at0 / slope - gold) > (decimals === 0 ? CENT : 0.5 * 10 ** -decimals) * 1.001;
}

/** The value of a calculation of numbers; undefined for what is none or divides by zero. */
export function calculate(expression: string): number | undefined {
  const value = /\p{L}/u.test(expression) ? undefined : parseSide(expression)?.(0);
  return value !== undefined && Number.isFinite(value) ? value : undefined;
}

function decimalsOf(number: string): number {
  return /\.(\d+)$/.exec(number)?.[1]?.length ?? 0;
}

/** A sum of products of numbers, the unknown and brackets; undefined for anything else. */
function parseSide(text: string): Side | undefined {
  const plain = text.replace(/(?<=\d),(?=\d{3}(?!\d))/g, "").replace(/[×·]/g, "*").replace(/÷/g, "/")
    .replace(/[\u2212\u2013]/g, "-");
  const tokens = plain.match(/\d+(?:\.\d*)?|\.\d+|\p{L}|[-+*/()]|\S/gu) ?? [];
  let at = 0;
  const side = sum();
  return at === tokens.length ? side : undefined;

  function sum(): Side | undefined {
    let value = product();
    while (tokens[at] === "+" || tokens[at] === "-") {
      const sign = tokens[at++] === "+" ? 1 : -1;
      value = both(value, product(), (a, b) => a + sign * b);
    }
    return value;
  }

  function product(): Side | undefined {
    let value = factor();
    // "2x" and "2(3+4)" are products, "6 r2" is none.
    while (/^[*/(\p{L}]$/u.test(tokens[at] ?? "")) {
      const isQuotient = tokens[at] === "/";
      if (isQuotient || tokens[at] === "*") at++;
      const next = factor();
      if (next === undefined) return undefined;
      value = both(value, next, isQuotient ? (a, b) => a / b : (a, b) => a * b);
    }
    return value;
  }

  function factor(): Side | undefined {
    const token = tokens[at++] ?? "";
    if (token === "-") return both(() => 0, factor(), (a, b) => a - b);
    if (/^[\d.]/.test(token)) return () => Number(token);
    if (/^[a-qs-z]$/i.test(token)) return (x) => x;
    if (token !== "(") return undefined;
    const inside = sum();
    return tokens[at++] === ")" ? inside : undefined;
  }
}

function both(a: Side | undefined, b: Side | undefined, how: (a: number, b: number) => number) {
  return a && b && ((x: number) => how(a(x), b(x)));
}
