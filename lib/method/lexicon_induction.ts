/**
 * Lexicon induction (Section 3.2, A.1): which word of another language means an English one, from the two languages' texts
 * alone. Word vectors of each, a mapping between them learned adversarially and refined (MUSE, Lample et al. 2018), and
 * for every English word its nearest neighbours. Or with half of the dictionary given, as what to compare with.
 * @module
 */
import * as v from "valibot";
import { didYouMean, UserError } from "../errors.ts";
import type { Benchmark, Method, Patch, Scale } from "../lab/types.ts";
import { MUSE } from "../text/muse/adversarial.ts";
import { RETRIEVALS } from "../text/muse/csls.ts";
import { NORMALIZATIONS } from "../text/muse/word_vectors.ts";
import type { World } from "../world/world.ts";
import { grouped, LEVELS } from "./benchmarks.ts";
import { refineMappingStep, startMappingStep } from "./steps/map_words.ts";
import { DISTINCT, type Mapped, translateWordsStep } from "./steps/translate_words.ts";
import { wordVectorsStep } from "./steps/word_vectors.ts";
import { openWorld } from "./worlds.ts";

const count = v.pipe(v.number(), v.integer(), v.minValue(1));
const fraction = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const positive = v.pipe(v.number(), v.gtValue(0));

const schema = v.strictObject({
  /** Languages translated into from English. */
  languages: v.pipe(v.array(v.string()), v.minLength(1)),
  vectors: v.strictObject({
    texts: count,
    window: count,
    min_count: count,
    dim: count,
    context_smoothing: fraction,
    eigenvalue_weight: fraction,
  }),
  normalize: v.picklist(NORMALIZATIONS),
  /** "similarity": Procrustes on words alike in their own language; "supervised": on the half that is not asked. */
  start: v.picklist(["adversarial", "similarity", "supervised"]),
  adversarial: v.strictObject({
    epochs: count,
    epoch_size: count,
    batch_size: count,
    dis_steps: count,
    dis_layers: count,
    dis_hidden: count,
    dis_dropout: v.pipe(v.number(), v.minValue(0), v.ltValue(1)),
    dis_smooth: fraction,
    dis_most_frequent: count,
    lr: positive,
    lr_decay: fraction,
    lr_shrink: fraction,
    min_lr: positive,
    map_beta: positive,
  }),
  /** null: the mapping stays as the start made it. */
  refinement: v.nullable(v.strictObject({ iterations: count, max_rank: count })),
  retrieval: v.picklist(RETRIEVALS),
});
export type LexiconRecipe = v.InferOutput<typeof schema>;

/** The recipe that experiments start from: MUSE's settings, but for what follows from a world of some 200 words. */
export const lexiconRecipe: LexiconRecipe = {
  languages: ["bn", "de", "es", "fr", "ja", "ru", "sw", "te", "th", "zh"],
  // Ours: the world's texts are so short that a word's neighbours are all words of its text.
  vectors: {
    texts: 20_000,
    window: 40,
    min_count: 5,
    dim: 30,
    context_smoothing: 0.75,
    eigenvalue_weight: 1,
  },
  normalize: "renorm",
  start: "adversarial",
  adversarial: { ...MUSE, epoch_size: 32_000, dis_hidden: 256 },
  refinement: { iterations: 5, max_rank: 15_000 },
  retrieval: "csls",
};

const SCALES: Readonly<Partial<Record<Scale, Patch<LexiconRecipe>>>> = {
  smoke: {
    languages: ["es", "sw"],
    vectors: { texts: 1000, dim: 16 },
    adversarial: { epochs: 2, epoch_size: 640, dis_hidden: 32 },
  },
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
    const { world, seed, benchmarks } = context;
    const { normalize, refinement } = recipe;
    const { texts, ...settings } = recipe.vectors;
    const vectors = (code: string) => context.step(wordVectorsStep, { world, seed, code, texts, settings });
    const start = recipe.start === "adversarial" ? recipe.adversarial : recipe.start;
    const source = await vectors("en");
    const mapped: Mapped[] = [];
    for (const code of recipe.languages) {
      const both = { source, target: await vectors(code), normalize };
      const first = await context.step(startMappingStep, { ...both, world, seed, code, start });
      const mapping = refinement === null
        ? first
        : await context.step(refineMappingStep, { ...both, mapping: first, refinement });
      mapped.push({ ...both, code, mapping });
    }
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
