/**
 * Step: which sentences are found by vectors that are there already, scored as XTREME scores Tatoeba.
 * @module
 */
import type { Artifact, StepContext, StepDefinition } from "../../lab/experiment/types.ts";
import type { AskedSplit } from "../../world/world.ts";
import { openWorld, type WorldInput } from "../source/worlds.ts";
import { type Pooling, sentenceVectors } from "./embed_sentences.ts";
import { retrievalAnswers } from "../evaluate/retrieval.ts";

/** Which side's sentences are the queries: XTREME asks in English, LASER reports both. */
export const DIRECTIONS = ["en-xx", "xx-en"] as const;

interface SearchVectors extends WorldInput {
  readonly vectors: Artifact<{ readonly hidden_size: number }>;
  readonly benchmark: string;
  readonly split: AskedSplit;
  readonly languages: readonly string[];
  readonly items: number;
  readonly pooling: Pooling;
  readonly direction: typeof DIRECTIONS[number];
}

export const searchVectorsStep: StepDefinition<SearchVectors, null> = {
  id: "search_vectors",
  version: 1,
  module: import.meta.url,
  runtime: [],
  run({ vectors, benchmark, split, languages, items, pooling, direction, ...input }, context: StepContext) {
    const world = openWorld(input);
    for (const [done, lang] of languages.entries()) {
      context.progress(done, languages.length, lang);
      const pairs = world.retrieval(lang, { items, split });
      const { english, foreign } = sentenceVectors(vectors, lang, pooling);
      const swapped = pairs.map(({ id, source, target }) => ({ id, source: target, target: source }));
      context.answers(
        direction === "en-xx"
          ? retrievalAnswers(benchmark, lang, pairs, english, foreign)
          : retrievalAnswers(benchmark, lang, swapped, foreign, english),
      );
    }
    context.progress(languages.length, languages.length);
    return null;
  },
};
