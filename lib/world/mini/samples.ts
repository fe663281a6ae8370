/**
 * What a speaker needs to judge a language of the mini world, beside English: samples of all its texts, the writer's
 * doubts, and how much there is. The report has a page of it.
 * @module
 */
import { stream } from "../../random.ts";
import type { LanguageRow } from "../table.ts";
import type { ChoiceItem, NliItem, TextPair } from "../world.ts";
import { bindings, sampleNumbers } from "./check.ts";
import { choiceItems } from "./choice.ts";
import { languageOf, languages } from "./data.ts";
import { goldLexicon } from "./gold_lexicon.ts";
import type { Language } from "./language.ts";
import { nliItems } from "./nli.ts";
import { drawPair, type Problem, questionText, solutionText } from "./problem.ts";
import { PROBLEM_PAIRS } from "./problem_types.ts";
import { render, sentenceOf } from "./sentence.ts";

/** An English text and its counterpart; `id` is what it is a sample of. */
export interface Sample extends TextPair {
  /** Numbers, nouns and names differ between the samples of one id. */
  readonly id: string;
}

/** Samples of one language; English is the source. */
export interface LanguageSamples {
  readonly language: LanguageRow;
  /** Each sentence with several nouns, names and all plural categories. */
  readonly sentences: readonly Sample[];
  /** A problem of each template with its solution. */
  readonly problems: readonly Sample[];
  readonly nli: readonly { readonly english: NliItem; readonly own: NliItem }[];
  readonly choices: readonly { readonly english: ChoiceItem; readonly own: ChoiceItem }[];
  /** English noun and all its forms here. */
  readonly nouns: readonly { readonly english: string; readonly forms: readonly string[] }[];
  readonly names: readonly string[];
  readonly lexicon: readonly { readonly english: string; readonly own: readonly string[] }[];
  /** What its writer and its second reader were not sure of. */
  readonly doubts: readonly string[];
}

/** The samples of a language. @throws {UserError} for a language without a file. */
export function samplesOf(code: string): LanguageSamples {
  const [english, language] = [languageOf("en"), languageOf(code)];
  const row = languages().find((one) => one.code === code) as LanguageRow;
  const sentences = [...english.sentences.keys()].flatMap((id) => {
    const all = [...bindings(language, id, english)];
    const categories = sampleNumbers(code).length;
    const entities = all.length / categories;
    const count = Math.max(4, categories);
    const shown = [...Array(count).keys()].map((i) =>
      all[Math.floor((i + 0.3) * entities / count) * categories + i % categories]!
    );
    const pairs = shown.map((binding) => ({
      id,
      source: render(english, sentenceOf(english, id), binding),
      target: render(language, sentenceOf(language, id), binding),
    }));
    return [...new Map(pairs.map((pair) => [pair.target, pair])).values()];
  });
  const problems = sampleProblems().map((problem) => {
    const told = (one: Language) => `${questionText(one, problem)} ${solutionText(one, problem)}`;
    return { id: problem.type.id, source: told(english), target: told(language) };
  });
  const pairUp = <T>(make: (code: string) => readonly T[]) => {
    const own = make(code);
    return make("en").map((one, i) => ({ english: one, own: own[i]! }));
  };
  return {
    language: row,
    sentences,
    problems,
    nli: pairUp((one) => nliItems(one, { items: 30, split: "dev" })),
    choices: pairUp((one) => choiceItems(one, { items: 10, split: "dev" })),
    nouns: [...language.nouns].map(([lemma, noun]) => ({
      english: lemma,
      forms: [...new Set(noun.forms.values())],
    })),
    names: language.names.map((name) => name.forms.get(language.nameForms[0]!) ?? ""),
    lexicon: [...goldLexicon(code)].map(([word, own]) => ({ english: word, own })),
    doubts: language.doubts,
  };
}

/** One problem of each template, minimal pairs side by side; the same in every language. */
function sampleProblems(): Problem[] {
  return PROBLEM_PAIRS.flatMap((pair) => [...drawPair(pair, stream(1, "samples", pair.id))]);
}

/** How much a language has. */
export interface LanguageStatistics {
  readonly code: string;
  readonly nouns: number;
  readonly sentences: number;
  readonly lexicon: number;
  /** Different words (as runs of letters) in one question of each template, and the mean length of these questions. */
  readonly words: number;
  readonly characters: number;
  /** UTF-8, what a byte-level tokenizer starts from. */
  readonly bytes: number;
}

/** Statistics over one problem of each template, the same in all languages. */
export function statisticsOf(code: string): LanguageStatistics {
  const language = languageOf(code);
  const texts = sampleProblems().map((problem) => questionText(language, problem));
  const mean = (of: (text: string) => number) =>
    Math.round(texts.reduce((sum, text) => sum + of(text), 0) / texts.length);
  return {
    code,
    nouns: language.nouns.size,
    sentences: language.sentences.size,
    lexicon: goldLexicon(code).size,
    words: new Set(texts.join(" ").toLowerCase().match(/[\p{L}\p{M}]+/gu)).size,
    characters: mean((text) => [...text].length),
    bytes: mean((text) => new TextEncoder().encode(text).length),
  };
}
