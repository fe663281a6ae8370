/**
 * The second attention of a Llama with an aligner: in every layer, before the residual,
 *
 *     W_O SA(x) + W_O (g softmax(rope(W_Q x) (W_K K)^T / sqrt(head_dim)) W_V V)
 *
 * with a softmax of its own and the layer's own projections. Queries are rotated by the position of the token that asks, the
 * aligner's keys are not, as released. Unlike the release, which lets a question read the padding of its batch, a mask hides
 * that here: an answer does not depend on the questions beside it.
 * @module
 */
import { must } from "../../checked.ts";
import { add, attention, mul, rope, slice, type Tensor } from "../../tensor/mod.ts";
import { fromHeads, linear, paddingMask, toHeads } from "../_layers.ts";
import type { LlamaConfig } from "../llama/config.ts";
import { type Attend, rotation } from "../llama/graph.ts";
import type { Parameters } from "../parameters.ts";
import { GATES, type LayerStates } from "./layer.ts";

/** Keys and values of a question in one layer of the LLM, float32 [B, kv_heads, S, head_dim] each. */
export interface KeyValues {
  readonly keys: Tensor;
  readonly values: Tensor;
}

/** The LLM's own keys and values of what the aligner gives each layer; they stay the same while an answer is written. */
export function keyValues(
  { num_key_value_heads }: LlamaConfig,
  parameters: Parameters,
  states: readonly LayerStates[],
): KeyValues[] {
  return states.map(({ key, value }, layer) => {
    const project = (x: Tensor, name: "k_proj" | "v_proj") => {
      const weight = `model.layers.${layer}.self_attn.${name}.weight`;
      return toHeads(linear(x, must(parameters[weight], weight)), num_key_value_heads);
    };
    return { keys: project(key, "k_proj"), values: project(value, "v_proj") };
  });
}

/** What the second attention of a batch reads. */
export interface Second {
  /** Of each layer of the LLM. */
  readonly read: readonly KeyValues[];
  /** int32 [B, S], 1 for a token of the encoder and 0 for padding. */
  readonly encoder_attention_mask: Tensor;
  /** int32 [B, T], of the tokens that ask. */
  readonly position_ids: Tensor;
}

/** Attention that adds the second one to what `attend` gives. */
export function withSecond(
  config: LlamaConfig,
  parameters: Parameters,
  { read, encoder_attention_mask, position_ids }: Second,
  attend: Attend,
): Attend {
  const mask = paddingMask(encoder_attention_mask);
  const { cos, sin } = rotation(config);
  const gates = must(parameters[GATES], GATES);
  return (layer, q, k, v) => {
    const query = rope(toHeads(q, config.num_attention_heads), position_ids, cos, sin);
    const { keys, values } = read[layer]!;
    const second = fromHeads(attention(query, keys, values, { mask }));
    return add(attend(layer, q, k, v), mul(second, slice(gates, 0, layer, 1)));
  };
}
