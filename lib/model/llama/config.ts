/**
 * The configuration of a Llama-family causal language model, field for field as in a Hugging Face `config.json`, and
 * the parameter names and shapes that follow from it. Mini models and real checkpoints use the same type.
 * Source: `LlamaConfig` and `LlamaForCausalLM` of huggingface/transformers.
 * @module
 */
import * as v from "valibot";
import { UserError } from "../../errors.ts";
import { checkFields, parseConfig } from "../checkpoint/_parse_config.ts";
import { tokenIds } from "./generation_config.ts";
import { FIELDS_WITHOUT_EFFECT, ONE_VALUE_FIELDS } from "./fields.ts";
import { ropeScaling, ropeTheta, withOneRope } from "./rope_config.ts";

const positive = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(2 ** 31 - 1));
/** More are a damaged file, and would take minutes to list. */
const layers = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10_000));

const schema = v.object({
  model_type: v.picklist(["llama", "mistral"]),
  hidden_size: positive,
  intermediate_size: positive,
  num_hidden_layers: layers,
  num_attention_heads: positive,
  /** Grouped-query attention: the heads of keys and values; absent means as many as query heads. */
  num_key_value_heads: v.optional(positive),
  head_dim: v.nullish(positive),
  vocab_size: positive,
  max_position_embeddings: v.optional(positive, 2048),
  rms_norm_eps: v.optional(v.pipe(v.number(), v.finite(), v.minValue(0)), 1e-6),
  rope_theta: v.optional(ropeTheta, 10000),
  rope_scaling: v.nullish(ropeScaling),
  hidden_act: v.optional(v.literal("silu"), "silu"),
  attention_bias: v.optional(v.literal(false), false),
  mlp_bias: v.optional(v.literal(false), false),
  /** Of Mistral: how far back a token looks. */
  sliding_window: v.nullish(positive),
  tie_word_embeddings: v.optional(v.boolean(), false),
  ...tokenIds,
});

const KNOWN = [...Object.keys(schema.entries), ...FIELDS_WITHOUT_EFFECT];
/** A window is Mistral's alone. */
const FIELDS = {
  llama: { any: new Set(KNOWN.filter((name) => name !== "sliding_window")), only: ONE_VALUE_FIELDS },
  mistral: { any: new Set(KNOWN), only: ONE_VALUE_FIELDS },
};

/** A checked configuration; every derived size is filled in. */
export type LlamaConfig =
  & Omit<v.InferOutput<typeof schema>, "model_type" | "sliding_window" | "num_key_value_heads" | "head_dim">
  & { readonly model_type: "llama"; readonly num_key_value_heads: number; readonly head_dim: number };

/** What the parameters' shapes follow from. */
export type LlamaSizes = Pick<
  LlamaConfig,
  | "hidden_size"
  | "intermediate_size"
  | "num_hidden_layers"
  | "num_attention_heads"
  | "num_key_value_heads"
  | "head_dim"
  | "vocab_size"
  | "tie_word_embeddings"
>;

/** What a caller may leave out when writing a configuration by hand. */
export type LlamaConfigInput = Omit<v.InferInput<typeof schema>, "model_type" | "sliding_window">;

/**
 * Checks a configuration, fills in the defaults of Hugging Face and derives `head_dim` and `num_key_value_heads`.
 * Fields that have no influence on the computation (see `llama_fields.ts`) are dropped, unknown ones are refused.
 *
 * @param source Where the value comes from, for the error message.
 * @throws {UserError} naming the field: another architecture, an activation or a bias that is not implemented, a field
 * that nobody here knows, sizes that do not divide.
 */
export function parseLlamaConfig(value: unknown, source: string): LlamaConfig {
  const one = withOneRope(value, source);
  const config = parseConfig(schema, one, source);
  checkFields(one, FIELDS[config.model_type], source);
  const num_key_value_heads = config.num_key_value_heads ?? config.num_attention_heads;
  const head_dim = config.head_dim ?? config.hidden_size / config.num_attention_heads;
  if (!Number.isInteger(head_dim) || head_dim % 2 !== 0) {
    throw new UserError(
      `Cannot use ${source}: hidden_size ${config.hidden_size} over num_attention_heads ${config.num_attention_heads} must give an even head_dim, it gives ${head_dim}`,
    );
  }
  if (config.num_attention_heads % num_key_value_heads !== 0) {
    throw new UserError(
      `Cannot use ${source}: num_attention_heads ${config.num_attention_heads} must be a multiple of num_key_value_heads ${num_key_value_heads}`,
    );
  }
  const { model_type: _family, sliding_window, ...own } = config;
  // Up to its window a Mistral is a Llama; longer texts are refused as those beyond any model's positions are.
  const max_position_embeddings = Math.min(config.max_position_embeddings, sliding_window ?? Infinity);
  return { ...own, model_type: "llama", max_position_embeddings, num_key_value_heads, head_dim };
}

/** A configuration for a mini model: the sizes that matter, the rest by default. @throws {UserError} as above. */
export function llamaConfig(input: LlamaConfigInput): LlamaConfig {
  return parseLlamaConfig({ model_type: "llama", ...input }, "the LLM configuration");
}

/**
 * Names and shapes of all parameters, in the order of a Hugging Face checkpoint. Linear weights are [out, in]. With
 * `tie_word_embeddings` there is no `lm_head.weight`.
 */
export function llamaParameterShapes(config: LlamaSizes): Record<string, readonly number[]> {
  const { hidden_size: d, intermediate_size: f, vocab_size, head_dim } = config;
  const q = config.num_attention_heads * head_dim;
  const kv = config.num_key_value_heads * head_dim;
  const shapes: Record<string, readonly number[]> = { "model.embed_tokens.weight": [vocab_size, d] };
  for (let i = 0; i < config.num_hidden_layers; i++) {
    const layer = `model.layers.${i}`;
    shapes[`${layer}.input_layernorm.weight`] = [d];
    shapes[`${layer}.self_attn.q_proj.weight`] = [q, d];
    shapes[`${layer}.self_attn.k_proj.weight`] = [kv, d];
    shapes[`${layer}.self_attn.v_proj.weight`] = [kv, d];
    shapes[`${layer}.self_attn.o_proj.weight`] = [d, q];
    shapes[`${layer}.post_attention_layernorm.weight`] = [d];
    shapes[`${layer}.mlp.gate_proj.weight`] = [f, d];
    shapes[`${layer}.mlp.up_proj.weight`] = [f, d];
    shapes[`${layer}.mlp.down_proj.weight`] = [d, f];
  }
  shapes["model.norm.weight"] = [d];
  if (!config.tie_word_embeddings) shapes["lm_head.weight"] = [vocab_size, d];
  return shapes;
}

/** The tokens that end a text, from `eos_token_id`; empty when the configuration names none. */
export function eosTokenIds({ eos_token_id: eos }: Pick<LlamaConfig, "eos_token_id">): number[] {
  return eos === null || eos === undefined ? [] : Array.isArray(eos) ? eos : [eos];
}
