/**
 * Words that multiply the number before them ("1.5 million", "3万5000"): a number without its scale word is a fragment.
 * Dozens and pairs are units that are counted, not scales.
 * @module
 */
import { match } from "./sticky.ts";

/** Power of ten by word, where words are set apart by spaces. */
const SPACED: readonly (readonly [number, string])[] = [
  [2, "hundred"],
  [3, "thousand|tausend|mil|mille|тысяч[аи]?|тыс\\.?"],
  [6, "millions?|mio\\.?|million(?:en)?|mill[oó]n(?:es)?|milh(?:ão|ões)|миллион(?:а|ов)?|млн\\.?"],
  [9, "billions?|milliarden?|mrd\\.?|milliards?|миллиард(?:а|ов)?|млрд\\.?"],
  [12, "trillions?"],
  [5, "lakhs?"],
  [7, "crores?"],
];
/** The same where endings are attached to the word, or no space follows it. */
const ATTACHED: readonly (readonly [number, string])[] = [
  [3, "হাজার|వేల|వెయ్యి|พัน(?!ธ)"],
  [4, "หมื่น"],
  [5, "লাখ|লক্ষ|లక్ష|แสน"],
  [6, "মিলিয়ন|మిలియన్|ล้าน"],
  [7, "কোটি|కోట్ల?"],
];
/** Chinese and Japanese; 千克, 千米 and the like are units of measure, 百分 is a share. */
const HAN: Readonly<Record<string, number>> = { 百: 2, 千: 3, 万: 4, 萬: 4, 亿: 8, 億: 8, 兆: 12 };

const forms = [
  ...SPACED.map(([power, words]) => ({
    power,
    form: scale(`(?:${words})(?![\\p{sc=Latn}\\p{sc=Cyrl}\\p{M}]|-\\p{L})`),
  })),
  ...ATTACHED.map(([power, words]) => ({ power, form: scale(`(?:${words})`) })),
];
const HAN_SCALE = /[百千万萬亿億兆](?![克米瓦卡帕分])/uy;

function scale(words: string): RegExp {
  return new RegExp(`[^\\S\\n]?${words}`.normalize("NFC"), "iuy");
}

/** A scale word at a place, its power of ten and where it ends. */
export interface Scale {
  readonly power: number;
  readonly end: number;
}

/** The scale word after a number that ends at `at`, or null. */
export function readScale(text: string, at: number): Scale | null {
  for (const { power, form } of forms) {
    const found = match(form, text, at);
    if (found) return { power, end: at + found[0].length };
  }
  return readHanScale(text, at);
}

/** The Chinese or Japanese scale at `at`: after it lower digits may follow, as in 3万5000. */
export function readHanScale(text: string, at: number): Scale | null {
  const found = match(HAN_SCALE, text, at);
  return found && { power: HAN[found[0]]!, end: at + found[0].length };
}
