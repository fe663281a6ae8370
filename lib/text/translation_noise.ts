/**
 * What a machine translation gets wrong, put into a right one: some content words have another word's translation, stay
 * English, or are left out; numbers go wrong ten times less often. Released systems learn from translations of a machine,
 * and the mini world's own are perfect. Ours (the rates and kinds follow `../shared/reference/systems.md`, last section).
 * @module
 */
import type { Stream } from "../random.ts";
import type { Lexicon } from "./lexicon.ts";
import { tokenizeWords } from "./segment.ts";

/** A language's words as a translator knows them. */
export interface Vocabulary {
  readonly language: string;
  /** English words by what they are written as, in lower case. */
  readonly english: ReadonlyMap<string, string>;
  /** What words are written as. */
  readonly forms: readonly string[];
}

/** The vocabulary that a lexicon from English gives. */
export function vocabularyFrom({ language, entries }: Lexicon): Vocabulary {
  const english = new Map(
    [...entries].flatMap(([word, translations]) =>
      translations.map(({ text }) => [text.toLowerCase(), word] as const)
    ),
  );
  return { language, english, forms: [...english.keys()].toSorted() };
}

/** How much goes wrong. */
export interface NoiseRates {
  /** Share of the words with an English counterpart. */
  readonly words: number;
  /** Whether numbers go wrong too, a tenth as often: not where a text's last number is an answer. */
  readonly numbers: boolean;
}

const KINDS = ["wrong", "english", "dropped"] as const;

/** A text in the vocabulary's language with errors; the same of a stream. */
export function noisyText(
  text: string,
  { language, english, forms }: Vocabulary,
  { words, numbers }: NoiseRates,
  random: Stream,
): string {
  let [out, end] = ["", 0];
  for (const token of tokenizeWords(text, language)) {
    out += text.slice(end, token.start);
    end = token.end;
    const meant = token.kind === "word" ? english.get(token.text.toLowerCase()) : undefined;
    if (meant !== undefined && random.uniform() < words) {
      const kind = random.pick(KINDS);
      out += kind === "wrong" ? random.pick(forms) : kind === "english" ? meant : "";
    } else if (token.kind === "number" && numbers && random.uniform() < words / 10) {
      out += String(random.int(1, 99));
    } else out += token.text;
  }
  // What was left out leaves no two spaces.
  return (out + text.slice(end)).replace(/ {2,}/g, " ").trim();
}
