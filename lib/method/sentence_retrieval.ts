/**
 * Sentence retrieval by an encoder alone (the measure of Appendix E.1): how close it puts translations before any
 * alignment layer. A real encoder on real text, the lab's own on generated text; nothing is fine-tuned.
 * @module
 */
import * as v from "valibot";
import type { Method, Patch, Scale } from "../lab/types.ts";
import { retrievalBenchmarks } from "./benchmarks.ts";
import { encoderFiles, encoderPart } from "./encoder.ts";
import { recipeFields } from "./recipe.ts";
import { MICRO, scales } from "./scales.ts";
import { embedSentencesStep, POOLINGS } from "./steps/embed_sentences.ts";
import { DIRECTIONS, searchVectorsStep } from "./steps/search_vectors.ts";
import { openWorld, worldFiles, worldInput, WORLDS } from "./worlds.ts";

const schema = v.strictObject({
  encoder: recipeFields.entries.encoder,
  pooling: v.picklist(POOLINGS),
  direction: v.picklist(DIRECTIONS),
  /** Sentence pairs a language: a sentence is searched among as many. */
  items: v.pipe(v.number(), v.integer(), v.minValue(1)),
});
export type SentenceRetrievalRecipe = v.InferOutput<typeof schema>;

/** The recipe that experiments start from: as XTREME, and LinguaLIFT's own encoder. */
export const sentenceRetrievalRecipe: SentenceRetrievalRecipe = {
  encoder: MICRO.encoder,
  pooling: "mean",
  direction: "en-xx",
  items: MICRO.evaluation.retrieval_items,
};

const sizes = scales<SentenceRetrievalRecipe>(["encoder"]);
const SCALES: Readonly<Partial<Record<Scale, Patch<SentenceRetrievalRecipe>>>> = {
  smoke: { ...sizes.smoke, items: 12 },
  micro: { ...sizes.micro },
  // All of Tatoeba.
  small: { ...sizes.small, items: 1000 },
};
const REAL = { encoder: { checkpoint: "all-MiniLM-L6-v2" } };

const BENCHMARK = "tatoeba_encoder";

export const sentenceRetrieval: Method<SentenceRetrievalRecipe> = {
  id: "sentence_retrieval",
  version: 1,
  module: import.meta.url,
  recipe: schema,
  worlds: WORLDS,
  scales: SCALES,
  worldScales: { open: { smoke: REAL, micro: REAL, small: REAL } },
  benchmarks: (_recipe, environment) =>
    retrievalBenchmarks(openWorld(environment)).filter(({ id }) => id === BENCHMARK),
  inputs: ({ encoder }, environment) => [
    ...worldFiles(environment, ["tatoeba", ...(encoder.checkpoint === null ? ["bible"] : [])]),
    ...encoderFiles(encoder, environment),
  ],
  async run({ encoder, pooling, direction, items }, context) {
    const source = await encoderPart(encoder, context);
    const world = worldInput(context, ["tatoeba"]);
    for (const { id: benchmark, languages } of context.benchmarks) {
      const vectors = await context.step(embedSentencesStep, { ...world, source, languages, items });
      const search = { ...world, vectors, benchmark, languages, items, pooling, direction };
      await context.step(searchVectorsStep, search);
    }
  },
};
