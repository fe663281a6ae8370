/** The training graph of a Llama that the gradient tests share. @module */
import { embedTokens, llamaLogits, llamaParameters } from "../../lib/model/llama/graph.ts";
import type { LlamaConfig } from "../../lib/model/llama/config.ts";
import type { Parameters } from "../../lib/model/parameters.ts";
import { crossEntropy, input, type Tensor } from "../../lib/tensor/mod.ts";

/** Inputs `ids`, `attention_mask`, `position_ids`, `targets`, int32 [B, T]; the loss is the mean over the targets. */
export function causalLoss(config: LlamaConfig): { parameters: Parameters; logits: Tensor; loss: Tensor } {
  const parameters = llamaParameters(config);
  const int = (name: string) => input(name, ["B", "T"], "int32");
  const embeds = embedTokens(parameters, int("ids"));
  const logits = llamaLogits(config, parameters, embeds, int("attention_mask"), int("position_ids"));
  return { parameters, logits, loss: crossEntropy(logits, int("targets")) };
}
