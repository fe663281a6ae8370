/**
 * How large a model is: as its folder's configuration says, or, of the paper's models, as published, so that a plan can be
 * made before they are here.
 * @module
 */
import { join } from "node:path";
import * as v from "valibot";
import { exists } from "../files.ts";
import { readJsonFile } from "./checkpoint/_read_json.ts";
import { CONFIG_FILE } from "./checkpoint/open.ts";
import { llamaConfig, type LlamaConfigInput } from "./llama/config.ts";
import { parameterCount } from "./llama/parameter_count.ts";
import type { LlmConfig } from "./llm.ts";

const LLAMA = { vocab_size: 32_000, max_position_embeddings: 4096, bos_token_id: 1, eos_token_id: 2 };

/** Of config.json on the hub. */
const LLMS: Readonly<Record<string, LlmConfig>> = {
  "meta-llama/Llama-2-7b-hf": llama({
    ...LLAMA,
    ...{ hidden_size: 4096, intermediate_size: 11_008, num_hidden_layers: 32, num_attention_heads: 32 },
  }),
  "meta-llama/Llama-2-13b-hf": llama({
    ...LLAMA,
    ...{ hidden_size: 5120, intermediate_size: 13_824, num_hidden_layers: 40, num_attention_heads: 40 },
  }),
  "mistralai/Mistral-7B-v0.1": llama({
    ...LLAMA,
    ...{ hidden_size: 4096, intermediate_size: 14_336, num_hidden_layers: 32, num_attention_heads: 32 },
    num_key_value_heads: 8,
  }),
};

function llama(input: LlamaConfigInput): LlmConfig {
  const config = llamaConfig(input);
  return { ...config, family: "llama", parameters: parameterCount(config) };
}

/** An encoder's size. */
export interface EncoderSize {
  readonly parameters: number;
  readonly hidden_size: number;
}

const T5_XL = { d_model: 2048, d_ff: 5120, d_kv: 64, num_heads: 32, num_layers: 24, vocab_size: 250_112 };
const ENCODERS: Readonly<Record<string, EncoderSize>> = {
  "DKYoon/mt5-xl-lm-adapt": t5Size({ ...T5_XL, feed_forward_proj: "gated-gelu" }),
};

/** The LLM that a hub calls so, of those whose sizes are known here. */
export function knownLlm(id: string): LlmConfig | undefined {
  return LLMS[id];
}

/** The same of an encoder. */
export function knownEncoder(id: string): EncoderSize | undefined {
  return ENCODERS[id];
}

const count = v.number();
const t5 = v.object({
  d_model: count,
  d_ff: count,
  d_kv: count,
  num_heads: count,
  num_layers: count,
  vocab_size: count,
  feed_forward_proj: v.optional(v.string(), "relu"),
});
const m2m100 = v.object({
  d_model: count,
  encoder_ffn_dim: count,
  encoder_layers: count,
  vocab_size: count,
});
const bert = v.object({
  hidden_size: count,
  intermediate_size: count,
  num_hidden_layers: count,
  vocab_size: count,
  max_position_embeddings: v.optional(count, 512),
});

/** Of an encoder's folder, by its config.json: biases and norms aside. Undefined where it is of no known family. */
export function encoderSizeIn(folder: string): EncoderSize | undefined {
  const path = join(folder, CONFIG_FILE);
  if (!exists(path)) return undefined;
  const config = readJsonFile(path);
  const families = [
    () => v.is(t5, config) ? t5Size(v.parse(t5, config)) : undefined,
    () => v.is(m2m100, config) ? m2m100Size(config) : undefined,
    () => v.is(bert, config) ? bertSize(v.parse(bert, config)) : undefined,
  ];
  return families.values().map((size) => size()).find((size) => size !== undefined);
}

function t5Size(
  { d_model: d, d_ff, d_kv, num_heads, num_layers, vocab_size, feed_forward_proj }: v.InferOutput<typeof t5>,
): EncoderSize {
  const matrices = feed_forward_proj.startsWith("gated") ? 3 : 2;
  const layer = 4 * d * d_kv * num_heads + matrices * d * d_ff;
  return { parameters: vocab_size * d + num_layers * layer, hidden_size: d };
}

function m2m100Size(
  { d_model: d, encoder_ffn_dim, encoder_layers, vocab_size }: v.InferOutput<typeof m2m100>,
): EncoderSize {
  return {
    parameters: vocab_size * d + encoder_layers * (4 * d * d + 2 * d * encoder_ffn_dim),
    hidden_size: d,
  };
}

function bertSize(config: v.InferOutput<typeof bert>): EncoderSize {
  const { hidden_size: d, intermediate_size, num_hidden_layers, vocab_size, max_position_embeddings } =
    config;
  const layer = 4 * d * d + 2 * d * intermediate_size;
  return {
    parameters: (vocab_size + max_position_embeddings) * d + num_hidden_layers * layer,
    hidden_size: d,
  };
}
