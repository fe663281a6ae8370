/**
 * The benchmark's Llama for decoding: the one of bench/peers/pytorch.py, from the same numbers.
 * @module
 */
import { llamaConfig, llamaParameterShapes } from "../lib/model/llama/config.ts";
import type { LlamaModel } from "../lib/model/llama/model.ts";
import { type DecodeWorkload, tokens, uniform } from "./workload.ts";

/** Configuration and weights. */
export function benchLlama(w: DecodeWorkload): LlamaModel {
  const config = llamaConfig({
    vocab_size: w.vocab,
    hidden_size: w.width,
    intermediate_size: w.intermediate,
    num_hidden_layers: w.layers,
    num_attention_heads: w.heads,
    num_key_value_heads: w.heads,
    max_position_embeddings: w.promptLength + w.newTokens,
    rms_norm_eps: w.normEps,
    rope_theta: w.ropeTheta,
    tie_word_embeddings: false,
  });
  const order = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"];
  const weights = Object.entries(llamaParameterShapes(config)).map(
    ([name, shape]): [string, Float32Array] => {
      const count = shape.reduce((a, b) => a * b, 1);
      if (shape.length === 1) return [name, new Float32Array(count).fill(1)];
      const [, layer, part = ""] = /layers\.(\d+)\..*\.(\w+)\.weight$/.exec(name) ?? [];
      const salt = layer === undefined
        ? (name.startsWith("lm_head") ? 3 : 1)
        : 10 * (Number(layer) + 1) + order.indexOf(part);
      return [name, uniform(count, salt, w.std)];
    },
  );
  return { config, weights: Object.fromEntries(weights) };
}

/** The prompts that are continued, one a sequence. */
export function benchPrompts(w: DecodeWorkload): number[][] {
  const flat = Array.from(tokens(w.batch * w.promptLength, 100, w.vocab));
  return Array.from(
    { length: w.batch },
    (_, i) => flat.slice(i * w.promptLength, (i + 1) * w.promptLength),
  );
}
