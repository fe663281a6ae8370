/**
 * One spelling for the marks of a written number, so that the grammar knows each once: ASCII digits, signs, separators and
 * operators; LaTeX's and Unicode's fractions as `\frac`, raised digits after a number as `^{3}`.
 * @module
 */
import { asciiDigits } from "../digits.ts";

/** Directional and joining characters that are not seen. */
const INVISIBLE = /[\u061C\u200B\u200E\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]/g;
/** Full-width ASCII, but not the marks that end a clause in Chinese and Japanese without a space: ！，；？ */
const FULL_WIDTH = /[\uFF02-\uFF0B\uFF0D-\uFF1A\uFF1C-\uFF1E\uFF20-\uFF5E]/g;
const LATEX: Readonly<Record<string, string>> = {
  "\\times": "×",
  "\\cdot": "·",
  "\\div": "÷",
  "\\pm": "±",
  "\\left": "",
  "\\right": "",
  "\\%": "%",
  "\\$": "$",
  "\\#": "#",
  "{,}": ",",
  ",\\!": ",",
};
const COMMANDS = /\\(?:times|cdot|div|pm|left|right)(?![A-Za-z])|\\[%$#]|\{,\}|,\\!/g;

/** The text in the spelling that the grammar reads. */
export function plainMarks(text: string): string {
  return asciiDigits(text.normalize("NFC").replace(INVISIBLE, ""))
    .replace(FULL_WIDTH, (mark) => String.fromCharCode(mark.charCodeAt(0) - 0xfee0))
    .replace(/[\u2212\uFE63\u2010-\u2013]/g, "-")
    // Between digits a full-width comma groups thousands or ends a clause; it is never a decimal comma.
    .replace(/(?<=\d)\uFF0C(?=\d{3}(?!\d))/g, ",")
    .replaceAll("\u066C", ",")
    .replaceAll("\u066B", ".")
    .replace(/[\u2044\u2215]/g, "/")
    .replace(/[¼½¾⅐-⅞]/g, (one) => `\\frac{${one.normalize("NFKC").replace("\u2044", "}{")}}`)
    .replace(/(?<=\d)[⁺⁻]?[⁰¹²³⁴-⁹]+/g, (raised) => `^{${raised.normalize("NFKC").replace("\u2212", "-")}}`)
    .replace(COMMANDS, (mark) => LATEX[mark] ?? mark)
    .replace(/\\[,;:! ]/g, "\u2009");
}
