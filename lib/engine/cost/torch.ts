/**
 * What a training takes in PyTorch. Parameters that learn have a gradient and two moments, float32; FSDP2 shards all of them,
 * and what is frozen, over the processes; each process holds the encoder whole, the activations of its own rows, and the
 * layers that it has gathered.
 *
 * Measured (SmolLM2-135M, processor; `deno task bench cost`): within a sixth.
 * @module
 */
import { BYTES, type FitCost, type FitSize, trainingFlops } from "./size.ts";
import type { Compute } from "../engine.ts";

/** Python, PyTorch, transformers and the mapped file of a small model; on a card its context and workspaces. */
const PROCESS_BYTES = 0.8e9;
/** Weight, gradient and two moments, float32. */
const LEARNING_BYTES = 16;
/** PyTorch's AdamW on a card makes a temporary of all moments. */
const FOREACH_BYTES = 4;
/** Logits as they come, as float32, and their gradient. */
const LOGIT_BYTES = 12;

export function torchCost(size: FitSize, compute: Compute): FitCost {
  const { llm, trains, encoder_parameters, bridge_parameters, lora_parameters } = size;
  const { dtype = "float32", processes: world = 1, activation_checkpointing: again = false } = compute;
  const rows = Math.min(compute.micro_batch ?? Infinity, Math.ceil(size.batch_size / world));
  const tokens = rows * size.longest;
  const all = llm.parameters;
  const learning = (trains.includes("llm") ? all : 0) + (trains.includes("bridge") ? bridge_parameters : 0) +
    (trains.includes("lora") ? lora_parameters : 0);
  const frozenLlm = trains.includes("llm") ? 0 : all * (trains.includes("lora") ? 4 : BYTES[dtype]);
  const { hidden_size: d, intermediate_size: f, num_hidden_layers: layers, vocab_size } = llm;
  const ofLayers = all - (llm.tie_word_embeddings ? 1 : 2) * vocab_size * d;
  const gathered = world === 1 ? 0 : BYTES[dtype] * (2 * ofLayers / layers + 2 * vocab_size * d);
  // One process casts what learns, and keeps the copies until the way back is done.
  const copies = world === 1 && dtype === "bfloat16" && !again ? 2 * learning : 0;
  const ofToken = BYTES[dtype] * (12 * d + 4 * f);
  const activations = again ? tokens * (layers * 4 * d + ofToken) : tokens * layers * ofToken;
  // Half of a row is what is to be written.
  const logits = LOGIT_BYTES * vocab_size * tokens / 2;
  const onCard = compute.device === "cuda" ? FOREACH_BYTES : 0;
  const bytes = PROCESS_BYTES + ((LEARNING_BYTES + onCard) * learning + frozenLlm) / world +
    BYTES[dtype] * encoder_parameters + gathered + copies + activations + logits;
  // One process puts the whole model on its device; several bring their shards there.
  const loaded = world > 1
    ? 0
    : PROCESS_BYTES + (trains.includes("llm") ? 4 * all : frozenLlm) + BYTES[dtype] * encoder_parameters;
  return {
    bytes: Math.max(bytes, loaded),
    flops: trainingFlops(size, again),
    disk_bytes: 4 *
      ((trains.includes("llm") || trains.includes("lora") ? all : all / 2) + bridge_parameters +
        lora_parameters),
    // The one before stays until the next is whole.
    scratch_bytes: 2 * 12 * learning,
  };
}

/** On a processor: SmolLM2-135M at 224 and 517 tokens a second on two threads (`../shared/reference/scale.md`). */
export const TORCH_CPU_FLOPS: Readonly<Record<"float32" | "bfloat16", number>> = {
  float32: 90e9,
  bfloat16: 205e9,
};
