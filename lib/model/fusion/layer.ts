/**
 * LayAlign's parts beside the bridge (Ruan et al., 2025, arXiv:2502.11405, Section 3): an aligner, which mixes the encoder's
 * states of all layers but the last into keys and values for each layer of the LLM, and one gate a layer of the LLM, by which
 * what is read there is added. With S the n states of a token, float32 [n, d_enc], and m layers of the LLM
 *
 *     F = relu(A S + a)      along the layers: A [2m, n]
 *     G = F B^T + b          along the features, one for all layers: B [d_lm, d_enc]
 *
 * and layer i of the LLM has row 2i of G for keys and row 2i + 1 for values. Gates begin at 0: nothing is added.
 * @module
 */
import { must } from "../../checked.ts";
import type { Stream } from "../../random.ts";
import { add, matmul, relu, reshape, split, type Tensor } from "../../tensor/mod.ts";
import { linear } from "../_layers.ts";
import {
  constantFill,
  initWeights,
  type Parameters,
  type ParameterShapes,
  uniformFill,
  type Weights,
} from "../parameters.ts";

/** The sizes of aligner and gates. */
export interface FusionConfig {
  /** Hidden size of the encoder. */
  readonly d_enc: number;
  /** Hidden size of the LLM. */
  readonly d_lm: number;
  /** States of a token that the aligner reads: the embeddings, and every layer of the encoder but the last. */
  readonly encoder_layers: number;
  readonly llm_layers: number;
}

/** Name of the gates, float32 [llm_layers]. */
export const GATES = "fusion.gates";
const LAYERS = "aligner.layers";
const FEATURES = "aligner.features";

/** Names and shapes of the aligner's parameters; linear weights are [out, in]. */
export function alignerParameterShapes(
  { d_enc, d_lm, encoder_layers, llm_layers }: FusionConfig,
): ParameterShapes {
  return {
    [`${LAYERS}.weight`]: [2 * llm_layers, encoder_layers],
    [`${LAYERS}.bias`]: [2 * llm_layers],
    [`${FEATURES}.weight`]: [d_lm, d_enc],
    [`${FEATURES}.bias`]: [d_lm],
  };
}

/** Those of aligner and gates. */
export function fusionParameterShapes(config: FusionConfig): ParameterShapes {
  return { ...alignerParameterShapes(config), [GATES]: [config.llm_layers] };
}

/**
 * Fresh weights: matrices as PyTorch makes them (uniform within 1 / sqrt(inputs)), gates 0. Biases begin at 0, which is ours: a
 * small encoder's states are smaller than PyTorch's bias along the layers, whose sign would silence half of the rows for good.
 */
export function initFusion(config: FusionConfig, random: Stream): Weights {
  const { encoder_layers, d_enc } = config;
  return initWeights(fusionParameterShapes(config), random, (name) => {
    if (name === GATES || name.endsWith(".bias")) return constantFill(0);
    return uniformFill(1 / Math.sqrt(name.startsWith(LAYERS) ? encoder_layers : d_enc));
  });
}

/** What one layer of the LLM reads of the encoder, float32 [B, S, d_lm] each, before the LLM's own projections. */
export interface LayerStates {
  readonly key: Tensor;
  readonly value: Tensor;
}

/**
 * What the aligner makes of the encoder's states for each layer of the LLM.
 * @param states float32 [B, S, encoder_layers * d_enc]: of each token its states, layer after layer
 */
export function align(config: FusionConfig, parameters: Parameters, states: Tensor): LayerStates[] {
  const { d_enc, d_lm, encoder_layers, llm_layers } = config;
  const of = (name: string) => must(parameters[name], name);
  const [batch, length] = [states.shape[0]!, states.shape[1]!];
  const rows = 2 * llm_layers;
  const byLayer = reshape(states, [batch, length, encoder_layers, d_enc]);
  const mixed = relu(
    add(matmul(of(`${LAYERS}.weight`), byLayer), reshape(of(`${LAYERS}.bias`), [rows, 1])),
  );
  const aligned = linear(mixed, of(`${FEATURES}.weight`), of(`${FEATURES}.bias`));
  const parts = split(aligned, Array<number>(rows).fill(1), 2)
    .map((row) => reshape(row, [batch, length, d_lm]));
  return Array.from({ length: llm_layers }, (_, i) => ({ key: parts[2 * i]!, value: parts[2 * i + 1]! }));
}
