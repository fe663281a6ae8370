/**
 * What a training takes in the lab's own engine, in one process and float32.
 * @module
 */
import { type FitCost, type FitSize, trainingFlops } from "./size.ts";

export function onnxCost(size: FitSize): FitCost {
  const { llm, trains, bridge_parameters, lora_parameters } = size;
  const tokens = size.batch_size * size.longest;
  const all = llm.parameters;
  // Weights here and in the runtime; then gradient, both moments and the updated copy of what learns.
  const perParameter = 4 * (2 + (trains.includes("llm") ? 4 : 0));
  const { hidden_size: d, intermediate_size: f, num_attention_heads: heads, vocab_size } = llm;
  const perToken = llm.num_hidden_layers * (12 * d + 4 * f + 3 * heads * size.longest);
  // Logits, their logarithm and its gradient, of the half of the tokens that are targets.
  const bytes = all * perParameter + 4 * tokens * perToken + 4 * tokens / 2 * 3 * vocab_size;
  const learning = (trains.includes("llm") ? all : 0) + (trains.includes("bridge") ? bridge_parameters : 0) +
    (trains.includes("lora") ? lora_parameters : 0);
  return {
    bytes,
    flops: trainingFlops({ ...size, encoder_parameters: 0 }),
    disk_bytes: 4 * (all + bridge_parameters + lora_parameters),
    scratch_bytes: 2 * 12 * learning,
  };
}

/**
 * A second and thread in training, on the careful side: `deno task bench engine` trains a GPT of 4.2 million parameters at
 * 4,850 tokens/s on two threads, which is 61e9 a thread; small models reach less.
 */
export const ONNX_CPU_FLOPS = 25e9;
