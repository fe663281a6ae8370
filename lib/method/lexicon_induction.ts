/**
 * Lexicon induction (Section 3.2, A.1): which word of another language means an English one, from the two languages' texts
 * alone. Word vectors of each, a mapping between them learned adversarially and refined (MUSE, Lample et al. 2018), and
 * for every English word its nearest neighbours. Or with half of the dictionary given, as what to compare with.
 * @module
 */
import * as v from "valibot";
import { didYouMean, UserError } from "../errors.ts";
import type { Benchmark, Method, Patch, Scale } from "../lab/types.ts";
import type { World } from "../world/world.ts";
import { grouped, LEVELS } from "./benchmarks.ts";
import { mappedLanguages } from "./induction.ts";
import { INDUCTION, inductionSchema, SMOKE_INDUCTION } from "./induction_recipe.ts";
import { DISTINCT, translateWordsStep } from "./steps/translate_words.ts";
import { openWorld } from "./worlds.ts";

const schema = v.strictObject({
  /** Languages translated into from English. */
  languages: v.pipe(v.array(v.string()), v.minLength(1)),
  ...inductionSchema.entries,
});
export type LexiconRecipe = v.InferOutput<typeof schema>;

/** The recipe that experiments start from. */
export const lexiconRecipe: LexiconRecipe = {
  languages: ["bn", "de", "es", "fr", "ja", "ru", "sw", "te", "th", "zh"],
  ...INDUCTION,
};

const SCALES: Readonly<Partial<Record<Scale, Patch<LexiconRecipe>>>> = {
  smoke: { languages: ["es", "sw"], ...SMOKE_INDUCTION },
  micro: {},
};

export const lexiconInduction: Method<LexiconRecipe> = {
  id: "lexicon_induction",
  version: 1,
  module: import.meta.url,
  recipe: schema,
  worlds: ["mini"],
  scales: SCALES,
  benchmarks: ({ languages }, environment) => benchmarksOf(openWorld(environment), languages),
  async run(recipe, context) {
    const { world, benchmarks } = context;
    const mapped = await mappedLanguages(recipe, recipe.languages, context);
    await context.step(translateWordsStep, {
      world,
      languages: mapped,
      benchmarks,
      retrieval: recipe.retrieval,
    });
  },
};

/** The test half of the world's dictionary, whole and without the words that only chance could tell apart. */
function benchmarksOf(world: World, languages: readonly string[]): Benchmark[] {
  const codes = world.languages().map(({ code }) => code).filter((code) => code !== "en");
  for (const code of languages) {
    if (!codes.includes(code)) {
      throw new UserError(`Cannot induce a lexicon for "${code}": ${didYouMean(code, codes)}`);
    }
  }
  const asked = new Set(languages);
  const rows = world.languages().filter(({ code }) => asked.has(code))
    .sort((a, b) => (a.code < b.code ? -1 : 1));
  const benchmark = (id: string, title: string) => ({
    ...grouped(id, rows, ({ level }) => LEVELS[level], "word"),
    title,
  });
  return [
    benchmark("lexicon", "The world's lexicon, test half"),
    benchmark(DISTINCT, "Of these, words with contexts of their own"),
  ];
}
