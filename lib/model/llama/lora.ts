/**
 * Low-rank adapters (LoRA; Hu et al., 2021, arXiv:2106.09685): beside a frozen weight W [out, in] two small ones learn, and
 * the model computes with W + (alpha / rank) B A, where A is [rank, in] and B [out, rank]. B begins at zero, so that a fresh
 * adapter changes nothing. Names, initial values and files are those of the peft library.
 *
 * The sum is part of the graph: the Llama graph reads it in place of W and knows no adapter.
 * @module
 */
import { join } from "node:path";
import { must } from "../../checked.ts";
import { writeFileAtomic } from "../../files.ts";
import type { Stream } from "../../random.ts";
import { add, matmul, mul, writeSafetensors } from "../../tensor/mod.ts";
import {
  constantFill,
  initWeights,
  type Parameters,
  type ParameterShapes,
  uniformFill,
  type Weights,
} from "../parameters.ts";
import { type LlamaConfig, llamaParameterShapes } from "./config.ts";

/** An adapter's shape, as peft's `r`, `lora_alpha` and `target_modules`. */
export interface LoraConfig {
  readonly rank: number;
  readonly alpha: number;
  readonly targets: readonly string[];
}

const NAME = /^(.*\.(\w+))\.weight$/;

/** The adapted weights of an LLM, each with the names of its two factors. */
function pairsOf(llm: LlamaConfig, { targets }: LoraConfig) {
  return Object.entries(llamaParameterShapes(llm)).flatMap(([weight, shape]) => {
    const [, layer, module] = NAME.exec(weight) ?? [];
    if (layer === undefined || module === undefined || !targets.includes(module)) return [];
    return [{ weight, shape, a: `${layer}.lora_A.weight`, b: `${layer}.lora_B.weight` }];
  });
}

/** Names and shapes of the factors. */
export function loraParameterShapes(llm: LlamaConfig, lora: LoraConfig): ParameterShapes {
  return Object.fromEntries(
    pairsOf(llm, lora).flatMap(({ shape: [out, inputs], a, b }) => [
      [a, [lora.rank, inputs!]],
      [b, [out!, lora.rank]],
    ]),
  );
}

/** How many numbers learn. */
export function loraSize(llm: LlamaConfig, lora: LoraConfig): number {
  return Object.values(loraParameterShapes(llm, lora))
    .reduce((sum, shape) => sum + shape.reduce((size, dim) => size * dim, 1), 0);
}

/** Fresh factors as peft makes them: A uniform within 1 / sqrt(inputs), B zero. */
export function initLora(llm: LlamaConfig, lora: LoraConfig, random: Stream): Weights {
  return initWeights(
    loraParameterShapes(llm, lora),
    random,
    (name, [, inputs]) =>
      name.endsWith(".lora_B.weight") ? constantFill(0) : uniformFill(1 / Math.sqrt(inputs!)),
  );
}

/** The LLM's parameters with the adapted ones in place of their own. */
export function withLora(
  llm: LlamaConfig,
  lora: LoraConfig,
  parameters: Parameters,
  factors: Parameters,
): Parameters {
  const adapted = pairsOf(llm, lora).map(({ weight, a, b }) => {
    const product = mul(matmul(must(factors[b], b), must(factors[a], a)), lora.alpha / lora.rank);
    return [weight, add(must(parameters[weight], weight), product)] as const;
  });
  return { ...parameters, ...Object.fromEntries(adapted) };
}

/** The weights that compute the same without an adapter. */
export function mergeLora(llm: LlamaConfig, lora: LoraConfig, weights: Weights, factors: Weights): Weights {
  const { rank } = lora, scale = lora.alpha / rank;
  const merged = pairsOf(llm, lora).map(({ weight, shape, a, b }) => {
    const [rows, columns] = shape as readonly [number, number];
    const [A, B] = [must(factors[a], a), must(factors[b], b)];
    const sum = Float32Array.from(must(weights[weight], weight));
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        let product = 0;
        for (let k = 0; k < rank; k++) product += B[row * rank + k]! * A[k * columns + column]!;
        sum[row * columns + column]! += scale * product;
      }
    }
    return [weight, sum] as const;
  });
  return { ...weights, ...Object.fromEntries(merged) };
}

/** Writes the adapter alone, as `PeftModel.from_pretrained` reads it beside the model that it was trained on. */
export function exportLora(folder: string, llm: LlamaConfig, lora: LoraConfig, factors: Weights): void {
  Deno.mkdirSync(folder, { recursive: true });
  const tensors = Object.entries(loraParameterShapes(llm, lora)).map(([name, shape]) => ({
    name: `base_model.model.${name}`,
    dtype: "F32" as const,
    shape,
    data: must(factors[name], name),
  }));
  writeSafetensors(join(folder, "adapter_model.safetensors"), tensors, { format: "pt" });
  const config = {
    peft_type: "LORA",
    task_type: "CAUSAL_LM",
    base_model_name_or_path: null,
    r: lora.rank,
    lora_alpha: lora.alpha,
    lora_dropout: 0,
    bias: "none",
    target_modules: lora.targets,
  };
  writeFileAtomic(join(folder, "adapter_config.json"), `${JSON.stringify(config, null, 2)}\n`);
}
