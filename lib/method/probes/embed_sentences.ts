/**
 * Step: the world's retrieval sentences through an encoder, as vectors. Whatever is done with them afterwards (which
 * pooling, which direction) shares this, the slow part.
 * @module
 */
import { join } from "node:path";
import { engineOf } from "../../engine/mod.ts";
import { exists } from "../../files.ts";
import type { Artifact, StepContext, StepDefinition } from "../../lab/experiment/types.ts";
import { firstState, meanState } from "../../model/encoder/pool_states.ts";
import { openSafetensors, type SafetensorsInput, writeSafetensors } from "../../tensor/mod.ts";
import { encoderFolder, type EncoderSource } from "../models/models.ts";
import type { AskedSplit } from "../../world/world.ts";
import { openWorld, type WorldInput } from "../source/worlds.ts";

/** How a text's states become one vector: their mean (as XTREME), or the first token's. */
export const POOLINGS = ["mean", "first"] as const;
export type Pooling = typeof POOLINGS[number];
/** The sides of a sentence pair. */
type Side = "english" | "foreign";

interface EmbedSentences extends WorldInput {
  readonly source: EncoderSource;
  /** Whose states; null: the last layer's. */
  readonly layer: number | null;
  readonly split: AskedSplit;
  readonly languages: readonly string[];
  /** Sentence pairs a language, if it has as many. */
  readonly items: number;
}

/** What the step returns: the width of a vector, and how many sentences there were, both sides counted. */
type Embedded = { readonly hidden_size: number; readonly sentences: number };

export const embedSentencesStep: StepDefinition<EmbedSentences, Embedded> = {
  id: "embed_sentences",
  version: 1,
  module: import.meta.url,
  async run({ source, layer, split, languages, items, ...input }: EmbedSentences, context: StepContext) {
    const world = openWorld(input);
    const encoder = await engineOf(context.runtime).encoder(encoderFolder(source), context.runtime, layer);
    const { hidden_size } = encoder;
    let sentences = 0;
    try {
      for (const [done, lang] of languages.entries()) {
        context.progress(done, languages.length, lang);
        const pairs = world.retrieval(lang, { items, split });
        sentences += 2 * pairs.length;
        // What an interrupted step had finished is kept.
        const path = join(context.checkpointDir, fileName(lang));
        if (exists(path)) continue;
        const english = await encoder.encode(pairs.map(({ source }) => source));
        const foreign = await encoder.encode(pairs.map(({ target }) => target));
        writeSafetensors(path, [
          ...pooled("english", english, hidden_size),
          ...pooled("foreign", foreign, hidden_size),
        ]);
      }
    } finally {
      await encoder.dispose();
    }
    for (const lang of languages) {
      Deno.copyFileSync(join(context.checkpointDir, fileName(lang)), join(context.dir, fileName(lang)));
    }
    context.progress(languages.length, languages.length);
    return { hidden_size, sentences };
  },
};

/** The vectors of one side by each pooling, [sentences, hidden_size]. */
function pooled(side: Side, states: readonly Float32Array[], hidden_size: number): SafetensorsInput[] {
  return POOLINGS.map((pooling) => {
    const pool = { mean: meanState, first: firstState }[pooling];
    const data = new Float32Array(states.length * hidden_size);
    states.forEach((rows, i) => data.set(pool(rows, hidden_size), i * hidden_size));
    return { name: `${side}.${pooling}`, dtype: "F32", shape: [states.length, hidden_size], data };
  });
}

/** A language's vectors, float32 [hidden_size] a sentence, as the step wrote them. */
export function sentenceVectors(
  { dir, value: { hidden_size } }: Artifact<Pick<Embedded, "hidden_size">>,
  lang: string,
  pooling: Pooling,
): Record<Side, Float32Array[]> {
  const file = openSafetensors(join(dir, fileName(lang)));
  const rows = (side: Side) => {
    const data = file.float32(`${side}.${pooling}`);
    return Array.from(
      { length: data.length / hidden_size },
      (_, i) => data.subarray(i * hidden_size, (i + 1) * hidden_size),
    );
  };
  return { english: rows("english"), foreign: rows("foreign") };
}

function fileName(lang: string): string {
  return `${lang}.safetensors`;
}
