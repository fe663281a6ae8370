/**
 * BERT and XLM-R encoders from safetensors: layer normalisation after each sublayer, learned positions, exact GELU, as
 * transformers computes them (`modeling_bert.py`, `modeling_xlm_roberta.py`). Frozen: only what final states need is here.
 * @module
 */
import { atLeast } from "../../checked.ts";
import { UserError } from "../../errors.ts";
import { add, attention, gather, gelu, slice, type Tensor } from "../../tensor/mod.ts";
import { fromHeads, namedLayers, paddingMask, toHeads } from "../_layers.ts";
import { type Checkpoint, checkTensors, CONFIG_FILE, openCheckpoint } from "../checkpoint/open.ts";
import type { Parameters, Weights } from "../parameters.ts";
import {
  BERT_ARCHITECTURES,
  type BertConfig,
  bertParameterShapes,
  firstPosition,
  parseBertConfig,
} from "./bert_config.ts";

/** A folder that holds an encoder, checked without reading its weights. */
export interface BertCheckpoint {
  readonly config: BertConfig;
  /** The weights as float32, read now. */
  read(): Weights;
}

/**
 * The states of all tokens, float32 [B, T, hidden_size] each: the embeddings, then the output of every layer (transformers'
 * `hidden_states`).
 * @param ids int32 [B, T]
 * @param attention_mask int32 [B, T], 1 for a token and 0 for padding
 * @param position_ids int32 [B, T], from 0 on, below `longestText`
 */
export function bertHiddenStates(
  config: BertConfig,
  parameters: Parameters,
  ids: Tensor,
  attention_mask: Tensor,
  position_ids: Tensor,
): Tensor[] {
  const { num_attention_heads: heads, layer_norm_eps: epsilon } = config;
  const { norm, affine } = namedLayers(parameters, epsilon);
  const table = (name: string) => parameters[`embeddings.${name}_embeddings.weight`]!;
  const mask = paddingMask(attention_mask);

  const positions = slice(table("position"), 0, firstPosition(config), longestText(config));
  const first = slice(table("token_type"), 0, 0, 1);
  let x = add(add(gather(table("word"), ids), first), gather(positions, position_ids));
  x = norm(x, "embeddings.LayerNorm");
  const states = [x];
  for (let i = 0; i < config.num_hidden_layers; i++) {
    const layer = `encoder.layer.${i}`;
    const [q, k, v] = atLeast(
      ["query", "key", "value"].map((name) => toHeads(affine(x, `${layer}.attention.self.${name}`), heads)),
      3,
    );
    const context = affine(fromHeads(attention(q, k, v, { mask })), `${layer}.attention.output.dense`);
    x = norm(add(x, context), `${layer}.attention.output.LayerNorm`);
    const inner = affine(gelu(affine(x, `${layer}.intermediate.dense`)), `${layer}.output.dense`);
    x = norm(add(x, inner), `${layer}.output.LayerNorm`);
    states.push(x);
  }
  return states;
}

/** Tokens that the encoder reads at most, special ones included. */
export function longestText(config: BertConfig): number {
  return config.max_position_embeddings - firstPosition(config);
}

/** @throws {UserError} for whatever is wrong with the folder, naming file, field or tensor */
export function openBert(folder: string): BertCheckpoint {
  const checkpoint = openCheckpoint(folder, BERT_ARCHITECTURES);
  const config = parseBertConfig(checkpoint.config, `"${folder}/${CONFIG_FILE}"`);
  const shapes = bertParameterShapes(config);
  const prefix = prefixOf(checkpoint);
  const stored = (name: string) => storedName(checkpoint, `${prefix}${name}`);
  const used = new Set(Object.keys(shapes).map(stored));
  // Poolers and heads come after the states; whatever else there is would have part in them.
  const rest = [...checkpoint.shapes].filter(([name]) => used.has(name) || !isAfterStates(name, prefix));
  checkTensors(
    { ...checkpoint, shapes: new Map(rest) },
    Object.fromEntries(Object.entries(shapes).map(([name, shape]) => [stored(name), shape])),
  );
  return {
    config,
    read: () =>
      Object.fromEntries(Object.keys(shapes).map((name) => [name, checkpoint.float32(stored(name))])),
  };
}

/**
 * @param memory of this machine, in bytes
 * @throws {UserError} before anything is read, when the weights do not fit into it
 */
export function checkBertFits(folder: string, { config }: BertCheckpoint, memory: number): void {
  const shapes = Object.values(bertParameterShapes(config));
  const parameters = shapes.reduce((sum, shape) => sum + shape.reduce((a, b) => a * b, 1), 0);
  // Once as they are read, once in the runtime.
  const bytes = 2 * 4 * parameters;
  if (bytes <= memory) return;
  const gib = (n: number) => `${(n / 2 ** 30).toFixed(1)} GiB`;
  throw new UserError(
    `Cannot use the encoder "${folder}" on this machine: its ${(parameters / 1e6).toFixed(0)} million ` +
      `parameters take about ${gib(bytes)} of memory, the machine has ${gib(memory)}; take a smaller encoder`,
  );
}

/** What models with a head write before the encoder's names: "bert." or "roberta.", or nothing. */
function prefixOf({ shapes }: Checkpoint): string {
  const embedding = [...shapes.keys()].find((name) => name.endsWith("embeddings.word_embeddings.weight"));
  return embedding?.slice(0, -"embeddings.word_embeddings.weight".length) ?? "";
}

/** BERTs converted from TensorFlow (bert-base-uncased) call a norm's weight gamma and its bias beta, as transformers knows. */
function storedName({ shapes }: Checkpoint, name: string): string {
  const old = name.replace(/LayerNorm\.weight$/, "LayerNorm.gamma").replace(
    /LayerNorm\.bias$/,
    "LayerNorm.beta",
  );
  return shapes.has(old) ? old : name;
}

function isAfterStates(name: string, prefix: string): boolean {
  const own = name.startsWith(prefix) ? name.slice(prefix.length) : name;
  // position_ids are a table of 0, 1, 2 ..., which old libraries wrote.
  return /^(pooler|cls|lm_head|classifier)\./.test(own) || /^(cls|lm_head|classifier|pooler)\./.test(name) ||
    /^embeddings\.(position|token_type)_ids$/.test(own);
}
