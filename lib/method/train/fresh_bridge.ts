/**
 * A fresh bridge in front of an LLM.
 * @module
 */
import { type BridgeConfig, ENC_END, ENC_START, initBridge } from "../../model/bridge/layer.ts";
import type { BridgeModel } from "../../model/bridge/file.ts";
import type { LlmEmbeddings } from "../../model/llm.ts";
import type { Stream } from "../../random.ts";
import type { Bridge } from "../reader/reading.ts";

/**
 * What it puts out starts at the scale of the LLM's token embeddings: the release leaves PyTorch's default, which for a
 * mini LLM is ten times too large.
 */
export function freshBridge(
  { boundary_init, ...bridge }: Bridge,
  d_enc: number,
  { config: { hidden_size }, embeddings }: LlmEmbeddings,
  random: Stream,
): BridgeModel {
  const config: BridgeConfig = { d_enc, d_lm: hidden_size, ...bridge };
  const std = deviation(embeddings);
  const weights = initBridge(config, random, { boundaryStd: std });
  const last = `alignment.layers.${config.layers - 1}`;
  // A uniform weight within 1 / sqrt(inputs) passes on a third of the variance of its inputs, which is about 1.
  const scaled = [`${last}.weight`, `${last}.bias`].map((name) =>
    [name, weights[name]!.map((x) => x * std * Math.sqrt(3))] as const
  );
  const zeros = boundary_init === "zeros"
    ? [ENC_START, ENC_END].filter((name) => name in weights).map((name) =>
      [name, new Float32Array(config.d_lm)] as const
    )
    : [];
  return { config, weights: { ...weights, ...Object.fromEntries([...scaled, ...zeros]) } };
}

function deviation(data: Float32Array): number {
  return Math.sqrt(data.reduce((sum, x) => sum + x * x, 0) / data.length);
}
