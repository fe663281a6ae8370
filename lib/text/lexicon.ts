/**
 * Bilingual lexicons from English: what code-switching writes in place of an English word. A lexicon comes from any
 * list of word pairs (the mini world's own words, CLDR's names, MUSE dictionaries, induced ones); each translation
 * keeps its weight and where it came from.
 * @module
 */
import { UserError } from "../errors.ts";
import type { Pos } from "./pos.ts";

/** One translation of an English word. */
export interface Translation {
  readonly text: string;
  /** Relative within one word; larger is better. */
  readonly weight: number;
  /** Where it came from, e.g. "cldr". */
  readonly source: string;
  /** The translation is of the word as this part of speech only ("saw", the tool). */
  readonly pos?: Pos;
}

/** English words with their translations, best first. */
export interface Lexicon {
  /** Code of the language translated into. */
  readonly language: string;
  /** Keyed by the English word in lower case and NFC. */
  readonly entries: ReadonlyMap<string, readonly Translation[]>;
}

/** An English word, its translation, and optionally how good it is (1 when not said). */
export type WordPair = readonly [english: string, translation: string, weight?: number];

/**
 * A lexicon from word pairs. Pairs with a digit on either side are left out (numbers are never switched), and so are
 * English entries of several words, which no single token can match. A pair given twice counts once, with the larger
 * weight. Translations of equal weight keep the order in which they came. With `pos` they hold for words of that part
 * of speech only.
 *
 * @throws {UserError} on an empty word or a weight that is not positive
 */
export function lexiconFrom(
  language: string,
  pairs: Iterable<WordPair>,
  source: string,
  options: { pos?: Pos } = {},
): Lexicon {
  const entries = new Map<string, Translation[]>();
  for (const [english, translation, weight = 1] of pairs) {
    const word = keyOf(english);
    const text = translation.normalize("NFC").trim();
    if (word === "" || text === "") {
      throw new UserError(
        `Cannot use ${source} for "${language}": the pair "${english}", "${translation}" lacks a word`,
      );
    }
    if (!(weight > 0)) {
      throw new UserError(
        `Cannot use ${source} for "${language}": "${english}" has weight ${weight}, expected above 0`,
      );
    }
    if (/\p{Nd}/u.test(word + text) || /\s/u.test(word)) continue;
    addTranslation(entries, word, { text, weight, source, ...options });
  }
  return sorted(language, entries);
}

/**
 * Several lexicons as one. With "first" the earliest lexicon that has a word decides alone (a hand-made list corrects a
 * found one); with "union" all their translations count, a translation that several share with its largest weight.
 *
 * @throws {UserError} if there is none, or they translate into different languages
 */
export function mergeLexicons(lexicons: readonly Lexicon[], how: "first" | "union" = "first"): Lexicon {
  const [first] = lexicons;
  if (first === undefined) throw new UserError("Cannot merge lexicons: none is given");
  const { language } = first;
  const entries = new Map<string, Translation[]>();
  for (const lexicon of lexicons) {
    if (lexicon.language !== language) {
      throw new UserError(
        `Cannot merge lexicons into "${language}" and "${lexicon.language}": one language is needed`,
      );
    }
    const known = new Set(entries.keys());
    for (const [word, translations] of lexicon.entries) {
      if (how === "first" && known.has(word)) continue;
      for (const translation of translations) addTranslation(entries, word, translation);
    }
  }
  return sorted(language, entries);
}

/** What was found for a word, and by which of its forms. */
export interface Found {
  readonly translations: readonly Translation[];
  readonly match: "form" | "lemma";
}

/** Translations of an English word as written, else (if given) of its lemma; `pos` leaves out those of another part. */
export function lookUp(
  lexicon: Lexicon,
  word: string,
  { lemma, pos }: { lemma?: string | undefined; pos?: Pos | undefined } = {},
): Found | undefined {
  for (const [match, form] of [["form", word], ["lemma", lemma]] as const) {
    const all = form === undefined ? undefined : lexicon.entries.get(keyOf(form));
    const translations = all?.filter((each) =>
      pos === undefined || each.pos === undefined || each.pos === pos
    );
    if (translations?.length) return { translations, match };
  }
  return undefined;
}

function keyOf(word: string): string {
  return word.normalize("NFC").toLowerCase().replaceAll("\u2019", "'").trim();
}

function addTranslation(entries: Map<string, Translation[]>, word: string, added: Translation): void {
  const known = entries.get(word);
  if (known === undefined) {
    entries.set(word, [added]);
    return;
  }
  const at = known.findIndex(({ text, pos }) => text === added.text && pos === added.pos);
  if (at < 0) known.push(added);
  else if (added.weight > known[at]!.weight) known[at] = added;
}

function sorted(language: string, entries: Map<string, Translation[]>): Lexicon {
  for (const translations of entries.values()) translations.sort((a, b) => b.weight - a.weight);
  return { language, entries };
}
