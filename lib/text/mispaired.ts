/**
 * A lexicon made wrong on purpose, as what a right one is compared with: code-switching then writes words of the language,
 * as many and as often, but never the right ones.
 * @module
 */
import type { Stream } from "../random.ts";
import type { Lexicon } from "./lexicon.ts";

/** The lexicon with every word's translations given to another word. */
export function mispaired({ language, entries }: Lexicon, random: Stream): Lexicon {
  const words = random.shuffle([...entries.keys()]);
  const given = new Map(words.map((word, i) => [word, entries.get(words[(i + 1) % words.length]!)!]));
  return { language, entries: new Map([...entries.keys()].map((word) => [word, given.get(word)!])) };
}
