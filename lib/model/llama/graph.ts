/**
 * The Llama family as a symbolic computation (Touvron et al., 2023, arXiv 2302.13971): RMSNorm, rotary positions,
 * grouped-query attention, SwiGLU, tied or untied head. One path for mini models and real checkpoints, for training,
 * scoring and generation; parameters carry the names and shapes of a Hugging Face checkpoint (linear weights [out, in]:
 * ONNX Runtime multiplies by a transposed weight at the same speed, and its gradient needs no transposition either).
 * @module
 */
import { atLeast } from "../../checked.ts";
import {
  add,
  and,
  attention,
  constant,
  dimProduct,
  equal,
  gather,
  lessOrEqual,
  mul,
  reshape,
  rmsNorm,
  rope,
  selectRows,
  silu,
  type Tensor,
  where,
} from "../../tensor/mod.ts";
import { type LlamaConfig, llamaParameterShapes } from "./config.ts";
import { fromHeads, HIDDEN, linear, toHeads } from "../_layers.ts";
import { widenRows } from "./_wide_heads.ts";
import { parameterInputs, type Parameters } from "../parameters.ts";
import { ropeTables } from "./rope.ts";

/**
 * Attention of one layer, so that training and decoding with a cache can share everything else: from projections
 * float32 q [B, T, heads * head_dim], k and v [B, T, kv_heads * head_dim], not yet rotated, to [B, T, heads * head_dim].
 */
export type Attend = (layer: number, q: Tensor, k: Tensor, v: Tensor) => Tensor;
/** What a system adds to the LLM's own attention; default: nothing. */
export type Around = (own: Attend) => Attend;

/** The parameters as graph inputs of their own names. */
export function llamaParameters(config: LlamaConfig): Parameters {
  return parameterInputs(llamaParameterShapes(config));
}

/** Rows of the embedding matrix: ids int32 [B, T] -> float32 [B, T, hidden_size]. */
export function embedTokens(parameters: Parameters, ids: Tensor): Tensor {
  return gather(parameters["model.embed_tokens.weight"]!, ids);
}

/**
 * The last hidden states, after the final norm: float32 [B, T, hidden_size] to the same.
 * @param rows int32 [N]: only these states, counted through the batch, as float32 [N, hidden_size]; what the last layer
 * does to each position alone is spared for the others
 */
export function llamaHidden(
  config: LlamaConfig,
  parameters: Parameters,
  inputs_embeds: Tensor,
  attend: Attend,
  rows?: Tensor,
): Tensor {
  const epsilon = config.rms_norm_eps;
  let x = inputs_embeds;
  for (let i = 0; i < config.num_hidden_layers; i++) {
    const weight = (name: string) => parameters[`model.layers.${i}.${name}.weight`]!;
    const h = rmsNorm(x, weight("input_layernorm"), epsilon);
    const [q, k, v] = atLeast(
      ["q_proj", "k_proj", "v_proj"].map((name) => linear(h, weight(`self_attn.${name}`))),
      3,
    );
    const isLast = i === config.num_hidden_layers - 1;
    const wanted = (all: Tensor) => isLast && rows !== undefined ? selectRows(inOneList(all), rows) : all;
    x = add(wanted(x), linear(wanted(attend(i, q, k, v)), weight("self_attn.o_proj")));
    const m = rmsNorm(x, weight("post_attention_layernorm"), epsilon);
    const gated = mul(silu(linear(m, weight("mlp.gate_proj"))), linear(m, weight("mlp.up_proj")));
    x = add(x, linear(gated, weight("mlp.down_proj")));
  }
  return rmsNorm(x, parameters["model.norm.weight"]!, epsilon);
}

/** [B, T, d] as [B*T, d]. */
function inOneList(x: Tensor): Tensor {
  return reshape(x, [dimProduct(x.shape.slice(0, 2)), x.shape[2]!]);
}

/** Scores of the next token: float32 [..., hidden_size] -> float32 [..., vocab_size]. */
export function lmHead(config: LlamaConfig, parameters: Parameters, hidden: Tensor): Tensor {
  const name = config.tie_word_embeddings ? "model.embed_tokens.weight" : "lm_head.weight";
  return linear(hidden, parameters[name]!);
}

/**
 * The last hidden states of whole sequences, without a cache: float32 [B, T, hidden_size].
 * @param inputs_embeds float32 [B, T, hidden_size]: token embeddings, or a soft prompt
 * @param attention_mask int32 [B, T], 1 for a token and 0 for padding, anywhere
 * @param position_ids int32 [B, T], the number of tokens before this one (see `positionIds`), below
 * `max_position_embeddings`
 * @param rows int32 [N]: only these states, counted through the batch: float32 [N, hidden_size]
 * @param around attention beside the LLM's own
 */
export function llamaStates(
  config: LlamaConfig,
  parameters: Parameters,
  inputs_embeds: Tensor,
  attention_mask: Tensor,
  position_ids: Tensor,
  rows?: Tensor,
  around: Around = (own) => own,
): Tensor {
  const mask = causalMask(attention_mask, position_ids);
  const { cos, sin } = rotation(config);
  const turn = (x: Tensor) => rope(x, position_ids, cos, sin);
  const own: Attend = (_layer, q, k, v) => {
    const query = turn(toHeads(q, config.num_attention_heads));
    const key = turn(toHeads(k, config.num_key_value_heads));
    return fromHeads(attention(query, key, toHeads(v, config.num_key_value_heads), { mask }));
  };
  return llamaHidden(config, parameters, inputs_embeds, around(own), rows);
}

/** Logits of whole sequences, float32 [B, T, vocab_size]; the arguments are those of `llamaStates`. */
export function llamaLogits(
  config: LlamaConfig,
  parameters: Parameters,
  inputs_embeds: Tensor,
  attention_mask: Tensor,
  position_ids: Tensor,
): Tensor {
  const states = llamaStates(config, parameters, inputs_embeds, attention_mask, position_ids);
  return lmHead(config, parameters, states);
}

/**
 * Cosines and sines of all positions as constants, float32 [max_position_embeddings, size / 2], for heads of `size` of
 * which the numbers beyond `head_dim` are zero (see `resizeHeads`).
 */
export function rotation(config: LlamaConfig, size = config.head_dim): { cos: Tensor; sin: Tensor } {
  const { max_position_embeddings, head_dim } = config;
  const { cos, sin } = ropeTables(config, max_position_embeddings);
  const table = (rows: Float32Array<ArrayBuffer>) =>
    constant(widenRows(rows, head_dim / 2, size / 2), [max_position_embeddings, size / 2]);
  return { cos: table(cos), sin: table(sin) };
}

/**
 * The additive mask of causal attention: float32 [B, 1, T, T], 0 where query i may see key j (a token that is not
 * padding and does not come later) and `HIDDEN` elsewhere. Works on positions, so that the side of the padding does
 * not matter. A padding query sees nothing, which makes its softmax uniform and its result meaningless but finite.
 */
function causalMask(attention_mask: Tensor, position_ids: Tensor): Tensor {
  const [batch, length] = atLeast(attention_mask.shape, 2);
  const keys = [batch, 1, 1, length];
  const queries = [batch, 1, length, 1];
  const earlier = lessOrEqual(reshape(position_ids, keys), reshape(position_ids, queries));
  const isToken = equal(reshape(attention_mask, keys), constant(Int32Array.of(1), []));
  return where(and(earlier, isToken), 0, HIDDEN);
}
