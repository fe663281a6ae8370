/**
 * The configuration of the lab's own encoder, a small bidirectional transformer, and the parameter names and shapes that
 * follow from it. All names begin with "encoder.", so that it can stand in one graph with an LLM.
 * @module
 */
import * as v from "valibot";
import { UserError } from "../../errors.ts";
import { checkFields, parseConfig } from "../checkpoint/_parse_config.ts";
import type { ParameterShapes } from "../parameters.ts";

/** The name of the architecture in `config.json`. */
export const ENCODER_ARCHITECTURE = "LinguaLiftEncoder";

/** The affine map at the end of a whitened encoder. */
export const WHITENING = "encoder.whitening";

const positive = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(2 ** 31 - 1));
const layers = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10_000));

const schema = v.object({
  model_type: v.literal("lingualift_encoder"),
  hidden_size: positive,
  intermediate_size: positive,
  num_hidden_layers: layers,
  num_attention_heads: positive,
  vocab_size: positive,
  max_position_embeddings: v.optional(positive, 512),
  /** "learned": a trained vector a position is added; "rotary": queries and keys are turned, as in the LLM. */
  position_embedding_type: v.optional(v.picklist(["learned", "rotary"]), "rotary"),
  rope_theta: v.optional(v.number(), 10000),
  layer_norm_eps: v.optional(v.number(), 1e-5),
  /** Whether the final states go through an affine map that makes their coordinates uncorrelated (`whitening`). */
  whitened: v.optional(v.boolean(), false),
});

/** `architectures` is checked when the folder is opened. */
const FIELDS = { any: new Set([...Object.keys(schema.entries), "architectures"]) };

/** A checked configuration. */
export type EncoderConfig = v.InferOutput<typeof schema>;
/** What a caller may leave out. */
export type EncoderConfigInput = Omit<v.InferInput<typeof schema>, "model_type">;

/** Checks a configuration and fills in defaults. @throws {UserError} naming the field at fault. */
export function parseEncoderConfig(value: unknown, source: string): EncoderConfig {
  const config = parseConfig(schema, value, source);
  checkFields(value, FIELDS, source);
  const size = config.hidden_size / config.num_attention_heads;
  if (!Number.isInteger(size) || size % 2 !== 0) {
    throw new UserError(
      `Cannot use ${source}: hidden_size ${config.hidden_size} over num_attention_heads ${config.num_attention_heads} must be even, it is ${size}`,
    );
  }
  return config;
}

/** A configuration by its sizes, the rest by default. @throws {UserError} as above. */
export function encoderConfig(input: EncoderConfigInput): EncoderConfig {
  return parseEncoderConfig({ model_type: "lingualift_encoder", ...input }, "the encoder configuration");
}

/**
 * Names and shapes of all parameters; linear weights are [out, in]. With `lmHead` also those of the masked-LM head,
 * whose last projection is the embedding matrix.
 */
export function encoderParameterShapes(
  config: EncoderConfig,
  options: { readonly lmHead?: boolean } = {},
): ParameterShapes {
  const { hidden_size: d, intermediate_size: f, vocab_size } = config;
  const shapes: Record<string, readonly number[]> = { "encoder.embed_tokens.weight": [vocab_size, d] };
  const affine = (name: string, out: number, inner?: number) => {
    shapes[`${name}.weight`] = inner === undefined ? [out] : [out, inner];
    shapes[`${name}.bias`] = [out];
  };
  if (config.position_embedding_type === "learned") {
    shapes["encoder.embed_positions.weight"] = [config.max_position_embeddings, d];
  }
  for (let i = 0; i < config.num_hidden_layers; i++) {
    const layer = `encoder.layers.${i}`;
    affine(`${layer}.self_attn_layer_norm`, d);
    for (const name of ["q_proj", "k_proj", "v_proj", "out_proj"]) affine(`${layer}.self_attn.${name}`, d, d);
    affine(`${layer}.final_layer_norm`, d);
    affine(`${layer}.fc1`, f, d);
    affine(`${layer}.fc2`, d, f);
  }
  affine("encoder.layer_norm", d);
  if (config.whitened) affine(WHITENING, d, d);
  if (options.lmHead) {
    affine("encoder.lm_head.dense", d, d);
    affine("encoder.lm_head.layer_norm", d);
    shapes["encoder.lm_head.bias"] = [vocab_size];
  }
  return shapes;
}
