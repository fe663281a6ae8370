/**
 * Words of a text in any of the 48 languages: where they are, and how to write words as text again. A word is a run of
 * letters with their marks, with the signs that spelling puts inside words (apostrophes, the Armenian stress and
 * question marks, the Catalan middle dot); numbers keep their separators. Thai, Chinese and Japanese write no spaces
 * and are cut by `Intl.Segmenter`'s dictionaries. No other language goes through `Intl`: its data lacks some of the 48
 * and answers in English without saying so.
 * @module
 */

/** A piece of text: a word, a number or one sign. Offsets are UTF-16 positions in the text it came from. */
export interface Token {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly kind: "word" | "number" | "sign";
}

/**
 * Languages written without spaces between words, and what else stands close there: Chinese and Japanese write none at
 * all, Thai writes one at a number and between sentences.
 */
const UNSPACED_LANGUAGES: ReadonlyMap<string, { readonly close: "words" | "all" }> = new Map([
  ["th", { close: "words" }],
  ["ja", { close: "all" }],
  ["zh", { close: "all" }],
]);
/** Languages where a word before an apostrophe stands alone: l'eau, dell'acqua, d'aigua. */
const ELIDING_LANGUAGES = new Set(["fr", "it", "ca"]);

const UNSPACED = /[\p{Script=Thai}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

const LETTERS = "[\\p{L}\\p{M}\u200c\u200d]";
/** What may stand between the letters of one word: ' and its two typographic forms, U+00B7, and Armenian U+055A..055E. */
const INNER = "['\u2019\u02bc\u00b7\u055a-\u055e]";
const NUMBER = "\\p{Nd}+(?:[.,\u066b\u066c]\\p{Nd}+)*";
const TOKEN = new RegExp(
  `(?<number>${NUMBER})|(?<word>${LETTERS}+(?:${INNER}${LETTERS}+|[\u055b-\u055e])*)|(?<sign>[^\\s])`,
  "gu",
);
/** Hausa and Swahili words may begin with an apostrophe before y or n: 'ya'ya. */
const INITIAL_APOSTROPHE = /(?<![\p{L}\p{M}])['\u2019](?=[yY]\p{L})/gu;

/** Cuts a text into words, numbers and signs; white space is what lies between tokens. */
export function tokenizeWords(text: string, language: string): Token[] {
  const tokens: Token[] = [];
  const masked = language === "ha" ? text.replace(INITIAL_APOSTROPHE, "\u02bc") : text;
  for (const match of masked.matchAll(TOKEN)) {
    const { number, word } = match.groups!;
    const kind = number !== undefined ? "number" : word !== undefined ? "word" : "sign";
    let start = match.index;
    for (const part of parts(match[0], kind, language)) {
      const end = start + part.length;
      tokens.push({ text: text.slice(start, end), start, end, kind });
      start = end;
    }
  }
  return tokens;
}

/** The words and numbers of a text, without signs. */
export function words(text: string, language: string): string[] {
  return tokenizeWords(text, language).filter((token) => token.kind !== "sign").map((token) => token.text);
}

/** Signs that stand close to the word before them. */
const CLOSING =
  /^[.,;:!?%)\]}\u00bb\u2019\u201d\u3001\u3002\uff01\uff09\uff0c\uff0e\uff1a\uff1b\uff1f\u0964\u060c\u061b\u061f\u055d\u0589]$/u;
/** Signs that stand close to the word after them. */
const OPENING = /^[([{\u00ab\u00bf\u00a1\u2018\u201c\uff08]$/u;

/**
 * Writes words and signs as text: a space between words, none before closing and after opening signs, and none at all
 * between words of a language that writes none (numbers and Latin words inside such text are set close too).
 */
export function joinWords(pieces: readonly string[], language: string): string {
  const unspaced = UNSPACED_LANGUAGES.has(language);
  let out = "";
  let isFirst = true;
  for (const piece of pieces) {
    const last = out.at(-1) ?? "";
    const isClose = isFirst || CLOSING.test(piece) || OPENING.test(last) ||
      (unspaced && !(/[\p{L}\p{N}]/u.test(last) && !UNSPACED.test(last) && isLatinOrDigit(piece))) ||
      (ELIDING_LANGUAGES.has(language) && /\p{L}['\u2019]$/u.test(out));
    out += isClose ? piece : ` ${piece}`;
    isFirst = false;
  }
  return out;
}

/** Whether a language writes a word of its own close to what stands beside it: another word, or a number or sign. */
export function isWrittenClose(language: string, beside: Token["kind"]): boolean {
  const close = UNSPACED_LANGUAGES.get(language)?.close;
  return close === "all" || (close === "words" && beside === "word");
}

/** Cuts a piece of text at word boundaries where it is written without spaces; any other piece comes back whole. */
export function splitUnspaced(piece: string): string[] {
  if (!UNSPACED.test(piece)) return [piece];
  return Array.from(wordSegmenter().segment(piece), ({ segment }) => segment);
}

let segmenter: Intl.Segmenter | undefined;

/** ICU picks the dictionary by script, so one segmenter serves all three languages. */
function wordSegmenter(): Intl.Segmenter {
  return segmenter ??= new Intl.Segmenter("ja", { granularity: "word" });
}

function parts(text: string, kind: Token["kind"], language: string): string[] {
  if (kind !== "word") return [text];
  if (UNSPACED_LANGUAGES.has(language)) return splitUnspaced(text);
  if (ELIDING_LANGUAGES.has(language)) return text.split(/(?<=(?<!aujourd)['\u2019])/iu);
  return [text];
}

function isLatinOrDigit(text: string): boolean {
  return /^[\p{Script=Latin}\p{N}]/u.test(text);
}
