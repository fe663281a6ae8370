/**
 * Other sizes of the two models, as patches: multiples of scale micro's numbers, heads kept as wide as they are; and an
 * LLM of another kind.
 * @module
 */
import type { Patch } from "../../lab/experiment/types.ts";
import type { Recipe } from "./fields.ts";
import { MICRO } from "./scales.ts";

/** An encoder `width` times as wide, of `num_hidden_layers` layers. Heads stay whole for multiples of 1/4. */
export function encoderSize(width: number, num_hidden_layers: number): Patch<Recipe> {
  const { hidden_size, intermediate_size, num_attention_heads } = MICRO.encoder;
  return {
    encoder: {
      hidden_size: width * hidden_size,
      intermediate_size: Math.round(width * intermediate_size),
      num_attention_heads: width * num_attention_heads,
      num_hidden_layers,
    },
  };
}

/** An LLM with `factor` times the width, heads and layers, all of them whole for multiples of 1/4. */
export function llmSize(factor: number): Patch<Recipe> {
  const { hidden_size, intermediate_size, num_hidden_layers, num_attention_heads, num_key_value_heads } =
    MICRO.llm;
  return {
    llm: {
      hidden_size: factor * hidden_size,
      intermediate_size: Math.round(factor * intermediate_size),
      num_hidden_layers: factor * num_hidden_layers,
      num_attention_heads: factor * num_attention_heads,
      num_key_value_heads: factor * num_key_value_heads,
    },
  };
}

const { llm } = MICRO;
/**
 * An LLM that differs from the default's as Mistral-7B does from Llama-2-7B: a quarter of the key-value heads, a
 * feed-forward layer 1.3 times as wide; and twice the translated text in its pre-training.
 */
export const OTHER_LLM: Patch<Recipe> = {
  llm: {
    num_key_value_heads: llm.num_attention_heads / 4,
    intermediate_size: Math.round(1.3 * llm.intermediate_size),
    pretrain: { translation: 2 * llm.pretrain.translation },
  },
};
