/**
 * Step: word vectors that are there already, fastText's of some 840 concepts. The files are not in order of frequency; of
 * concepts with the same words the first counts.
 * @module
 */
import type { StepDefinition } from "../../lab/experiment/types.ts";
import { loadConcepts } from "../../world/open/concept_vectors.ts";
import { conceptWord } from "./dictionary.ts";
import type { WorldInput } from "../source/worlds.ts";
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
    for (const concept of loadConcepts(folderOf(inputs), inputs.code)) {
      const word = conceptWord(concept);
      if (!vectors.has(word)) vectors.set(word, concept.vector);
    }
    const rows = [...vectors.values()];
    const data = Float32Array.from(rows.flat());
    return writeVectors(context.dir, { words: [...vectors.keys()], dim: data.length / rows.length, data });
  },
};

/** The folder that a step's real files lie in; they are named by their places below it, after "data/". */
export function folderOf({ data }: WorldInput): string {
  const first = data?.[0];
  if (first === undefined) throw new TypeError("internal: a step on concepts declares no data");
  const place = first.name.slice(first.name.indexOf("/"));
  return first.path.slice(0, -place.length);
}
