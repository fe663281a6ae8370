/**
 * A bilingual dictionary in MUSE's sense: words that both languages' texts are cut into, in two halves, of which one may be
 * learned from and the other is asked. The half is by the English word, so that all languages and seeds are asked the
 * same words. Four sources: the mini world's own lexicon; of real data MUSE's dictionaries, whose halves are official, or
 * where MUSE lacks the language CLDR's names; and concepts that have vectors in both languages.
 * @module
 */
import { stream } from "../../random.ts";
import { words } from "../../text/segment.ts";
import type { DataFolder } from "../../world/open/catalog.ts";
import { loadConcepts } from "../../world/open/concept_vectors.ts";
import type { World } from "../../world/world.ts";

/** An English word and what translates it, both as word vectors have them: lower case, one word. */
export interface Entry {
  readonly word: string;
  readonly translations: readonly string[];
}

/** The half that may be learned from, in random order, so that its first words are a fair sample; and the asked one. */
export interface Dictionary {
  readonly train: readonly Entry[];
  readonly test: readonly Entry[];
}

/** The dictionary into a language. Translations that are no single word of its text are left out. */
export function dictionary(world: World, code: string): Dictionary {
  const lexicon = [...world.lexicon(code).entries];
  const from = (source: string) =>
    lexicon.flatMap(([word, all]) => {
      const own = all.filter((translation) => translation.source === source).map(({ text }) => text);
      return own.length === 0 ? [] : [[word, own] as const];
    });
  const learned = from("muse");
  if (learned.length > 0) {
    const train = inDrawnOrder(singleWords(learned, code)).map(([, entry]) => entry);
    return { train, test: singleWords(world.goldLexicon(code), code) };
  }
  const names = from("cldr");
  return halves(singleWords(names.length > 0 ? names : world.goldLexicon(code), code));
}

/** The concepts that two languages have vectors of, by halves; the "words" are {@link conceptWord}s. */
export function conceptDictionary(folder: DataFolder, code: string): Dictionary {
  const theirs = new Map(loadConcepts(folder, code).map((concept) => [concept.gloss, conceptWord(concept)]));
  const entries = new Map<string, string[]>();
  for (const concept of loadConcepts(folder, "en")) {
    const translation = theirs.get(concept.gloss);
    if (translation === undefined) continue;
    const word = conceptWord(concept);
    entries.set(word, [...entries.get(word) ?? [], translation]);
  }
  return halves([...entries].map(([word, translations]) => ({ word, translations })));
}

/** A concept's words in its language as one: its gloss is the same in all and would give it away. */
export function conceptWord({ words }: { readonly words: readonly string[] }): string {
  return words.join(" / ").normalize("NFC").toLowerCase();
}

/** A text as word vectors see it. */
export function wordsOf(text: string, code: string): string[] {
  return words(text.normalize("NFC").toLowerCase(), code);
}

function singleWords(
  lexicon: Iterable<readonly [word: string, translations: readonly string[]]>,
  code: string,
): Entry[] {
  const entries: Entry[] = [];
  for (const [word, all] of lexicon) {
    const single = all.map((text) => wordsOf(text, code)).filter(({ length }) => length === 1);
    const translations = [...new Set(single.flat())];
    if (translations.length > 0) entries.push({ word, translations });
  }
  return entries;
}

/** The half to learn from is the one that the settings of the mini world's vectors were chosen on. */
function halves(entries: readonly Entry[]): Dictionary {
  const drawn = inDrawnOrder(entries);
  const learned = new Set(drawn.flatMap(([draw, entry]) => draw < 0.5 ? [] : [entry]));
  return { train: [...learned], test: entries.filter((entry) => !learned.has(entry)) };
}

/** Every entry with a number in [0, 1) that its English word decides, by that number. */
function inDrawnOrder(entries: readonly Entry[]): [draw: number, entry: Entry][] {
  const drawn = entries.map((entry): [number, Entry] => [
    stream(1, "dictionary", entry.word).uniform(),
    entry,
  ]);
  return drawn.sort(([a], [b]) => a - b);
}
