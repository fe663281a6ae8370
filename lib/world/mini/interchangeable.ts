/**
 * Which English words of the mini world only chance could tell apart by their contexts: nouns of which another fills
 * exactly the same slots of all sentences, as likely. No unsupervised lexicon can know which apple is which.
 * @module
 */
import { languageOf } from "./data.ts";
import { ANIMALS, SLOT_NOUNS } from "./nouns.ts";

/** All forms of such nouns, in lower case. */
export function interchangeableWords(): ReadonlySet<string> {
  const english = languageOf("en");
  const slots: readonly (readonly string[])[] = [...Object.values(SLOT_NOUNS), ANIMALS];
  const usesOf = (lemma: string) => slots.map((nouns) => nouns.includes(lemma)).join();
  const alike = Map.groupBy(english.nouns.keys(), usesOf);
  const lemmas = [...alike.values()].filter(({ length }) => length > 1).flat();
  return new Set(lemmas.flatMap((lemma) => [...english.nouns.get(lemma)!.forms.values()]));
}
