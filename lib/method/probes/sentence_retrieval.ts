/**
 * Sentence retrieval by an encoder alone (the measure of Appendix E.1): how close it puts translations before any
 * alignment layer. A real encoder on real text, the lab's own on generated text; nothing is fine-tuned.
 * @module
 */
import * as v from "valibot";
import type { Method, Patch, Scale } from "../../lab/experiment/types.ts";
import { ENCODER_SPLITS, encoderBenchmarks } from "../evaluate/benchmarks.ts";
import { floorStep } from "../evaluate/floor.ts";
import { encoderFiles, encoderModel } from "../models/encoder.ts";
import { recipeFields } from "../recipe/fields.ts";
import { MICRO, scales } from "../recipe/scales.ts";
import { embedSentencesStep, POOLINGS } from "./embed_sentences.ts";
import { DIRECTIONS, searchVectorsStep } from "./search_vectors.ts";
import { worldFiles, worldIn, worldInput, WORLDS } from "../source/worlds.ts";

const schema = v.strictObject({
  encoder: recipeFields.entries.encoder,
  /** Whose states, 0 for the embeddings; null: the last layer's. */
  layer: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0))),
  pooling: v.picklist(POOLINGS),
  direction: v.picklist(DIRECTIONS),
  /** Sentence pairs a language: a sentence is searched among as many. */
  items: v.pipe(v.number(), v.integer(), v.minValue(1)),
});
/** A recipe of sentence retrieval. */
export type SentenceRetrievalRecipe = v.InferOutput<typeof schema>;

/** The recipe that experiments start from: as XTREME, and LinguaLIFT's own encoder. */
export const sentenceRetrievalRecipe: SentenceRetrievalRecipe = {
  encoder: MICRO.encoder,
  layer: null,
  pooling: "mean",
  direction: "en-xx",
  items: MICRO.evaluation.retrieval_items,
};

const sizes = scales<SentenceRetrievalRecipe>(["encoder"]);
const SCALES: Readonly<Partial<Record<Scale, Patch<SentenceRetrievalRecipe>>>> = {
  smoke: { ...sizes.smoke, items: 12 },
  // Takes seconds at micro, too.
  demo: { ...sizes.demo },
  micro: { ...sizes.micro },
  // All of Tatoeba.
  small: { ...sizes.small, items: 1000 },
};
const REAL = { encoder: { checkpoint: "all-MiniLM-L6-v2" } };

/** Where the sentences of each split come from in the open world. */
const NEEDS = { test: "tatoeba", dev: "flores200" } as const;

/** An encoder alone, asked for translations. */
export const sentenceRetrieval: Method<SentenceRetrievalRecipe> = {
  id: "sentence_retrieval",
  version: 1,
  module: import.meta.url,
  recipe: schema,
  worlds: WORLDS,
  scales: SCALES,
  worldScales: { open: { smoke: REAL, demo: REAL, micro: REAL, small: REAL } },
  benchmarks: (_recipe, environment) => encoderBenchmarks(worldIn(environment)),
  inputs: ({ encoder }, environment) => [
    ...worldFiles(environment, [...Object.values(NEEDS), ...(encoder.checkpoint === null ? ["bible"] : [])]),
    ...encoderFiles(encoder, environment),
  ],
  async run({ encoder, layer, pooling, direction, items }, context) {
    const source = await encoderModel(encoder, context);
    for (const { id: benchmark, languages } of context.benchmarks) {
      const split = ENCODER_SPLITS[benchmark as keyof typeof ENCODER_SPLITS];
      const sentences = { ...worldInput(context, [NEEDS[split]]), split, items };
      const vectors = await context.step(embedSentencesStep, { ...sentences, languages, source, layer });
      const search = { ...sentences, languages, vectors, benchmark, pooling, direction };
      await context.step(searchVectorsStep, search);
      const asked = { items: "retrieval" as const, languages, benchmarks: [benchmark] };
      await context.step(floorStep, { ...sentences, asked });
    }
  },
};
