/**
 * The strict rule for choices: one letter, or none. In this order: the letter in the last `\boxed{}`; after the last marker
 * ("The answer is"); after "choice" or "option"; the only letter that is set apart as one. A letter that is a word of its
 * own ("A bird", Portuguese "E") is none, unless marks set it apart: "(A)", "A.", "**A**".
 * @module
 */
import { afterMarker } from "./answer_markers.ts";
import { lastBox } from "./boxed.ts";
import { plainMarks } from "./number/marks.ts";

/** One-letter words of English and of Romance languages. */
const WORDS = "AEIOUY";
const MARK = String.raw`[\s*_\x60"'“”«„‘’「『([{$:]|\\(?:text|textbf|mathbf|mathrm|\()(?![A-Za-z])`;
const MARKUP = `(?:${MARK})*`;
/** What may stand between a marker and its letter, or before a letter without a marker. */
const NAMES = "(?:(?i:choice|option|opción|opção|opzione|вариант|optie|opcja|chaguo)|বিকল্প|ఎంపిక|विकल्प|" +
  "选项|選項|選択肢|ตัวเลือก|ข้อ)";
const ARTICLE = "(?:the|die|la|le|el|lo|il|o|a|de|het)(?=\\s)|l'";
const ENDS = String.raw`(?![\p{sc=Latn}\p{M}\p{N}_'’]|\.\p{L})`;
const CLOSE = String.raw`[.)\]}:,;"”»」』*_$。，、]`;
const OR = "(?:[,/&、]|or|and|oder|und|o|ou|y|e|и|или|或|和|か|หรือ|au|বা|లేదా)";
/** With these a sentence goes on to its reason after the letter A. */
const REASON = String
  .raw`(?:because|since|as|due|which|for|weil|denn|da|porque|ya|pues|parce|car|puisque|perché|poiché)\b`;

interface Forms {
  readonly boxed: RegExp;
  readonly marked: RegExp;
  readonly whole: RegExp;
  readonly named: RegExp;
  readonly apart: RegExp;
}

const known = new Map<string, Forms>();

/** The patterns for some letters. */
function formsOf(letters: string): Forms {
  const capital = `[${letters}]`, small = `[${letters.toLowerCase()}]`, any = `(?:${capital}|${small})`;
  const word = String.raw`(?:(?=[${WORDS}])${capital}(?!,?[^\S\n]+(?!${REASON})\p{sc=Latn}))`;
  const letter = `(?:(?![${WORDS}])${capital}|${word})`;
  // "C or D" names no letter.
  const single = String.raw`(?!${CLOSE}*[^\S\n]*${OR}[\s*_"'(]*${capital}(?![\p{L}\p{M}\p{N}]))`;
  const chosen = String.raw`(${letter}${ENDS}${single}|${small}${ENDS}(?=${CLOSE}|\s*$|\s*\n)${single})`;
  const notInWord = String.raw`(?<![\p{sc=Latn}\p{M}\p{N}_'’]|\p{L}\.)`;
  return {
    boxed: new RegExp(`^${MARKUP}${chosen}`, "u"),
    marked: new RegExp(`^(?:${MARK}|${ARTICLE}|${NAMES})*${chosen}`, "u"),
    whole: new RegExp(String.raw`^${MARKUP}(${any})${ENDS}(?:${CLOSE}|\s)*$`, "u"),
    named: new RegExp(String.raw`(?<![\p{L}\p{M}])${NAMES}${MARKUP}${chosen}`, "gu"),
    apart: new RegExp(String.raw`${notInWord}(${capital})${ENDS}${apartAfter(letters)}`, "gu"),
  };
}

/** What sets a capital apart: a mark after it; a space as well, or a comma, where the letter is no word of its own. */
function apartAfter(letters: string): string {
  const noWords = [...letters].filter((letter) => !WORDS.includes(letter)).join("");
  const marks = String.raw`(?=[.)\]:"”»」』*_。]|\s*$|\s*\n)`;
  return noWords === ""
    ? marks
    : String.raw`(?:${marks}|(?<=[${noWords}])(?=[,\s，、]|\p{sc=Hira}|\p{sc=Han}))`;
}

/** The letter of `letters` (capitals) that an output chooses; null for none. */
export function strictChoice(output: string, letters: readonly string[]): string | null {
  const plain = plainMarks(output), key = letters.join("");
  if (!known.has(key)) known.set(key, formsOf(key));
  const { boxed, marked, whole, named, apart } = known.get(key)!;
  const sure = lastBox(plain)?.content?.match(boxed) ?? afterMarker(plain)?.match(marked) ??
    plain.match(whole);
  if (sure) return sure[1]!.toUpperCase();
  for (const form of [named, apart]) {
    const found = new Set([...plain.matchAll(form)].map((match) => match[1]!.toUpperCase()));
    if (found.size > 0) return found.size === 1 ? [...found][0]! : null;
  }
  return null;
}
