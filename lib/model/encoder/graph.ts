/**
 * The lab's own encoder: a bidirectional transformer (Vaswani et al., 2017, arXiv 1706.03762) with layer normalisation
 * before each sublayer (Xiong et al., 2020, arXiv 2002.04745), GELU, learned or rotary positions; a masked-LM head as in
 * RoBERTa (dense, GELU, layer norm, the embedding matrix) and mean pooling.
 * @module
 */
import { atLeast } from "../../checked.ts";
import {
  add,
  attention,
  cast,
  constant,
  div,
  gather,
  gelu,
  layerNorm,
  maximum,
  mul,
  reshape,
  rope,
  sum,
  type Tensor,
} from "../../tensor/mod.ts";
import { fromHeads, linear, namedLayers, paddingMask, toHeads } from "../_layers.ts";
import { type EncoderConfig, WHITENING } from "./config.ts";
import type { Parameters } from "../parameters.ts";
import { ropeTables } from "../llama/rope.ts";

/**
 * The states of all tokens, float32 [B, T, hidden_size] each: the embeddings, the output of every layer but the last as
 * the next layer reads it, and the last layer's after the final norm and whitening (as Hugging Face counts them, so that the middle of
 * n layers is `hidden_states[n / 2]`).
 * @param ids int32 [B, T]
 * @param attention_mask int32 [B, T], 1 for a token and 0 for padding
 * @param position_ids int32 [B, T] (see `positionIds`), below `max_position_embeddings`
 */
export function encoderHiddenStates(
  config: EncoderConfig,
  parameters: Parameters,
  ids: Tensor,
  attention_mask: Tensor,
  position_ids: Tensor,
): Tensor[] {
  const { num_attention_heads: heads, layer_norm_eps: epsilon } = config;
  const { norm, affine } = namedLayers(parameters, epsilon);
  const place = placement(config, parameters, position_ids);
  const mask = paddingMask(attention_mask);

  let x = place.embedding(gather(parameters["encoder.embed_tokens.weight"]!, ids));
  const states = [x];
  for (let i = 0; i < config.num_hidden_layers; i++) {
    const layer = `encoder.layers.${i}`;
    const h = norm(x, `${layer}.self_attn_layer_norm`);
    const [q, k, v] = atLeast(
      ["q_proj", "k_proj", "v_proj"].map((name) => toHeads(affine(h, `${layer}.self_attn.${name}`), heads)),
      3,
    );
    const context = fromHeads(attention(place.turn(q), place.turn(k), v, { mask }));
    x = add(x, affine(context, `${layer}.self_attn.out_proj`));
    const inner = gelu(affine(norm(x, `${layer}.final_layer_norm`), `${layer}.fc1`));
    x = add(x, affine(inner, `${layer}.fc2`));
    states.push(x);
  }
  const last = norm(x, "encoder.layer_norm");
  return [...states.slice(0, -1), config.whitened ? affine(last, WHITENING) : last];
}

/** Where positions enter: at the embeddings, or at queries and keys. */
interface Placement {
  embedding(x: Tensor): Tensor;
  turn(x: Tensor): Tensor;
}

function placement(config: EncoderConfig, parameters: Parameters, position_ids: Tensor): Placement {
  if (config.position_embedding_type === "learned") {
    const positions = gather(parameters["encoder.embed_positions.weight"]!, position_ids);
    return { embedding: (x) => add(x, positions), turn: (x) => x };
  }
  const { hidden_size, num_attention_heads, rope_theta, max_position_embeddings } = config;
  const head_dim = hidden_size / num_attention_heads;
  const tables = ropeTables({ head_dim, rope_theta, rope_scaling: null }, max_position_embeddings);
  const [cos, sin] = atLeast(
    [tables.cos, tables.sin].map((data) => constant(data, [max_position_embeddings, head_dim / 2])),
    2,
  );
  return { embedding: (x) => x, turn: (x) => rope(x, position_ids, cos, sin) };
}

/** What masked LM reads a token from: states float32 [..., hidden_size] -> float32 [..., hidden_size]. */
export function maskedLmStates(config: EncoderConfig, parameters: Parameters, states: Tensor): Tensor {
  const named = (name: string) => parameters[`encoder.lm_head.${name}`]!;
  const dense = gelu(linear(states, named("dense.weight"), named("dense.bias")));
  return layerNorm(dense, named("layer_norm.weight"), named("layer_norm.bias"), config.layer_norm_eps);
}

/** From those to logits: float32 [vocab_size, hidden_size] and [vocab_size]. */
export function maskedLmHead(parameters: Parameters): { readonly weight: Tensor; readonly bias: Tensor } {
  return {
    weight: parameters["encoder.embed_tokens.weight"]!,
    bias: parameters["encoder.lm_head.bias"]!,
  };
}

/**
 * The mean of the states of a sequence's tokens, padding left out: float32 [B, T, d] -> float32 [B, d]; zero for a
 * sequence without tokens.
 * @param attention_mask int32 [B, T]
 */
export function meanPool(states: Tensor, attention_mask: Tensor): Tensor {
  const [batch, length] = atLeast(attention_mask.shape, 2);
  const counted = reshape(cast(attention_mask, "float32"), [batch, length, 1]);
  const total = sum(mul(states, counted), { axes: [1] });
  return div(total, maximum(sum(counted, { axes: [1] }), 1));
}
