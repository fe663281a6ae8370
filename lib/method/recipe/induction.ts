/**
 * The fields of a recipe that say how a lexicon is induced, and their values at scale micro. The experiment on induction
 * itself has them, and LinguaLIFT where it takes its lexicon from induction. Names no code of the induction, so that a
 * change there is no change of a recipe that goes without.
 * @module
 */
import * as v from "valibot";
import { MUSE } from "../../text/muse/adversarial_settings.ts";
import type { Matching } from "../../text/muse/csls.ts";
import type { Normalization } from "../../text/muse/word_vectors.ts";

const count = v.pipe(v.number(), v.integer(), v.minValue(1));
const fraction = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const positive = v.pipe(v.number(), v.gtValue(0));

const NORMALIZATIONS = ["none", "renorm", "center,renorm"] as const satisfies readonly Normalization[];
const MATCHINGS = ["nn", "csls"] as const satisfies readonly Matching[];

export const inductionSchema = v.strictObject({
  /** Word vectors of one language, from its texts alone. */
  vectors: v.strictObject({
    /** Texts a language. */
    texts: count,
    /** Words to each side that count as neighbours. */
    window: count,
    /** Words that are rarer have no vector. */
    min_count: count,
    /** Numbers a vector. */
    dim: count,
    /** Exponent of the neighbours' frequencies: below 1, rare ones count for less. */
    context_smoothing: fraction,
    /** Exponent of the singular values. */
    eigenvalue_weight: fraction,
  }),
  /** What is done to vectors first, as MUSE's `normalize_embeddings`. */
  normalize: v.picklist(NORMALIZATIONS),
  /**
   * Where the first mapping comes from. "similarity": Procrustes on words alike in their own language; "identical": on
   * words that both languages write alike (MUSE's `identical_char`); "supervised": on the half of the dictionary that is
   * not asked.
   */
  start: v.picklist(["adversarial", "similarity", "identical", "supervised"]),
  /** English words whose translations a supervised start knows; null: all of the half. */
  seed_words: v.nullable(count),
  /** MUSE's game of a mapping and a discriminator. */
  adversarial: v.strictObject({
    /** Epochs. */
    epochs: count,
    /** Words that an epoch's mapping steps see in all. */
    epoch_size: count,
    /** Words of each language in a batch. */
    batch_size: count,
    /** Steps of the discriminator before each step of the mapping. */
    dis_steps: count,
    /** The discriminator's hidden layers. */
    dis_layers: count,
    /** Their width. */
    dis_hidden: count,
    /** Dropout of its input. */
    dis_dropout: v.pipe(v.number(), v.minValue(0), v.ltValue(1)),
    /** What its labels are short of 0 and 1. */
    dis_smooth: fraction,
    /** Words that take part, by frequency. */
    dis_most_frequent: count,
    /** Learning rate of both. */
    lr: positive,
    /** Factor of the mapping's rate after every epoch. */
    lr_decay: fraction,
    /** Factor after an epoch that was worse. */
    lr_shrink: fraction,
    /** The rate stays above it. */
    min_lr: positive,
    /** Strength of the pull towards an orthogonal matrix. */
    map_beta: positive,
  }),
  /** Procrustes on the pairs found so far; null: the mapping stays as the start made it. */
  refinement: v.nullable(v.strictObject({
    /** Times. */
    iterations: count,
    /** Words that take part, by frequency. */
    max_rank: count,
  })),
  /** Nearest neighbours, or CSLS, which corrects for words that are near to all. */
  retrieval: v.picklist(MATCHINGS),
});
export type Induction = v.InferOutput<typeof inductionSchema>;

/** MUSE's settings, but for what follows from a world of some 200 words. */
export const INDUCTION: Induction = {
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
  seed_words: null,
  adversarial: { ...MUSE, epoch_size: 32_000, dis_hidden: 256 },
  refinement: { iterations: 5, max_rank: 15_000 },
  retrieval: "csls",
};

/** The same at scale smoke. */
export const SMOKE_INDUCTION: Induction = {
  ...INDUCTION,
  vectors: { ...INDUCTION.vectors, texts: 1000, dim: 16 },
  adversarial: { ...INDUCTION.adversarial, epochs: 2, epoch_size: 640, dis_hidden: 32 },
};
