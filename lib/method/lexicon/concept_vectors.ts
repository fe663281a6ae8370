/**
 * Step: word vectors that are there already, fastText's of some 840 concepts. The files are not in order of frequency; of
 * concepts with the same words the first counts.
 * @module
 */
import type { StepDefinition } from "../../lab/experiment/types.ts";
import { loadConcepts } from "../../world/open/concept_vectors.ts";
import { conceptWord } from "./dictionary.ts";
import { declaredFolder, type WorldInput } from "../source/worlds.ts";
import { writeVectors } from "./vectors.ts";

interface Input extends WorldInput {
  readonly code: string;
}

export const conceptVectorsStep: StepDefinition<Input, { words: number }> = {
  id: "concept_vectors",
  version: 1,
  module: import.meta.url,
  runtime: [],
  run(inputs, context) {
    const vectors = new Map<string, readonly number[]>();
    for (const concept of loadConcepts(declaredFolder(inputs.data ?? []), inputs.code)) {
      const word = conceptWord(concept);
      if (!vectors.has(word)) vectors.set(word, concept.vector);
    }
    const rows = [...vectors.values()];
    const data = Float32Array.from(rows.flat());
    return writeVectors(context.dir, { words: [...vectors.keys()], dim: data.length / rows.length, data });
  },
};
