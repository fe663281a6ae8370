/**
 * The world's own lexicon of a language: what the writers gave for English words, and the nouns' forms.
 * @module
 */
import { languageOf } from "./data.ts";
import type { Language, Noun } from "./language.ts";
import { sampleNumbers } from "./check.ts";
import { pluralCategory } from "./plural.ts";

/**
 * English word (lower case) to its translations in `code`, best first; words without a counterpart are left out. A
 * translation may be several words. Nouns: the singular is the citation form, the plural the counted and plural forms.
 */
export function goldLexicon(code: string): ReadonlyMap<string, readonly string[]> {
  const [english, language] = [languageOf("en"), languageOf(code)];
  const entries = new Map<string, readonly string[]>();
  for (const [lemma, noun] of english.nouns) {
    const own = language.nouns.get(lemma);
    if (own === undefined) continue;
    const [one, other] = ["one", "other"].map((column) => noun.forms.get(column) ?? lemma);
    entries.set(one, [citation(language, own)]);
    entries.set(other, pluralForms(language, own));
  }
  for (const [word, translations] of language.lexicon) {
    if (translations.length > 0) entries.set(word, translations);
  }
  return entries;
}

function citation(language: Language, noun: Noun): string {
  return noun.forms.get(language.nounForms[0]) ?? "";
}

/** The form beside 5, those beside other numbers, then a bare plural. */
function pluralForms(language: Language, noun: Noun): string[] {
  const counted = [5, ...sampleNumbers(language.code)].map((n) => pluralCategory(language.code, n));
  const forms = [...counted.filter((category) => category !== "one"), "other", "pl"].map((column) =>
    noun.forms.get(column)
  );
  const found = [...new Set(forms.filter((form) => form !== undefined))];
  return found.length > 0 ? found : [citation(language, noun)];
}
