/**
 * The input of the LLM, [bos; enc_start; bridge(H); enc_end; text], where H are the encoder's states and the text is what
 * stands beside them and a target (or nothing yet, in generation); bridges of LangBridge and MindMerger have no enc_start. Every part is padded for itself, so padding stands in the
 * middle; the attention mask and the positions leave it out, and no result depends on it. The mask counts both boundary
 * vectors (the authors' release makes it one too short).
 * @module
 */
import {
  concat,
  constant,
  expand,
  float32,
  input,
  int32,
  int32Data,
  reshape,
  type Tensor,
  type Value,
} from "../../tensor/mod.ts";
import { bridge, type BridgeConfig, ENC_END, ENC_START } from "./layer.ts";
import { embedTokens } from "../llama/graph.ts";
import { padIds, positionIds } from "../padding.ts";
import type { Parameters } from "../parameters.ts";

/** The symbolic inputs of an assembled sequence; `assemblyFeeds` makes their values. */
export interface AssemblyInputs {
  /** float32 [B, S, d_enc], or computed by an encoder in the same graph. */
  readonly hidden_states: Tensor;
  /** int32 [B, S], 1 for a token of the encoder and 0 for padding. */
  readonly encoder_attention_mask: Tensor;
  /** int32 [B, T]: what stands beside the states, and the target. */
  readonly ids: Tensor;
  /** int32 [B, S + T + 3] (2 without enc_start), of the assembled sequence. */
  readonly attention_mask: Tensor;
  /** int32 like `attention_mask`. */
  readonly position_ids: Tensor;
}

/** What of a bridge decides where things stand. */
type Layout = Pick<BridgeConfig, "d_enc" | "boundaries">;

/** The positions that an assembled sequence has before its text, besides the encoder's: bos, enc_start, enc_end. */
export function assembledTokens({ boundaries }: Pick<BridgeConfig, "boundaries">): number {
  return boundaries === "both" ? 3 : 2;
}

/** Graph inputs of the same names. */
export function assemblyInputs({ d_enc, boundaries }: Layout): AssemblyInputs {
  const length = `S+T+${assembledTokens({ boundaries })}`;
  const int = (name: string, length: string) => input(name, ["B", length], "int32");
  return {
    hidden_states: input("hidden_states", ["B", "S", d_enc]),
    encoder_attention_mask: int("encoder_attention_mask", "S"),
    ids: int("ids", "T"),
    attention_mask: int("attention_mask", length),
    position_ids: int("position_ids", length),
  };
}

/**
 * The embeddings of the assembled sequence: float32 [B, S + T + 3 (2 without enc_start), d_lm]. Gradients reach the bridge with its
 * boundary vectors, the LLM's embeddings and `hidden_states`, as far as they are asked for.
 * @param parameters those of the bridge and of the LLM
 * @param bosId the LLM's `bos_token_id`
 */
export function assembleInputsEmbeds(
  config: BridgeConfig,
  parameters: Parameters,
  bosId: number,
  inputs: Pick<AssemblyInputs, "hidden_states" | "ids">,
): Tensor {
  const { hidden_states, ids } = inputs;
  const row = [hidden_states.shape[0]!, 1, config.d_lm];
  const every = (vector: Tensor) => expand(reshape(vector, [1, 1, config.d_lm]), row);
  return concat([
    every(embedTokens(parameters, constant(Int32Array.of(bosId), [1, 1]))),
    ...(config.boundaries === "both" ? [every(parameters[ENC_START]!)] : []),
    bridge(config, parameters, hidden_states),
    every(parameters[ENC_END]!),
    embedTokens(parameters, ids),
  ], 1);
}

/** One sequence to assemble. */
export interface AssemblyExample {
  /** float32 [s, d_enc], row-major: the encoder's states, padding left out. */
  readonly hidden_states: Float32Array;
  /** Ids of the text after enc_end; may be empty. */
  readonly ids: readonly number[];
}

/** A batch as feeds of `assemblyInputs`, with what a loss needs to know of it. */
export interface AssembledBatch {
  readonly feeds: Readonly<Record<keyof AssemblyInputs, Value>>;
  /** S + T + 3, or 2 without enc_start. */
  readonly length: number;
  /** Index of the first token of the text in an assembled row. */
  readonly textStart: number;
  /** Index of enc_end in an assembled row: what predicts the first token of the text. */
  readonly encEnd: number;
}

/** @throws {TypeError} for an empty batch, or states that are not a whole number of rows */
export function assemblyFeeds(examples: readonly AssemblyExample[], layout: Layout): AssembledBatch {
  const { d_enc } = layout;
  const before = assembledTokens(layout);
  const lengths = examples.map(({ hidden_states }) => hidden_states.length / d_enc);
  const longest = Math.max(0, ...lengths);
  if (longest === 0 || lengths.some((length) => !Number.isInteger(length))) {
    throw new TypeError(
      `Cannot assemble ${examples.length} sequences of [${lengths}] states of size ${d_enc}`,
    );
  }
  const rows = examples.length;
  const states = new Float32Array(rows * longest * d_enc);
  const encoderMask = new Int32Array(rows * longest);
  examples.forEach(({ hidden_states }, row) => {
    states.set(hidden_states, row * longest * d_enc);
    encoderMask.fill(1, row * longest, row * longest + lengths[row]!);
  });
  const text = padIds(examples.map(({ ids }) => ids));
  const textLength = text.ids.dims[1]!;
  const length = longest + textLength + before;
  const mask = new Int32Array(rows * length);
  for (let row = 0; row < rows; row++) {
    const at = row * length;
    mask.fill(1, at, at + before - 1 + lengths[row]!);
    mask[at + before - 1 + longest] = 1;
    const textMask = int32Data(text.attention_mask).subarray(row * textLength, (row + 1) * textLength);
    mask.set(textMask, at + before + longest);
  }
  return {
    feeds: {
      hidden_states: float32(states, [rows, longest, d_enc]),
      encoder_attention_mask: int32(encoderMask, [rows, longest]),
      ids: text.ids,
      attention_mask: int32(mask, [rows, length]),
      position_ids: int32(positionIds(mask, length), [rows, length]),
    },
    length,
    textStart: longest + before,
    encEnd: longest + before - 1,
  };
}
