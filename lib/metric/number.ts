/**
 * Numbers in written text, exactly: digits of any script, thousands groups, decimals, signs, simple fractions. A number
 * is a canonical decimal string ("-1234.5"), never a float, so that equality means equality.
 *
 * Ambiguities are settled as follows. A comma before groups of three (or of two and a last three, as in India) groups;
 * before one, two, or four and more digits it is a decimal comma. A point is a decimal point unless it comes twice
 * ("1.234.567"). A hyphen after a letter, a digit or a closing bracket is no sign.
 * @module
 */
import { asciiDigits } from "./digits.ts";

const GROUPED = String
  .raw`\d{1,3}(?:,\d{3})+|\d{1,2}(?:,\d{2})+,\d{3}|\d{1,3}(?:['’]\d{3})+|\d{1,3}(?:[\u00A0\u2009\u202F]\d{3})+`;
const POINTED = String.raw`\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?`;
const COMMA_DECIMAL = String.raw`(?<!\d,)\d+,(?:\d{1,2}|\d{4,})(?![\d,])`;
const PLAIN = String.raw`\d+(?:\.\d+)?|(?<!\d)\.\d+`;
const SPACED = String.raw`\d{1,3}(?: \d{3})+(?:[.,]\d+)?`;
const CURRENCY = String.raw`\p{Sc}\s?|\\\$`;
const MINUS = String.raw`(?<![\p{L}\p{N})\]}])(?<!\d\s+)-(?:${CURRENCY})?`;

function pattern(body: string): RegExp {
  const number = String.raw`${POINTED}|(?:${GROUPED})(?![\d])(?:\.\d+)?|${COMMA_DECIMAL}|${PLAIN}`;
  return new RegExp(String.raw`(?<sign>${MINUS})?(?<number>${body}${number})(?<under>\s?/\s?\d+)?`, "gu");
}

const ANYWHERE = pattern("");
const WITH_SPACES = pattern(`${SPACED}(?!\\d)|`);

/**
 * Every number in `text`, in order, as canonical decimal strings; null stands for one without a finite decimal form (1/3).
 * `spaces` also takes "12 345" with plain spaces as one number: right in an answer, wrong in running text.
 */
export function numbersIn(text: string, { spaces = false } = {}): (string | null)[] {
  const plain = plainMarks(text);
  return [...plain.matchAll(spaces ? WITH_SPACES : ANYWHERE)].map(({ groups }) => {
    const { sign, number, under } = groups!;
    const value = ungroup(number);
    const quotient = under === undefined ? value : divide(value, under.replace(/[\s/]/g, ""));
    return quotient === null ? null : canonical((sign ? "-" : "") + quotient);
  });
}

/** The one number that `text` is, or null: for gold answers ("2,125", "8.0"). */
export function wholeNumber(text: string): string | null {
  const plain = plainMarks(text).trim();
  if (!/^[-+]?[\d.,'’\u00A0\u2009\u202F]+$/.test(plain)) return null;
  const found = numbersIn(plain);
  return found.length === 1 ? found[0] : null;
}

/** ASCII digits, minus, separators and plain `a/b` fractions, so that one pattern reads them all. */
function plainMarks(text: string): string {
  return asciiDigits(text)
    .replace(/[\u2212\uFF0D\uFE63\u2010\u2011\u2012\u2013]/g, "-")
    .replace(/[\uFF0C\u066C]/g, ",")
    .replace(/[\uFF0E\u066B]/g, ".")
    .replace(/\\[dt]?frac\{\s*(-?[\d.,]+)\s*\}\{\s*([\d.,]+)\s*\}/g, "$1/$2")
    .replace(/\{,\}|\\[,!;](?=\d)/g, (mark) => mark === "{,}" ? "," : "")
    .replace(/[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g, "");
}

function ungroup(number: string): string {
  if (/^\d{1,3}(\.\d{3}){2,}(,\d+)?$/.test(number)) return number.replaceAll(".", "").replace(",", ".");
  if (/^\d{1,3}( \d{3})+([.,]\d+)?$/.test(number)) return number.replaceAll(" ", "").replace(",", ".");
  if (/^\d+,(\d{1,2}|\d{4,})$/.test(number)) return number.replace(",", ".");
  return number.replace(/[,'’\u00A0\u2009\u202F]/g, "");
}

/** numerator / denominator as a finite decimal, or null when it has none (or divides by zero). */
function divide(numerator: string, denominator: string): string | null {
  const [whole, decimals = ""] = numerator.split(".");
  const scale = 30;
  const top = BigInt(whole + decimals) * 10n ** BigInt(scale);
  const bottom = BigInt(denominator) * 10n ** BigInt(decimals.length);
  if (bottom === 0n || top % bottom !== 0n) return null;
  const digits = (top / bottom).toString().padStart(scale + 1, "0");
  return `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

function canonical(number: string): string {
  const negative = number.startsWith("-");
  const [whole, decimals = ""] = number.replace("-", "").split(".");
  const left = whole.replace(/^0+(?=\d)/, "") || "0", right = decimals.replace(/0+$/, "");
  const value = right === "" ? left : `${left}.${right}`;
  return negative && value !== "0" ? `-${value}` : value;
}
