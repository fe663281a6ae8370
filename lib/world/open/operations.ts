/**
 * How many operations the formula of a word problem has: what "multiple steps" means where a set does not say it (Miao et
 * al. 2020 call a problem multi-step when its expression tree has more than one operation).
 * @module
 */

/** "x:The first angle" says what a letter stands for. */
const DEFINITION = /^\s*[A-Za-z]\s*:/;
/** "GCD(20,16)" is one operation, whatever stands inside. */
const FUNCTION = /\b(?:GCD|HCF|LCM)\b/gi;
/** "(cent/dime)", "(sq. ft)", "(L)": a unit, not a quotient. */
export const UNIT = /\(\s*\p{L}(?:[\p{L}. ]|(?<=\p{L}{2})-(?=\p{L}{2}))*(?:\/\s*\p{L}[\p{L}. ]*)?\)/gu;
/** "cents", "half-dollar": any word; a single letter is an unknown. */
const WORD = /\p{L}{2,}(?:[-/ .]+\p{L}{2,})*/gu;
const BINARY = /[+*/×÷^]|(?<=[\d\p{L})\]%.]\s*)[-\u2212\u2013]/gu;
/** "2x", "2(3+4)", "(a)(b)" without a sign. */
const PRODUCT = /(?<=\d)\p{L}(?!\p{L})|(?<=[\d\p{L})])\(/gu;

/**
 * Operations in a formula of ASDiv or equations of MAWPS, on both sides and in all clauses (after ";").
 *
 * @example
 * ```ts
 * import { countOperations } from "./operations.ts";
 * import { strictEqual } from "node:assert";
 * strictEqual(countOperations("(35+21)-34=22"), 2);
 * strictEqual(countOperations("2 (dime)*10 (cent/dime)=20 (cent)"), 1);
 * ```
 */
export function countOperations(formula: string): number {
  return formula.split(";").filter((clause) => !DEFINITION.test(clause)).reduce((sum, clause) => {
    const functions = clause.match(FUNCTION)?.length ?? 0;
    const plain = clause.replace(UNIT, " ").replace(WORD, " ");
    return sum + functions + (plain.match(BINARY)?.length ?? 0) + (plain.match(PRODUCT)?.length ?? 0);
  }, 0);
}
