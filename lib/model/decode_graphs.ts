/**
 * The two graphs of generation with a key-value cache. The prefill graph reads whole prompts; the decode graph reads one
 * token a sequence against the cache. Both return the most likely next id and the new keys and values only: ONNX
 * Runtime's JavaScript binding copies every output it returns, so the cache itself stays on this side and is fed, which
 * costs nothing.
 * @module
 */
import {
  add,
  argmax,
  attention,
  concat,
  input,
  matmul,
  mul,
  reshape,
  softmax,
  split,
  type Tensor,
} from "../tensor/mod.ts";
import { causalMask, embedTokens, llamaHidden, llamaParameters, lmHead } from "./llama.ts";
import type { LlamaConfig } from "./llama_config.ts";

/** Names of the cache's inputs and of the new keys and values, as in the ONNX exports of Hugging Face. */
export const pastKey = (layer: number) => `past_key_values.${layer}.key`;
export const pastValue = (layer: number) => `past_key_values.${layer}.value`;
export const presentKey = (layer: number) => `present.${layer}.key`;
export const presentValue = (layer: number) => `present.${layer}.value`;

/**
 * Prefill: `next_ids` int32 [B] after a prompt of any padding, and `present.*` float32 [B, kv_heads, T, head_dim].
 * Feeds: the parameters; `ids` int32 [B, T] or `inputs_embeds` float32 [B, T, hidden_size]; `attention_mask` and
 * `position_ids` int32 [B, T]; `last` float32 [B, 1, T], 1 at the last token of each prompt and 0 elsewhere.
 */
export function prefillGraph(config: LlamaConfig, from: "ids" | "inputs_embeds"): Record<string, Tensor> {
  const parameters = llamaParameters(config);
  const [attention_mask, position_ids] = ["attention_mask", "position_ids"].map((name) =>
    input(name, ["B", "T"], "int32")
  );
  const last = input("last", ["B", 1, "T"]);
  const inputs_embeds = from === "ids"
    ? embedTokens(parameters, input("ids", ["B", "T"], "int32"))
    : input("inputs_embeds", ["B", "T", config.hidden_size]);
  const mask = causalMask(attention_mask, position_ids);
  const present: Record<string, Tensor> = {};
  const hidden = llamaHidden(config, parameters, inputs_embeds, position_ids, (layer, q, k, v) => {
    present[presentKey(layer)] = k;
    present[presentValue(layer)] = v;
    return attention(q, k, v, { mask });
  });
  // A product with one-hot rows picks the last token exactly, wherever the padding is.
  const next_ids = argmax(lmHead(config, parameters, matmul(last, hidden)));
  return { next_ids: reshape(next_ids, ["B"]), ...present };
}

/**
 * One step: `next_ids` int32 [B], and `present.*` float32 [B, kv_heads, 1, head_dim] of the token read.
 * Feeds: the parameters; `ids` and `position_ids` int32 [B, 1]; `mask` float32 [B, 1, 1, C + 1], additive, over the C
 * places of the cache and the token itself; for every layer `past_key_values.*.key` float32 [B, kv_heads, head_dim, C]
 * and `.value` float32 [B, kv_heads, C, head_dim]. Keys are stored transposed because ONNX Runtime multiplies one row
 * by a matrix without copying it only when the matrix is not transposed and the product not scaled.
 */
export function decodeGraph(config: LlamaConfig): Record<string, Tensor> {
  const { num_attention_heads, num_key_value_heads: kvHeads, head_dim } = config;
  const groups = num_attention_heads / kvHeads;
  const parameters = llamaParameters(config);
  const [ids, position_ids] = ["ids", "position_ids"].map((name) => input(name, ["B", 1], "int32"));
  const mask = input("mask", ["B", 1, 1, "C+1"]);
  const present: Record<string, Tensor> = {};

  function attend(layer: number, q: Tensor, k: Tensor, v: Tensor): Tensor {
    present[presentKey(layer)] = k;
    present[presentValue(layer)] = v;
    const keys = input(pastKey(layer), ["B", kvHeads, head_dim, "C"]);
    const values = input(pastValue(layer), ["B", kvHeads, "C", head_dim]);
    const query = mul(reshape(q, ["B", kvHeads, groups, head_dim]), 1 / Math.sqrt(head_dim));
    const scores = concat([matmul(query, keys), matmul(query, k, { transB: true })], -1);
    const [past, own] = split(softmax(add(scores, mask)), ["C", 1], -1);
    return reshape(add(matmul(past, values), matmul(own, v)), q.shape);
  }
  const hidden = llamaHidden(config, parameters, embedTokens(parameters, ids), position_ids, attend);
  return { next_ids: reshape(argmax(lmHead(config, parameters, hidden)), ["B"]), ...present };
}
