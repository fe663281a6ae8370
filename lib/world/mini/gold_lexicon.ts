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
 * translation may be several words. A noun in the singular: its citation form, then the singular's cases. In the plural:
 * its form beside 5, beside other numbers, the bare plural, then the plural's cases.
 */
export function goldLexicon(code: string): ReadonlyMap<string, readonly string[]> {
  const [english, language] = [languageOf("en"), languageOf(code)];
  const entries = new Map<string, readonly string[]>();
  for (const [lemma, noun] of english.nouns) {
    const own = language.nouns.get(lemma);
    if (own === undefined) continue;
    const [singular, plural] = nounTranslations(language, own);
    entries.set(noun.forms.get("one") ?? lemma, singular);
    entries.set(noun.forms.get("other") ?? lemma, plural);
  }
  for (const [word, translations] of language.lexicon) {
    if (translations.length > 0) entries.set(word, translations);
  }
  return entries;
}

function nounTranslations(language: Language, noun: Noun): [singular: string[], plural: string[]] {
  const formsOf = (columns: readonly string[]) => {
    const forms = columns.map((column) => noun.forms.get(column)).filter((form) => form !== undefined);
    return [...new Set(forms)];
  };
  const singular = formsOf([
    language.nounForms[0]!,
    ...language.nounForms.filter((one) => /^one\./.test(one)),
  ]);
  const categories = [5, ...sampleNumbers(language.code)].map((n) => pluralCategory(language.code, n));
  const cases = language.nounForms.filter((one) => /^(two|few|many|other|pl)\./.test(one));
  const plural = formsOf([...categories.filter((one) => one !== "one"), "other", "pl", ...cases]);
  return [singular, plural.length > 0 ? plural : singular];
}
