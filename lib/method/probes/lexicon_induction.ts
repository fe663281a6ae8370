/**
 * Lexicon induction (Section 3.2, A.1): which word of another language means an English one, from the two languages' texts
 * alone. Word vectors of each, a mapping between them learned adversarially and refined (MUSE, Lample et al. 2018), and
 * for every English word its nearest neighbours. Or with half of the dictionary given, as what to compare with. Of real data
 * the texts are Bibles, and for Spanish and Russian there are fastText's vectors of concepts.
 * @module
 */
import * as v from "valibot";
import { didYouMean, UserError } from "../../errors.ts";
import type { Benchmark, Environment, Method, Patch, Scale } from "../../lab/experiment/types.ts";
import { languageTable } from "../../world/table.ts";
import { grouped, LEVELS } from "../evaluate/benchmarks.ts";
import { mappedLanguages, type VectorKind, vectorKind } from "../lexicon/induced.ts";
import { INDUCTION, inductionSchema, SMOKE_INDUCTION } from "../recipe/induction.ts";
import { CONCEPTS, DISTINCT, translateWordsStep } from "../lexicon/translate.ts";
import { worldFiles, worldInput, WORLDS } from "../source/worlds.ts";

const schema = v.strictObject({
  /** Languages translated into from English. */
  languages: v.pipe(v.array(v.string()), v.minLength(1)),
  ...inductionSchema.entries,
});
/** A recipe of lexicon induction. */
export type LexiconRecipe = v.InferOutput<typeof schema>;

/** The recipe that experiments start from. */
export const lexiconRecipe: LexiconRecipe = {
  languages: ["bn", "de", "es", "fr", "ja", "ru", "sw", "te", "th", "zh"],
  ...INDUCTION,
};

const SCALES: Readonly<Partial<Record<Scale, Patch<LexiconRecipe>>>> = {
  smoke: { languages: ["es", "sw"], ...SMOKE_INDUCTION },
  // One language of each kind: near to English and far from it, much text and little.
  demo: { languages: ["de", "es", "sw", "te"] },
  micro: {},
};

/**
 * Of real text: the window and the exponent that its source advises (Levy, Goldberg & Dagan 2015, Section 7), and more
 * numbers a word; no value was chosen by looking at translations. Verses are drawn for every language anew, of 31,000.
 */
const REAL = {
  languages: ["de", "es", "ha", "ru", "sw"],
  vectors: { window: 5, dim: 100, eigenvalue_weight: 0.5 },
};
const OPEN: Readonly<Partial<Record<Scale, Patch<LexiconRecipe>>>> = {
  smoke: { languages: ["es", "sw"], vectors: { window: 5, dim: 16, eigenvalue_weight: 0.5 } },
  demo: { ...REAL, languages: ["de", "es", "sw"] },
  micro: REAL,
};

/** A lexicon made from texts, asked for words. */
export const lexiconInduction: Method<LexiconRecipe> = {
  id: "lexicon_induction",
  version: 1,
  module: import.meta.url,
  recipe: schema,
  worlds: WORLDS,
  scales: SCALES,
  worldScales: { open: OPEN },
  benchmarks: ({ languages }, environment) => benchmarksOf(environment, languages),
  inputs: (_, environment) => worldFiles(environment, REAL_DATA),
  async run(recipe, context) {
    const { benchmarks } = context;
    const languages = await mappedLanguages(recipe, recipe.languages, context);
    await context.step(translateWordsStep, {
      ...worldInput(context, REAL_DATA),
      languages,
      benchmarks,
      retrieval: recipe.retrieval,
    });
  },
};

/** What is read of real data. */
const REAL_DATA = ["bible", "muse", "word_vectors"];

/**
 * What is asked: the test half of the mini world's dictionary, whole and without the words that only chance could tell
 * apart; of real data the test half of the words of each language that has a text, and of the concepts of the others.
 */
function benchmarksOf(environment: Environment, languages: readonly string[]): Benchmark[] {
  const known = languageTable().map(({ code }) => code).filter((code) => code !== "en");
  const stranger = languages.find((code) => !known.includes(code));
  if (stranger !== undefined) {
    throw new UserError(`Cannot induce a lexicon for "${stranger}": ${didYouMean(stranger, known)}`);
  }
  const rows = languageTable().filter(({ code }) => languages.includes(code))
    .sort((a, b) => (a.code < b.code ? -1 : 1));
  const benchmark = (id: string, title: string, own = rows) => ({
    ...grouped(id, own, ({ level }) => LEVELS[level], "word"),
    title,
  });
  if (environment.world === "mini") {
    return [
      benchmark("lexicon", "Mini world: its lexicon, test half"),
      benchmark(DISTINCT, "Mini world: of these, words with contexts of their own"),
    ];
  }
  const of = (kind: VectorKind) => rows.filter(({ code }) => vectorKind(environment, code) === kind);
  return [
    benchmark(
      "lexicon",
      "Bible vectors: MUSE's test words, or half of CLDR's names where MUSE has none",
      of("texts"),
    ),
    benchmark(CONCEPTS, "fastText concept vectors: half of the concepts", of("concepts")),
  ];
}
