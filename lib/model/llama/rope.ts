/**
 * Rotary position embedding (Su et al., 2021, arXiv 2104.09864) in the convention of Hugging Face's Llama: element i of
 * the first half of a head is rotated together with element i of the second half ("rotate half"). Here are the tables
 * of cosines and sines; the rotation itself is an op of `lib/tensor`.
 * @module
 */
import type { LlamaConfig } from "./config.ts";
import type { RopeScaling } from "./rope_config.ts";

/** Tables of shape [positions, head_dim / 2], float32. */
export interface RopeTables {
  readonly cos: Float32Array<ArrayBuffer>;
  readonly sin: Float32Array<ArrayBuffer>;
}

/** The tables for positions 0 to `positions` - 1. */
export function ropeTables(
  config: Pick<LlamaConfig, "head_dim" | "rope_theta" | "rope_scaling">,
  positions: number,
): RopeTables {
  const frequencies = inverseFrequencies(config);
  const half = frequencies.length;
  const cos = new Float32Array(positions * half);
  const sin = new Float32Array(positions * half);
  for (let position = 0; position < positions; position++) {
    for (let i = 0; i < half; i++) {
      // As in the reference, the angle is rounded to float32 before its cosine is taken.
      const angle = Math.fround(position * frequencies[i]!);
      cos[position * half + i] = Math.cos(angle);
      sin[position * half + i] = Math.sin(angle);
    }
  }
  return { cos, sin };
}

function inverseFrequencies(
  config: Pick<LlamaConfig, "head_dim" | "rope_theta" | "rope_scaling">,
): Float32Array<ArrayBuffer> {
  const { head_dim, rope_theta, rope_scaling } = config;
  return Float32Array.from(
    { length: head_dim / 2 },
    (_, i) => scaled(rope_theta ** (-2 * i / head_dim), rope_scaling),
  );
}

/** Scales one frequency; "llama3" follows `_compute_llama3_parameters` of huggingface/transformers. */
function scaled(frequency: number, scaling: RopeScaling | null | undefined): number {
  if (scaling === null || scaling === undefined || scaling.rope_type === "default") return frequency;
  if (scaling.rope_type === "linear") return frequency / scaling.factor;
  const { factor, low_freq_factor: low, high_freq_factor: high } = scaling;
  const turns = scaling.original_max_position_embeddings * frequency / (2 * Math.PI);
  if (turns < low) return frequency / factor;
  if (turns > high) return frequency;
  const smooth = (turns - low) / (high - low);
  return (1 - smooth) * frequency / factor + smooth * frequency;
}
