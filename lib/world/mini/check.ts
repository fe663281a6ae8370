/**
 * Checks a language file against the English one: same nouns, sentences, slots and lexicon entries, every form there,
 * no script mixed up. `deno task world check xx` prints what it finds and samples of everything for a reader's eye.
 * @module
 */
import { UserError } from "../../errors.ts";
import type { Language } from "./language.ts";
import { ANIMALS, CONTAINERS, SLOT_NOUNS } from "./nouns.ts";
import { pluralCategory } from "./plural.ts";
import { slotLetters } from "./template.ts";
import { type Binding, render, sentenceOf } from "./sentence.ts";

/** How a sentence ends; Thai writes no full stop. */
const END = /[.?!。？।؟։]$|\p{sc=Thai}$|\p{sc=Thai} \d+$/u;

/** Numbers that a text may show: one of each plural category among 3..99 is enough to try every form. */
export function sampleNumbers(code: string): number[] {
  const first = new Map<string, number>();
  for (let n = 3; n < 100; n++) {
    if (!first.has(pluralCategory(code, n))) first.set(pluralCategory(code, n), n);
  }
  return [...first.values()];
}

/** English word forms that a lexicon must translate, besides the nouns' (those come from the nouns' forms). */
export function lexiconWords(english: Language): string[] {
  const nouns = new Set([...english.nouns.values()].flatMap((noun) => [...noun.forms.values()]));
  const words = [...english.sentences.values()].flat().flatMap((part) =>
    typeof part === "string" ? part.toLowerCase().match(/[a-z]+/g) ?? [] : []
  );
  return [...new Set(words)].filter((word) => !nouns.has(word)).sort();
}

/** Every way to fill a sentence that uses each noun, name and plural category at least once. */
export function* bindings(language: Language, id: string, english: Language): Generator<Binding> {
  const letters = slotLetters(sentenceOf(english, id));
  const numbers = sampleNumbers(language.code);
  const longest = Math.max(...letters.map((letter) => nounsFor(id, letter).length), language.names.length);
  for (let i = 0; i < longest * numbers.length; i++) {
    const n = numbers[i % numbers.length]!;
    const at = Math.floor(i / numbers.length);
    yield Object.fromEntries(letters.map((letter): [string, number | string] => {
      if (/[AB]/.test(letter)) return [letter, (at + (letter === "B" ? 5 : 0)) % language.names.length];
      if (/[nm]/.test(letter)) return [letter, n];
      const nouns = nounsFor(id, letter);
      return [letter, nouns[(at + (letter === "Y" ? 3 : 0)) % nouns.length]!];
    }));
  }
}

/** The nouns that a slot of a sentence may take: farms have animals, and boxes can be had. */
export function nounsFor(id: string, letter: string): readonly string[] {
  if (id === "farm") return ANIMALS;
  if (id === "has" && letter === "X") return [...SLOT_NOUNS.X!, ...CONTAINERS];
  return SLOT_NOUNS[letter] ?? [];
}

/** What is wrong with `language`, each as one line; empty when nothing is. `script` is that of data/languages.csv. */
export function checkLanguage(language: Language, english: Language, script: string): string[] {
  const problems = [
    ...compareKeys("noun", [...language.nouns.keys()], [...english.nouns.keys()]),
    ...compareKeys("sentence", [...language.sentences.keys()], [...english.sentences.keys()]),
    ...compareKeys("lexicon word", [...language.lexicon.keys()], lexiconWords(english)),
  ];
  for (const category of new Set(sampleNumbers(language.code).map((n) => pluralCategory(language.code, n)))) {
    if (category !== "other" && !language.nounForms.includes(category)) {
      problems.push(
        `noun_forms: no column "${category}", which CLDR uses for ${examples(language.code, category)}`,
      );
    }
  }
  for (const gender of ["f", "m"]) {
    const n = language.names.filter((name) => name.gender === gender).length;
    if (n !== 8) problems.push(`names.${gender}: ${n} names, not 8`);
  }
  problems.push(
    ...doubles("name", language.names.map((name, i) => [String(i), name.forms.get(language.nameForms[0]!)])),
  );
  problems.push(
    ...doubles(
      "noun",
      [...language.nouns].map(([lemma, noun]) => [lemma, noun.forms.get(language.nounForms[0]!)]),
    ),
  );
  problems.push(
    ...doubles("sentence", [...language.sentences].map(([id, template]) => [id, JSON.stringify(template)])),
  );
  if (problems.length > 0) return problems;
  for (const id of english.sentences.keys()) problems.push(...checkSentence(language, id, english, script));
  for (const [word, row] of language.lexicon) {
    if (row.some((one) => wrongScript(one, script))) {
      problems.push(`lexicon "${word}": "${row}" is not in ${script}`);
    }
  }
  return [...new Set(problems)];
}

function checkSentence(language: Language, id: string, english: Language, script: string): string[] {
  const problems: string[] = [];
  const [wanted, got] = [english, language].map((one) => slotLetters(sentenceOf(one, id)).join(" "));
  if (wanted !== got) {
    return [`sentence "${id}": slots ${got || "none"}, but English has ${wanted || "none"}`];
  }
  for (const binding of bindings(language, id, english)) {
    try {
      const text = render(language, sentenceOf(language, id), binding);
      if (wrongScript(text, script)) problems.push(`sentence "${id}": not only ${script}: ${text}`);
      if (/ {2}|^ | $|[{}|]/.test(text)) problems.push(`sentence "${id}": stray space or sign: "${text}"`);
      if (!END.test(text)) {
        problems.push(`sentence "${id}": no full stop or question mark at the end: "${text}"`);
      }
      for (const letter of ["n", "m"]) {
        if (binding[letter] !== undefined && !text.includes(String(binding[letter]))) {
          problems.push(`sentence "${id}": the number is not there: "${text}"`);
        }
      }
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      problems.push(`sentence "${id}": ${error.message}`);
    }
  }
  return problems.slice(0, 3);
}

function examples(code: string, category: string): string {
  const numbers = [...Array(97).keys()].map((i) => i + 3).filter((n) => pluralCategory(code, n) === category);
  return numbers.slice(0, 4).join(", ");
}

function wrongScript(text: string, script: string): boolean {
  return script === "Latin" ? /[^\P{L}\p{sc=Latin}]/u.test(text) : /\p{sc=Latin}/u.test(text);
}

function compareKeys(what: string, got: readonly string[], wanted: readonly string[]): string[] {
  return [
    ...wanted.filter((key) => !got.includes(key)).map((key) => `${what} "${key}" is missing`),
    ...got.filter((key) => !wanted.includes(key)).map((key) => `${what} "${key}" is not in English`),
  ];
}

function doubles(what: string, pairs: readonly (readonly [string, string | undefined])[]): string[] {
  const seen = new Map<string, string>();
  const problems: string[] = [];
  for (const [key, text] of pairs) {
    if (text === undefined) problems.push(`${what} "${key}" has no first form`);
    else if (seen.has(text)) problems.push(`${what} "${key}" is the same as "${seen.get(text)}": ${text}`);
    else seen.set(text, key);
  }
  return problems;
}
