/**
 * Values of options: each parser returns the value or says in one line what was expected.
 * @module
 */
import { didYouMean, UserError } from "../errors.ts";

/** One of a fixed choice. */
export function choice<T extends string>(what: string, valid: readonly T[]): (text: string) => T {
  return function parseChoice(text) {
    const found = valid.find((each) => each === text);
    if (found !== undefined) return found;
    throw new UserError(`Unknown ${what} "${text}": ${didYouMean(text, valid)}`);
  };
}

/** A whole number from `least` on. */
export function wholeNumber(what: string, least: 0 | 1): (text: string) => number {
  return function parseWholeNumber(text) {
    if (/^\d{1,9}$/.test(text) && Number(text) >= least) return Number(text);
    throw new UserError(`Cannot use "${text}" for ${what}: expected a whole number from ${least}`);
  };
}

/** A whole number of at least one. */
export function positive(what: string): (text: string) => number {
  return wholeNumber(what, 1);
}

/** A number above 0, with decimals or without. */
export function aboveZero(what: string): (text: string) => number {
  return function parseAboveZero(text) {
    if (/^(\d{1,9}(\.\d*)?|\.\d+)$/.test(text) && Number(text) > 0) return Number(text);
    throw new UserError(`Cannot use "${text}" for ${what}: expected a number above 0`);
  };
}

/** Several values with commas between them. */
export function listOf<T>(parseOne: (text: string) => T): (text: string) => T[] {
  return function parseList(text) {
    return text.split(",").map(parseOne);
  };
}

/** Collects an option given several times. */
export function collect(text: string, before: readonly string[] = []): string[] {
  return [...before, text];
}
