/**
 * The bridge between encoder and LLM: it maps the states of a frozen encoder into the embedding space of the LLM, with
 * trained boundary vectors around them. LinguaLIFT calls it the language alignment layer (Section 3.1; the authors'
 * release: FFNWithAddedBosEos), with the number of layers a setting:
 *
 *     1: Linear(d_enc, d_lm)
 *     2: Linear(d_enc, 2 d_enc), activation, Linear(2 d_enc, d_lm)                       (the release: exact GELU)
 *     3: Linear(d_enc, 2 d_enc), activation, Linear(2 d_enc, 2 d_enc), activation, Linear(2 d_enc, d_lm)
 *
 * For d_enc 1024 and d_lm 4096 these have 4, 10 and 14 million parameters, the sizes of the paper's Table 24. LangBridge
 * has one layer and MindMerger two with ReLU, both with a boundary vector at the end only.
 * @module
 */
import { atLeast, must } from "../../checked.ts";
import { gelu, mul, relu, sub, type Tensor } from "../../tensor/mod.ts";
import type { Stream } from "../../random.ts";
import { linear } from "../_layers.ts";
import {
  constantFill,
  initWeights,
  normalFill,
  type Parameters,
  type ParameterShapes,
  uniformFill,
  type Weights,
} from "../parameters.ts";

/** The shape of a bridge. */
export interface BridgeConfig {
  /** Hidden size of the encoder. */
  readonly d_enc: number;
  /** Hidden size of the LLM. */
  readonly d_lm: number;
  readonly layers: 1 | 2 | 3;
  /** Between the layers. */
  readonly activation: "gelu" | "relu";
  /** Where boundary vectors stand: before and after the states, or after them only. */
  readonly boundaries: "both" | "end";
  /** Whether each dimension of the states is brought to mean 0 and deviation 1 first, by numbers that never learn. */
  readonly standardised: boolean;
}

// Parameters are called "alignment": their names name the streams of their first values, so that another name would be
// another training of what is committed in data/pretrained.
/** Names of the boundary vectors, float32 [d_lm]. */
export const ENC_START = "alignment.enc_start";
export const ENC_END = "alignment.enc_end";
/** Names of a standardised bridge's mean and 1 / deviation of each dimension of the states, float32 [d_enc]. */
export const STATES_MEAN = "alignment.states_mean";
export const STATES_SCALE = "alignment.states_scale";
/** What of a bridge never learns. */
export const FROZEN_IN_BRIDGE: readonly string[] = [STATES_MEAN, STATES_SCALE];

/** Names and shapes of all parameters; linear weights are [out, in]. */
export function bridgeParameterShapes(
  { d_enc, d_lm, layers, boundaries, standardised }: BridgeConfig,
): ParameterShapes {
  const sizes = [d_enc, ...Array<number>(layers - 1).fill(2 * d_enc), d_lm];
  const shapes: Record<string, readonly number[]> = {};
  for (let i = 0; i < layers; i++) {
    const [weight, bias] = layerNames(i);
    shapes[weight] = [sizes[i + 1]!, sizes[i]!];
    shapes[bias] = [sizes[i + 1]!];
  }
  return {
    ...shapes,
    ...(boundaries === "both" ? { [ENC_START]: [d_lm] } : {}),
    [ENC_END]: [d_lm],
    ...(standardised ? { [STATES_MEAN]: [d_enc], [STATES_SCALE]: [d_enc] } : {}),
  };
}

/**
 * Fresh weights: linear layers as PyTorch makes them (uniform within 1 / sqrt(inputs)), boundary vectors
 * N(0, boundaryStd^2). The release draws them from N(0, 1), which is the default here; token embeddings of an LLM are
 * 20 to 50 times smaller, and a boundary vector of their size (`boundaryStd` = that of the embedding matrix) moves
 * further in the same number of steps. A standardised bridge takes states as they are until their moments are known.
 */
export function initBridge(
  config: BridgeConfig,
  random: Stream,
  options: { readonly boundaryStd?: number } = {},
): Weights {
  const shapes = bridgeParameterShapes(config);
  return initWeights(shapes, random, (name) => {
    if (name === ENC_START || name === ENC_END) return normalFill(options.boundaryStd ?? 1);
    if (name === STATES_MEAN) return constantFill(0);
    if (name === STATES_SCALE) return constantFill(1);
    const [, inputs] = atLeast(must(shapes[name.replace(/bias$/, "weight")], name), 2);
    return uniformFill(1 / Math.sqrt(inputs));
  });
}

/** States of the encoder in the space of the LLM: float32 [B, S, d_enc] -> float32 [B, S, d_lm]. */
export function bridge(config: BridgeConfig, parameters: Parameters, hidden_states: Tensor): Tensor {
  return lastLayer(config, parameters, bridgeFeatures(config, parameters, hidden_states));
}

/** What the last layer reads: float32 [B, S, d_enc] -> float32 [B, S, 2 d_enc], or d_enc where there is one layer. */
export function bridgeFeatures(config: BridgeConfig, parameters: Parameters, hidden_states: Tensor): Tensor {
  const activate = config.activation === "gelu" ? gelu : relu;
  let x = config.standardised
    ? mul(sub(hidden_states, parameters[STATES_MEAN]!), parameters[STATES_SCALE]!)
    : hidden_states;
  for (let i = 0; i < config.layers - 1; i++) {
    const [weight, bias] = layerNames(i);
    x = activate(linear(x, parameters[weight]!, parameters[bias]));
  }
  return x;
}

/** Names of a layer's weight and bias. */
export function layerNames(layer: number): readonly [weight: string, bias: string] {
  return [`alignment.layers.${layer}.weight`, `alignment.layers.${layer}.bias`];
}

function lastLayer({ layers }: BridgeConfig, parameters: Parameters, features: Tensor): Tensor {
  const [weight, bias] = layerNames(layers - 1);
  return linear(features, parameters[weight]!, parameters[bias]);
}
