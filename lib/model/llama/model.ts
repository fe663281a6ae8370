/**
 * A Llama model with its weights: loading from and exporting to a checkpoint folder, and fresh weights for mini models.
 * @module
 */
import { dirname } from "node:path";
import { must } from "../../checked.ts";
import type { Stream } from "../../random.ts";
import type { Feeds } from "../../tensor/mod.ts";
import { type Checkpoint, checkTensors, CONFIG_FILE, openCheckpoint } from "../checkpoint/open.ts";
import { exportCheckpoint } from "../checkpoint/export.ts";
import { isGguf } from "../checkpoint/gguf_place.ts";
import { openGguf } from "../checkpoint/gguf.ts";
import { ggufCheckpoint } from "../checkpoint/gguf_checkpoint.ts";
import { type GenerationConfig, readGenerationConfig } from "./generation_config.ts";
import { type LlamaConfig, llamaParameterShapes, parseLlamaConfig } from "./config.ts";
import { constantFill, initWeights, normalFill, parameterFeeds, type Weights } from "../parameters.ts";

/** A configuration and the weights that belong to it. */
export interface LlamaModel {
  readonly config: LlamaConfig;
  readonly weights: Weights;
}

/** A checkpoint folder that holds a Llama model, checked without reading its weights. */
export interface LlamaCheckpoint {
  readonly checkpoint: Checkpoint;
  /** Of `config.json`, with the token ids of `generation_config.json` where that gives them. */
  readonly config: LlamaConfig;
  readonly generation: GenerationConfig;
}

/**
 * @param folder in Hugging Face's layout, or a GGUF file
 * @throws {UserError} for whatever is wrong with it, naming file, field or tensor
 */
export function openLlama(folder: string): LlamaCheckpoint {
  const isFile = isGguf(folder);
  const checkpoint = isFile ? ggufCheckpoint(openGguf(folder)) : openCheckpoint(folder);
  const own = parseLlamaConfig(checkpoint.config, isFile ? `"${folder}"` : `"${folder}/${CONFIG_FILE}"`);
  const generation = readGenerationConfig(isFile ? dirname(folder) : folder, checkpoint.config);
  const config = { ...own, ...generation.ids };
  const head = { "lm_head.weight": "model.embed_tokens.weight" };
  checkTensors(checkpoint, llamaParameterShapes(config), config.tie_word_embeddings ? head : {});
  return { checkpoint, config, generation };
}

/** The model, its weights as float32. */
export function readLlama({ checkpoint, config }: LlamaCheckpoint): LlamaModel {
  const names = Object.keys(llamaParameterShapes(config));
  return { config, weights: Object.fromEntries(names.map((name) => [name, checkpoint.float32(name)])) };
}

/** Both at once: the model of a checkpoint folder. @throws {UserError} as `openLlama` */
export function loadLlama(folder: string): LlamaModel {
  return readLlama(openLlama(folder));
}

/** The weights as feeds, without a copy. @throws {UserError} naming a weight that is missing or of the wrong size */
export function llamaFeeds({ config, weights }: LlamaModel): Feeds {
  return parameterFeeds(llamaParameterShapes(config), weights);
}

/** Writes a folder that `loadLlama` and Hugging Face libraries read; `json` are more files (`tokenizer.json`). */
export function exportLlama(
  folder: string,
  model: LlamaModel,
  options: {
    readonly maxShardBytes?: number | undefined;
    readonly json?: Readonly<Record<string, unknown>>;
  } = {},
): void {
  const tensors = Object.entries(llamaParameterShapes(model.config)).map(([name, shape]) => ({
    name,
    shape,
    data: must(model.weights[name], name),
  }));
  const config = { architectures: ["LlamaForCausalLM"], torch_dtype: "float32", ...model.config };
  exportCheckpoint(folder, { config, tensors, json: options.json }, options);
}

/** The standard deviation of fresh weights (`initializer_range` of Hugging Face's Llama). */
const INIT_STD = 0.02;

/**
 * Fresh weights: normal with standard deviation 0.02, the projections that end a residual branch divided by
 * sqrt(2 layers) so that the residual stream keeps its scale (GPT-2, section 2.3), norms 1. Every tensor has its own
 * named stream below `random`, so that adding one moves no other.
 */
export function initLlama(config: LlamaConfig, random: Stream): LlamaModel {
  const residual = INIT_STD / Math.sqrt(2 * config.num_hidden_layers);
  const weights = initWeights(llamaParameterShapes(config), random, (name, shape) => {
    if (shape.length === 1) return constantFill(1);
    return normalFill(/(o_proj|down_proj)\.weight$/.test(name) ? residual : INIT_STD);
  });
  return { config, weights };
}
