/**
 * The configuration of a BERT (Devlin et al., 2019, arXiv:1810.04805) or XLM-R (Conneau et al., 2020, arXiv:1911.02116)
 * encoder as Hugging Face's `config.json` has it, and the parameter names and shapes that follow from it.
 * @module
 */
import * as v from "valibot";
import { UserError } from "../../errors.ts";
import { parseConfig } from "../checkpoint/_parse_config.ts";
import type { ParameterShapes } from "../parameters.ts";

/** Models that are computed alike; the last four count positions from `pad_token_id` + 1 on. */
const MODEL_TYPES = ["bert", "roberta", "xlm-roberta", "camembert"] as const;

/** What `config.json` may name; of a model with a head the encoder alone is read. */
export const BERT_ARCHITECTURES: readonly string[] = ["Bert", "Roberta", "XLMRoberta", "Camembert"].flatMap(
  (family) =>
    ["Model", "ForMaskedLM", "ForPreTraining", "ForSequenceClassification"].map((head) => `${family}${head}`),
);

const positive = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(2 ** 31 - 1));
const layers = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10_000));

const schema = v.object({
  model_type: v.picklist(MODEL_TYPES),
  hidden_size: positive,
  intermediate_size: positive,
  num_hidden_layers: layers,
  num_attention_heads: positive,
  vocab_size: positive,
  max_position_embeddings: v.nullish(positive, 512),
  type_vocab_size: v.nullish(positive, 2),
  layer_norm_eps: v.nullish(v.number(), 1e-12),
  pad_token_id: v.nullish(v.pipe(v.number(), v.integer(), v.minValue(0)), 0),
  /** The exact one; others would be another model. */
  hidden_act: v.nullish(v.literal("gelu"), "gelu"),
  position_embedding_type: v.nullish(v.literal("absolute"), "absolute"),
  is_decoder: v.nullish(v.literal(false), false),
});

/** A checked configuration. */
export type BertConfig = v.InferOutput<typeof schema>;

/** Checks a configuration and fills in the defaults of transformers. @throws {UserError} naming the field at fault. */
export function parseBertConfig(value: unknown, source: string): BertConfig {
  const config = parseConfig(schema, value, source);
  const { hidden_size, num_attention_heads, max_position_embeddings } = config;
  if (hidden_size % num_attention_heads !== 0) {
    throw new UserError(
      `Cannot use ${source}: num_attention_heads ${num_attention_heads} does not divide hidden_size ${hidden_size}`,
    );
  }
  if (max_position_embeddings <= firstPosition(config)) {
    throw new UserError(
      `Cannot use ${source}: max_position_embeddings ${max_position_embeddings} leaves no position for a token`,
    );
  }
  return config;
}

/** The row of the position embeddings that a text's first token has. */
export function firstPosition({ model_type, pad_token_id }: BertConfig): number {
  return model_type === "bert" ? 0 : pad_token_id + 1;
}

/** Names, without what a model with a head has before them, and shapes; linear weights are [out, in]. */
export function bertParameterShapes(config: BertConfig): ParameterShapes {
  const { hidden_size: d, intermediate_size: f } = config;
  const shapes: Record<string, readonly number[]> = {
    "embeddings.word_embeddings.weight": [config.vocab_size, d],
    "embeddings.position_embeddings.weight": [config.max_position_embeddings, d],
    "embeddings.token_type_embeddings.weight": [config.type_vocab_size, d],
  };
  const affine = (name: string, out: number, inner?: number) => {
    shapes[`${name}.weight`] = inner === undefined ? [out] : [out, inner];
    shapes[`${name}.bias`] = [out];
  };
  affine("embeddings.LayerNorm", d);
  for (let i = 0; i < config.num_hidden_layers; i++) {
    const layer = `encoder.layer.${i}`;
    for (const name of ["query", "key", "value"]) affine(`${layer}.attention.self.${name}`, d, d);
    affine(`${layer}.attention.output.dense`, d, d);
    affine(`${layer}.attention.output.LayerNorm`, d);
    affine(`${layer}.intermediate.dense`, f, d);
    affine(`${layer}.output.dense`, d, f);
    affine(`${layer}.output.LayerNorm`, d);
  }
  return shapes;
}
