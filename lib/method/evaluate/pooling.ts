/**
 * One vector a text: the mean of its states, special tokens included (as XTREME): the LLM's token embeddings, or the
 * encoder's states before the bridge or after it.
 * @module
 */
import { join } from "node:path";
import { engineOf, type TextEncoder } from "../../engine/mod.ts";
import type { Artifact, Runtime } from "../../lab/experiment/types.ts";
import { BRIDGE_FILE } from "../../model/bridge/file.ts";
import { type LlmEmbeddings, loadEmbeddings } from "../../model/llm.ts";
import { meanState } from "../../model/encoder/pool_states.ts";
import { loadTokenizer, type Tokenizer } from "../../model/checkpoint/tokenizer.ts";
import { encoderFolder, type EncoderSource, type Models } from "../models/models.ts";
import { textIds, vocabularyOf } from "../reader/vocabulary.ts";
import type { Pool } from "./retrieval.ts";

/** Whose states are pooled, and nothing that they do not depend on. */
export type States =
  | { readonly states: "llm"; readonly llm: Artifact; readonly llm_tokenizer: Artifact }
  | { readonly states: "encoder"; readonly encoder: EncoderSource }
  | { readonly states: "aligned"; readonly trained: Artifact; readonly encoder: EncoderSource };

/** The states that a system can be searched by. */
export function statesOf(
  { llm, llm_tokenizer, encoder }: Models & { readonly encoder: EncoderSource },
  trained: Artifact,
): { readonly [K in States["states"]]: Extract<States, { states: K }> } {
  return {
    aligned: { states: "aligned", trained, encoder },
    encoder: { states: "encoder", encoder },
    llm: { states: "llm", llm, llm_tokenizer },
  };
}

/** Uses vectors of these states. */
export async function withPool(
  source: States,
  runtime: Runtime,
  use: (pool: Pool) => Promise<void>,
): Promise<void> {
  if (source.states === "llm") {
    return await use(embeddingPool(loadEmbeddings(source.llm.dir), loadTokenizer(source.llm_tokenizer.dir)));
  }
  const encoder = source.states === "encoder"
    ? await engineOf(runtime).encoder(encoderFolder(source.encoder), runtime)
    : await engineOf(runtime).bridged(
      { encoder: encoderFolder(source.encoder), bridge: join(source.trained.dir, BRIDGE_FILE) },
      runtime,
    );
  try {
    await use(encoderPool(encoder));
  } finally {
    await encoder.dispose();
  }
}

/** The mean of the embeddings of a text's tokens in the LLM, bos included: float32 [hidden_size] a text. */
function embeddingPool({ config, embeddings }: LlmEmbeddings, tokenizer: Tokenizer): Pool {
  const size = config.hidden_size;
  const vocabulary = vocabularyOf(config, tokenizer);
  return function pool(texts) {
    return Promise.resolve(texts.map((text) => {
      const ids = textIds(vocabulary, text);
      const states = new Float32Array(ids.length * size);
      ids.forEach((id, i) => states.set(embeddings.subarray(id * size, (id + 1) * size), i * size));
      return meanState(states, size);
    }));
  };
}

/** The mean of an encoder's states, or of what the bridge makes of them: float32 [hidden_size] a text. */
function encoderPool(encoder: Pick<TextEncoder, "encode" | "hidden_size">): Pool {
  return async function pool(texts) {
    return (await encoder.encode(texts)).map((states) => meanState(states, encoder.hidden_size));
  };
}
