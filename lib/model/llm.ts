/**
 * A causal LLM of whatever family: what of its configuration systems rely on, so that they need not know how it computes. The
 * lab's own engine computes Llama and Mistral; PyTorch's takes any decoder-only folder that `AutoModelForCausalLM` opens.
 * @module
 */
import * as v from "valibot";
import { must } from "../checked.ts";
import { UserError } from "../errors.ts";
import { parseConfig } from "./checkpoint/_parse_config.ts";
import { readJsonFile } from "./checkpoint/_read_json.ts";
import { isGguf } from "./checkpoint/gguf_place.ts";
import { type Checkpoint, CONFIG_FILE, openCheckpoint } from "./checkpoint/open.ts";
import { parameterCount } from "./llama/parameter_count.ts";
import type { LlamaConfig, LlamaSizes } from "./llama/config.ts";
import { readGenerationConfig, tokenIds } from "./llama/generation_config.ts";
import { type LlamaModel, openLlama } from "./llama/model.ts";

/** What is known of any LLM, by the names of a Llama's configuration. */
export interface LlmConfig
  extends LlamaSizes, Pick<LlamaConfig, "max_position_embeddings" | "bos_token_id" | "eos_token_id"> {
  /** "llama", of Mistral too, which is computed as one; else as config.json has `model_type`. */
  readonly family: string;
  readonly parameters: number;
}

/** A folder's LLM, checked without reading its weights. */
export interface OpenLlm {
  readonly config: LlmConfig;
  /** Its token embeddings, float32 [vocab_size, hidden_size], read now; of the other weights none is. */
  embeddings(): Float32Array;
}

/** What families call the same, the first that is there. */
const NAMES = {
  hidden_size: ["hidden_size", "n_embd", "d_model"],
  intermediate_size: ["intermediate_size", "n_inner", "ffn_dim", "ffn_hidden_size"],
  num_hidden_layers: ["num_hidden_layers", "n_layer", "n_layers"],
  num_attention_heads: ["num_attention_heads", "n_head", "n_heads"],
  num_key_value_heads: ["num_key_value_heads"],
  head_dim: ["head_dim"],
  max_position_embeddings: ["max_position_embeddings", "n_positions", "max_seq_len"],
} as const;
/** Ends of the names of token embeddings. */
const EMBEDDINGS = /(^|\.)(embed_tokens|wte|embed_in|word_embeddings|embeddings)\.weight$/;

const count = v.pipe(v.number(), v.integer(), v.minValue(1));
const given = v.looseObject({
  model_type: v.string(),
  architectures: v.nullish(v.array(v.string()), []),
  vocab_size: count,
  tie_word_embeddings: v.nullish(v.boolean()),
  is_encoder_decoder: v.nullish(v.boolean()),
  ...tokenIds,
});

/**
 * @param folder in Hugging Face's layout, or a GGUF file of a Llama
 * @throws {UserError} for whatever is wrong with it, naming file, field or tensor
 */
export function openLlm(folder: string): OpenLlm {
  const config = isGguf(folder) ? null : readJsonFile(`${folder}/${CONFIG_FILE}`) as { model_type?: unknown };
  if (config === null || ["llama", "mistral", undefined].includes(config.model_type as string)) {
    const llama = openLlama(folder);
    return {
      config: { ...llama.config, family: "llama", parameters: parameterCount(llama.config) },
      embeddings: () => llama.checkpoint.float32("model.embed_tokens.weight"),
    };
  }
  return openOther(folder, config);
}

/** The embeddings of an LLM with what its configuration says. */
export interface LlmEmbeddings {
  readonly config: LlmConfig;
  /** float32 [vocab_size, hidden_size] */
  readonly embeddings: Float32Array;
}

/** Both at once. @throws {UserError} as `openLlm` */
export function loadEmbeddings(folder: string): LlmEmbeddings {
  const { config, embeddings } = openLlm(folder);
  return { config, embeddings: embeddings() };
}

function openOther(folder: string, json: unknown): OpenLlm {
  const source = `"${folder}/${CONFIG_FILE}"`;
  const config = parseConfig(given, json, source);
  if (config.is_encoder_decoder === true) {
    throw new UserError(
      `Cannot use "${folder}" as an LLM: a ${config.model_type} encodes and decodes; take a decoder-only model`,
    );
  }
  const size = (name: keyof typeof NAMES, otherwise?: number): number => {
    const found = NAMES[name].map((each) => config[each]).find((value) => typeof value === "number") ??
      otherwise;
    if (found !== undefined) return found;
    throw new UserError(`Cannot use ${source}: a ${config.model_type} without ${NAMES[name].join(" or ")}`);
  };
  const hidden_size = size("hidden_size");
  const num_attention_heads = size("num_attention_heads");
  const checkpoint = openCheckpoint(folder, config.architectures ?? []);
  const [name, shape] = embeddingsIn(checkpoint, hidden_size);
  const own: LlmConfig = {
    family: config.model_type,
    parameters: [...checkpoint.shapes.values()].reduce(
      (sum, shape) => sum + shape.reduce((a, b) => a * b, 1),
      0,
    ),
    hidden_size,
    intermediate_size: size("intermediate_size", 4 * hidden_size),
    num_hidden_layers: size("num_hidden_layers"),
    num_attention_heads,
    num_key_value_heads: size("num_key_value_heads", num_attention_heads),
    head_dim: size("head_dim", hidden_size / num_attention_heads),
    // Some have more rows than their tokenizer has ids.
    vocab_size: shape[0]!,
    max_position_embeddings: size("max_position_embeddings"),
    tie_word_embeddings: config.tie_word_embeddings ??
      ![...checkpoint.shapes.keys()].some((each) => /(^|\.)(lm_head|embed_out)\.weight$/.test(each)),
    bos_token_id: config.bos_token_id,
    eos_token_id: config.eos_token_id,
  };
  const { ids } = readGenerationConfig(folder, config);
  return { config: { ...own, ...ids }, embeddings: () => checkpoint.float32(name) };
}

function embeddingsIn(checkpoint: Checkpoint, width: number): [string, readonly number[]] {
  const found = [...checkpoint.shapes].find(([name, shape]) => EMBEDDINGS.test(name) && shape[1] === width);
  if (found !== undefined) return found;
  throw new UserError(
    `Cannot use "${checkpoint.folder}" as an LLM: it has no token embeddings of width ${width}`,
  );
}

/** The embeddings of a Llama that is there as a whole. */
export function embeddingsOf({ config, weights }: LlamaModel): LlmEmbeddings {
  return {
    config: { ...config, family: "llama", parameters: parameterCount(config) },
    embeddings: must(weights["model.embed_tokens.weight"], "model.embed_tokens.weight"),
  };
}
