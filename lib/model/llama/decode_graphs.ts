/**
 * The graphs of generation with a key-value cache: the prefill graph reads whole prompts, the decode graph one token a
 * sequence. Both write keys and values into the cache in place and return nothing else but the next id, the most likely one
 * or one that is drawn, so that a step moves no memory that it does not have to.
 * @module
 */
import { argmax, cachedAttention, drawLast, input, matmul, reshape, type Tensor } from "../../tensor/mod.ts";
import {
  type Around,
  type Attend,
  embedTokens,
  llamaHidden,
  llamaParameters,
  lmHead,
  rotation,
} from "./graph.ts";
import type { LlamaConfig } from "./config.ts";
import { cachedSize, resizeHeads } from "./_wide_heads.ts";

/** Names of the cache's inputs and outputs, as in the ONNX exports of Hugging Face. */
export const pastName = (layer: number, what: "key" | "value") => `past_key_values.${layer}.${what}`;
export const presentName = (layer: number, what: "key" | "value") => `present.${layer}.${what}`;

/** What a graph of generation reads. */
export type DecodeInput = "prompt_ids" | "prompt_embeds" | "token";

/** Which token comes next. */
export type Choice = "likeliest" | "drawn";

/**
 * Output `next_ids` int32 [B] and the cache `present.*`. Feeds:
 * - the parameters, and `past_key_values.*` float32 [B, kv_heads, C, size], `size` being `cachedSize(head_dim)`;
 * - for a prompt `ids` int32 [B, T] or `inputs_embeds` float32 [B, T, hidden_size], padded on the right, and `last`
 *   float32 [B, 1, T], 1 at the last token of each prompt and 0 elsewhere; for a token `ids` int32 [B, 1];
 * - `last_places` int32 [B], the place in the cache of the last token read, and `total_length` int32 [], the largest of
 *   them plus one;
 * - what `around` reads beside that;
 * - where the next id is drawn, `draws` float32 [B, 1, 1] and `temperature` float32 [], see `drawLast`.
 */
export function decodeGraph(
  config: LlamaConfig,
  reads: DecodeInput,
  choice: Choice = "likeliest",
  around: Around = (own) => own,
): Record<string, Tensor> {
  const { head_dim, num_attention_heads: heads, num_key_value_heads: kvHeads } = config;
  const size = cachedSize(head_dim);
  const parameters = llamaParameters(config);
  const cache = {
    lastPlaces: input("last_places", ["B"], "int32"),
    totalLength: input("total_length", [], "int32"),
    ...rotation(config, size),
    ...(size === head_dim ? {} : { scale: 1 / Math.sqrt(head_dim) }),
  };
  const present: Record<string, Tensor> = {};
  const length = reads === "token" ? 1 : "T";
  const inputs_embeds = reads === "prompt_embeds"
    ? input("inputs_embeds", ["B", length, config.hidden_size])
    : embedTokens(parameters, input("ids", ["B", length], "int32"));

  const own: Attend = (layer, q, k, v) => {
    const shape = ["B", kvHeads, "C", size];
    const pastKeys = input(pastName(layer, "key"), shape);
    const pastValues = input(pastName(layer, "value"), shape);
    const wide = (x: Tensor, heads: number) => resizeHeads(x, heads, head_dim, size);
    const attended = cachedAttention(wide(q, heads), wide(k, kvHeads), wide(v, kvHeads), {
      ...cache,
      pastKeys,
      pastValues,
    });
    present[presentName(layer, "key")] = attended.presentKeys;
    present[presentName(layer, "value")] = attended.presentValues;
    return resizeHeads(attended.context, heads, size, head_dim);
  };
  const hidden = llamaHidden(config, parameters, inputs_embeds, around(own));
  // A product with one-hot rows picks the last token of each prompt exactly, so that only its logits are computed.
  const final = reads === "token" ? hidden : matmul(input("last", ["B", 1, length]), hidden);
  const logits = lmHead(config, parameters, final);
  const chosen = choice === "likeliest"
    ? argmax(logits)
    : drawLast(logits, input("draws", ["B", 1, 1]), input("temperature", []));
  const next_ids = reshape(chosen, ["B"]);
  return { next_ids, ...present };
}
