/**
 * The graphs of generation with a cache for a Llama with a second attention: what the encoder says becomes keys and values
 * once a question; the prompt is read, and then a token a sequence, with these beside the cache of `llama/decode_graphs.ts`.
 * @module
 */
import { argmax, cachedAttention, input, matmul, reshape, type Tensor } from "../../tensor/mod.ts";
import { cachedSize, resizeHeads } from "../llama/_wide_heads.ts";
import type { LlamaConfig } from "../llama/config.ts";
import { pastName, presentName } from "../llama/decode_graphs.ts";
import { type Attend, embedTokens, llamaHidden, llamaParameters, lmHead, rotation } from "../llama/graph.ts";
import { parameterInputs } from "../parameters.ts";
import { type KeyValues, keyValues, withSecond } from "./attention.ts";
import { align, type FusionConfig, fusionParameterShapes } from "./layer.ts";

/** Names of what the second attention reads, outputs of one graph and inputs of the others. */
const secondName = (layer: number, what: "key" | "value") => `second.${layer}.${what}`;

/** Outputs `second.*` float32 [B, kv_heads, S, head_dim] of `layer_states` float32 [B, S, encoder_layers * d_enc]. */
export function keyValueGraph(config: LlamaConfig, fusion: FusionConfig): Record<string, Tensor> {
  const { d_enc, encoder_layers } = fusion;
  const states = input("layer_states", ["B", "S", encoder_layers * d_enc]);
  const aligned = align(fusion, parameterInputs(fusionParameterShapes(fusion)), states);
  const read = keyValues(config, llamaParameters(config), aligned);
  return Object.fromEntries(
    read.flatMap(({ keys, values }, i) => [[secondName(i, "key"), keys], [secondName(i, "value"), values]]),
  );
}

/**
 * Output `next_ids` int32 [B], the likeliest, and the cache `present.*`. Feeds: those of `decodeGraph`, and `second.*`,
 * `encoder_attention_mask` int32 [B, S] and `position_ids` int32 [B, T] of the tokens that are read.
 */
export function fusedDecodeGraph(
  config: LlamaConfig,
  fusion: FusionConfig,
  reads: "prompt_embeds" | "token",
): Record<string, Tensor> {
  const { num_key_value_heads: kvHeads, head_dim, num_hidden_layers, hidden_size } = config;
  const parameters = { ...llamaParameters(config), ...parameterInputs(fusionParameterShapes(fusion)) };
  const length = reads === "token" ? 1 : "T";
  const inputs_embeds = reads === "token"
    ? embedTokens(parameters, input("ids", ["B", 1], "int32"))
    : input("inputs_embeds", ["B", length, hidden_size]);
  const present: Record<string, Tensor> = {};
  const read = Array.from({ length: num_hidden_layers }, (_, i): KeyValues => {
    const named = (what: "key" | "value") => input(secondName(i, what), ["B", kvHeads, "S", head_dim]);
    return { keys: named("key"), values: named("value") };
  });
  const second = {
    read,
    encoder_attention_mask: input("encoder_attention_mask", ["B", "S"], "int32"),
    position_ids: input("position_ids", ["B", length], "int32"),
  };
  const attend = withSecond(config, parameters, second, cached(config, present));
  const hidden = llamaHidden(config, parameters, inputs_embeds, attend);
  const final = reads === "token" ? hidden : matmul(input("last", ["B", 1, length]), hidden);
  return { next_ids: reshape(argmax(lmHead(config, parameters, final)), ["B"]), ...present };
}

/** The LLM's own attention against the cache, whose new state goes into `present`. */
function cached(config: LlamaConfig, present: Record<string, Tensor>): Attend {
  const { head_dim, num_attention_heads: heads, num_key_value_heads: kvHeads } = config;
  const size = cachedSize(head_dim);
  const shared = {
    lastPlaces: input("last_places", ["B"], "int32"),
    totalLength: input("total_length", [], "int32"),
    ...rotation(config, size),
    ...(size === head_dim ? {} : { scale: 1 / Math.sqrt(head_dim) }),
  };
  const wide = (x: Tensor, count: number) => resizeHeads(x, count, head_dim, size);
  return (layer, q, k, v) => {
    const past = (what: "key" | "value") => input(pastName(layer, what), ["B", kvHeads, "C", size]);
    const attended = cachedAttention(wide(q, heads), wide(k, kvHeads), wide(v, kvHeads), {
      ...shared,
      pastKeys: past("key"),
      pastValues: past("value"),
    });
    present[presentName(layer, "key")] = attended.presentKeys;
    present[presentName(layer, "value")] = attended.presentValues;
    return resizeHeads(attended.context, heads, size, head_dim);
  };
}
