/**
 * Step: word vectors of one language from its own text alone. Every language draws its texts by a seed of its own:
 * text i of one seed is the same situation in all languages, and vectors of parallel texts would be aligned from the
 * start.
 * @module
 */
import { join } from "node:path";
import { writeFileAtomic } from "../../files.ts";
import type { Artifact, StepDefinition } from "../../lab/experiment/types.ts";
import { stream } from "../../random.ts";
import { openSafetensors, writeSafetensors } from "../../tensor/mod.ts";
import { trainVectors, type VectorSettings } from "../../text/muse/train_vectors.ts";
import type { WordVectors } from "../../text/muse/word_vectors.ts";
import { wordsOf } from "./dictionary.ts";
import { openWorld, type WorldInput } from "../source/worlds.ts";

interface Input extends WorldInput {
  readonly seed: number;
  readonly code: string;
  readonly texts: number;
  readonly settings: VectorSettings;
}

export const wordVectorsStep: StepDefinition<Input, { words: number }> = {
  id: "word_vectors",
  version: 1,
  module: import.meta.url,
  runtime: [],
  run(inputs, context) {
    const { seed, code, texts, settings } = inputs;
    const own = textSeed(seed, code);
    const text = openWorld(inputs).monolingual(code, { seed: own, count: texts });
    const vectors = trainVectors(
      text.map((one) => wordsOf(one, code)),
      settings,
      stream(seed, "word vectors", code),
    );
    return writeVectors(context.dir, vectors);
  },
};

/** Writes vectors into a step's folder. */
export function writeVectors(dir: string, { words, dim, data }: WordVectors): { words: number } {
  writeFileAtomic(join(dir, "words.json"), JSON.stringify(words));
  writeSafetensors(join(dir, "vectors.safetensors"), [
    { name: "vectors", dtype: "F32", shape: [words.length, dim], data },
  ]);
  return { words: words.length };
}

/** The seed of a language's texts in a run; no two languages have the same. */
export function textSeed(seed: number, code: string): number {
  return stream(seed, "monolingual", code).int(0, 2 ** 31 - 1);
}

/** The vectors that a step wrote. */
export function vectorsOf({ dir }: Artifact): WordVectors {
  const file = openSafetensors(join(dir, "vectors.safetensors"));
  const words: string[] = JSON.parse(Deno.readTextFileSync(join(dir, "words.json")));
  return { words, dim: file.entries.get("vectors")!.shape[1]!, data: file.float32("vectors") };
}
