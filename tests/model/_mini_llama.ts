/** A mini model and prompts for what generates. @module */
import { llamaConfig } from "../../lib/model/llama/config.ts";
import { initLlama, type LlamaModel } from "../../lib/model/llama/model.ts";
import { stream } from "../../lib/random.ts";

/** A mini model whose logits are spread out enough for argmax to be safe from rounding. */
export function miniModel(
  heads: { heads: number; kvHeads: number; headDim?: number },
  tied = false,
): LlamaModel {
  const config = llamaConfig({
    hidden_size: 64,
    head_dim: heads.headDim,
    intermediate_size: 96,
    num_hidden_layers: 2,
    num_attention_heads: heads.heads,
    num_key_value_heads: heads.kvHeads,
    vocab_size: 60,
    max_position_embeddings: 96,
    tie_word_embeddings: tied,
    eos_token_id: 3,
  });
  const model = initLlama(config, stream(7, "mini", heads.kvHeads));
  const sharpened = Object.entries(model.weights).map(([name, data]) => [
    name,
    /norm/.test(name) ? data : data.map((x) => x * 8),
  ]);
  return { config, weights: Object.fromEntries(sharpened) };
}

export function raggedPrompts(count: number): number[][] {
  const random = stream(1, "prompts");
  return Array.from(
    { length: count },
    () => Array.from({ length: random.int(1, 12) }, () => random.int(4, 59)),
  );
}
