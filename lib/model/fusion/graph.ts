/**
 * A Llama with a second attention over whole sequences, as it is trained and scored. `llama/graph.ts` has the same without
 * the second attention; its causal mask is written again here, since an edit there would train every other system anew.
 * @module
 */
import { atLeast } from "../../checked.ts";
import {
  and,
  attention,
  constant,
  equal,
  lessOrEqual,
  reshape,
  rope,
  type Tensor,
  where,
} from "../../tensor/mod.ts";
import { fromHeads, HIDDEN, toHeads } from "../_layers.ts";
import type { LlamaConfig } from "../llama/config.ts";
import { type Attend, llamaHidden, rotation } from "../llama/graph.ts";
import type { Parameters } from "../parameters.ts";
import { type Second, withSecond } from "./attention.ts";

/**
 * The last hidden states of whole sequences, float32 [N, hidden_size] of `rows`.
 * @param parameters the LLM's and the gates
 * @param inputs as for `llamaStates`, and what the second attention reads
 * @param rows int32 [N]: only these states, counted through the batch
 */
export function fusedStates(
  config: LlamaConfig,
  parameters: Parameters,
  inputs: Omit<Second, "read"> & {
    /** float32 [B, T, hidden_size] */
    readonly inputs_embeds: Tensor;
    /** int32 [B, T], 1 for a token and 0 for padding. */
    readonly attention_mask: Tensor;
  },
  read: Second["read"],
  rows: Tensor,
): Tensor {
  const { inputs_embeds, attention_mask, position_ids, encoder_attention_mask } = inputs;
  const own = causalAttention(config, attention_mask, position_ids);
  const both = withSecond(config, parameters, { read, encoder_attention_mask, position_ids }, own);
  return llamaHidden(config, parameters, inputs_embeds, both, rows);
}

function causalAttention(config: LlamaConfig, attention_mask: Tensor, position_ids: Tensor): Attend {
  const { num_attention_heads, num_key_value_heads } = config;
  const { cos, sin } = rotation(config);
  const turn = (x: Tensor) => rope(x, position_ids, cos, sin);
  const [batch, length] = atLeast(attention_mask.shape, 2);
  const keys = [batch, 1, 1, length];
  const earlier = lessOrEqual(reshape(position_ids, keys), reshape(position_ids, [batch, 1, length, 1]));
  const isToken = equal(reshape(attention_mask, keys), constant(Int32Array.of(1), []));
  const mask = where(and(earlier, isToken), 0, HIDDEN);
  return (_layer, q, k, v) => {
    const query = turn(toHeads(q, num_attention_heads));
    const key = turn(toHeads(k, num_key_value_heads));
    return fromHeads(attention(query, key, toHeads(v, num_key_value_heads), { mask }));
  };
}
