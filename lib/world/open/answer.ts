/**
 * Gold answers of word problems: canonical decimals, read from native digits and thousands separators and from nothing
 * else, because a wrong gold answer scores every model wrong without anybody noticing.
 * @module
 */
import { asciiDigits } from "../../metric/digits.ts";
import { wholeNumber } from "../../metric/number.ts";
import { fail, quoted, type Source } from "./read.ts";

/** The number that `text` is, as a canonical decimal ("2,125" is "2125"); null when it is not one plain number. */
export function numericAnswer(text: string): string | null {
  const plain = asciiDigits(text.trim());
  const isNumber = plain.length <= 40 &&
    /^-?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?$/.test(plain.replace("\u2212", "-"));
  return isNumber ? wholeNumber(plain) : null;
}

/** {@link numericAnswer} of a field that must be a number. @throws {UserError} with file and line if it is not */
export function goldAnswer(source: Source, line: number, field: string): string {
  return numericAnswer(field) ??
    fail(source, line, `has ${quoted(field)} where the answer should be a number; are columns swapped?`);
}
