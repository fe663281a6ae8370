/**
 * One vector a text: the mean of its states, special tokens included (as XTREME): the LLM's token embeddings, or the
 * encoder's states before the alignment layer or after it.
 * @module
 */
import type { Runtime } from "../lab/types.ts";
import { align, type AlignmentConfig, alignmentParameterShapes } from "../model/alignment.ts";
import { meanPool } from "../model/encoder.ts";
import type { LlamaModel } from "../model/llama_model.ts";
import { parameterInputs, type Weights } from "../model/parameters.ts";
import { meanState } from "../model/pool_states.ts";
import type { Tokenizer } from "../model/tokenizer.ts";
import { compile, type Device, float32, float32Data, input, int32 } from "../tensor/mod.ts";
import type { TextEncoder } from "./encode.ts";
import { textIds } from "./prompts.ts";
import type { Pool } from "./steps/retrieve.ts";

const BATCH = 64;

/** The mean of the embeddings of a text's tokens in the LLM, bos included: float32 [hidden_size] a text. */
export function embeddingPool({ config, weights }: LlamaModel, tokenizer: Tokenizer): Pool {
  const size = config.hidden_size;
  const table = weights["model.embed_tokens.weight"];
  return function pool(texts) {
    return Promise.resolve(texts.map((text) => {
      const ids = textIds(tokenizer, text);
      const states = new Float32Array(ids.length * size);
      ids.forEach((id, i) => states.set(table.subarray(id * size, (id + 1) * size), i * size));
      return meanState(states, size);
    }));
  };
}

/** The mean of the encoder's states: float32 [hidden_size] a text. */
export function encoderPool(encoder: TextEncoder): Pool {
  return async function pool(texts) {
    return (await encoder.encode(texts)).map((states) => meanState(states, encoder.hidden_size));
  };
}

/** The mean of what the alignment layer makes of the states, without the boundary vectors: float32 [d_lm] a text. */
export async function alignedPool(
  encoder: TextEncoder,
  { config, weights }: { readonly config: AlignmentConfig; readonly weights: Weights },
  { device, threads }: Runtime,
): Promise<{ readonly pool: Pool; dispose(): Promise<void> }> {
  const { d_enc, d_lm } = config;
  const parameters = parameterInputs(alignmentParameterShapes(config));
  const aligned = align(config, parameters, input("hidden_states", ["B", "S", d_enc]));
  const pooled = meanPool(aligned, input("attention_mask", ["B", "S"], "int32"));
  const session = await compile({ pooled }, { device: device as Device, threads, weights });

  async function pool(texts: readonly string[]): Promise<Float32Array[]> {
    const out: Float32Array[] = [];
    const states = await encoder.encode(texts);
    for (let at = 0; at < states.length; at += BATCH) {
      const batch = states.slice(at, at + BATCH);
      const length = Math.max(...batch.map((rows) => rows.length / d_enc));
      const padded = new Float32Array(batch.length * length * d_enc);
      const mask = new Int32Array(batch.length * length);
      batch.forEach((rows, i) => {
        padded.set(rows, i * length * d_enc);
        mask.fill(1, i * length, i * length + rows.length / d_enc);
      });
      const result = await session.run({
        hidden_states: float32(padded, [batch.length, length, d_enc]),
        attention_mask: int32(mask, [batch.length, length]),
      });
      const data = float32Data(result.pooled);
      batch.forEach((_, i) => out.push(data.slice(i * d_lm, (i + 1) * d_lm)));
    }
    return out;
  }
  return { pool, dispose: () => session.dispose() };
}
