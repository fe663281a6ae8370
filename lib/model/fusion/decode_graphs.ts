/**
 * The second attention in generation: what the encoder says becomes keys and values once a question, and every graph of
 * `llama/decode_graphs.ts` reads them beside its cache.
 * @module
 */
import { input, type Tensor } from "../../tensor/mod.ts";
import type { LlamaConfig } from "../llama/config.ts";
import type { DecodeInput } from "../llama/decode_graphs.ts";
import { type Around, llamaParameters } from "../llama/graph.ts";
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

/** It in a decode graph. Feeds: `second.*`, `encoder_attention_mask` int32 [B, S] and `position_ids` int32 [B, T]. */
export function secondAround(config: LlamaConfig, fusion: FusionConfig, reads: DecodeInput): Around {
  const { num_key_value_heads, head_dim, num_hidden_layers } = config;
  const read = Array.from({ length: num_hidden_layers }, (_, i): KeyValues => {
    const named = (what: "key" | "value") =>
      input(secondName(i, what), ["B", num_key_value_heads, "S", head_dim]);
    return { keys: named("key"), values: named("value") };
  });
  const second = {
    read,
    encoder_attention_mask: input("encoder_attention_mask", ["B", "S"], "int32"),
    position_ids: input("position_ids", ["B", reads === "token" ? 1 : "T"], "int32"),
  };
  const parameters = parameterInputs(fusionParameterShapes(fusion));
  return (own) => withSecond(config, parameters, second, own);
}
