/**
 * The world's own lexicon as a bilingual dictionary in MUSE's sense: words that both languages' texts are cut into, in
 * two halves, of which one may be learned from and the other is asked. The half is by the English word, so that all
 * languages and seeds are asked the same words.
 * @module
 */
import { stream } from "../random.ts";
import { words } from "../text/segment.ts";
import type { World } from "../world/world.ts";

/** An English word and what translates it, both as word vectors have them: lower case, one word. */
export interface Entry {
  readonly word: string;
  readonly translations: readonly string[];
}

/**
 * The dictionary into a language by halves. Translations that are no single word of its text are left out. The half that
 * may be learned from is in random order, so that its first words are a fair sample of it.
 */
export function dictionary(world: World, code: string): { train: Entry[]; test: Entry[] } {
  const train: [draw: number, entry: Entry][] = [];
  const test: Entry[] = [];
  for (const [word, gold] of world.goldLexicon(code)) {
    const single = gold.map((text) => wordsOf(text, code)).filter(({ length }) => length === 1);
    const translations = [...new Set(single.map(([only]) => only))];
    if (translations.length === 0) continue;
    const draw = stream(1, "dictionary", word).uniform();
    if (draw < 0.5) train.push([draw, { word, translations }]);
    else test.push({ word, translations });
  }
  return { train: train.sort(([a], [b]) => a - b).map(([, entry]) => entry), test };
}

/** A text as word vectors see it. */
export function wordsOf(text: string, code: string): string[] {
  return words(text.normalize("NFC").toLowerCase(), code);
}
