/**
 * Low-rank adapters (LoRA; Hu et al., 2021, arXiv:2106.09685): beside a frozen weight W [out, in] two small ones learn, and
 * the model computes with W + (alpha / rank) B A, where A is [rank, in] and B [out, rank]. B begins at zero, so that a fresh
 * adapter changes nothing. With a magnitude (DoRA; Liu et al., 2024, arXiv:2402.09353) each row of that sum is brought to
 * a length of its own, m [out], which learns too and begins as the length of W's row; no gradient goes through the length
 * that is divided by. Names, initial values and files are those of the peft library.
 *
 * The sum is part of the graph: the Llama graph reads it in place of W and knows no adapter.
 * @module
 */
import { join } from "node:path";
import { must } from "../../checked.ts";
import { writeFileAtomic } from "../../files.ts";
import type { Stream } from "../../random.ts";
import {
  add,
  compile,
  div,
  float32Data,
  matmul,
  mean,
  mul,
  reshape,
  sqrt,
  square,
  stopGradient,
  writeSafetensors,
} from "../../tensor/mod.ts";
import {
  constantFill,
  initWeights,
  parameterInputs,
  type Parameters,
  type ParameterShapes,
  uniformFill,
  type Weights,
} from "../parameters.ts";
import { type LlamaConfig, llamaParameterShapes, type LlamaSizes } from "./config.ts";
import type { LlamaModel } from "./model.ts";

/** An adapter's shape, as peft's `r`, `lora_alpha` and `target_modules`. */
export interface LoraConfig {
  readonly rank: number;
  readonly alpha: number;
  readonly targets: readonly string[];
  /** Whether rows have a magnitude that learns (DoRA). */
  readonly magnitude: boolean;
}

const NAME = /^(.*\.(\w+))\.weight$/;

/** The adapted weights of an LLM, each with the names of its two factors and its magnitude. */
function pairsOf(llm: LlamaSizes, { targets }: LoraConfig) {
  return Object.entries(llamaParameterShapes(llm)).flatMap(([weight, shape]) => {
    const [, layer, module] = NAME.exec(weight) ?? [];
    if (layer === undefined || module === undefined || !targets.includes(module)) return [];
    const [rows, columns] = shape as readonly [number, number];
    const [a, b, m] = [`${layer}.lora_A.weight`, `${layer}.lora_B.weight`, `${layer}.lora_magnitude_vector`];
    return [{ weight, rows, columns, a, b, m }];
  });
}

/** Names and shapes of the factors. */
export function loraParameterShapes(llm: LlamaSizes, lora: LoraConfig): ParameterShapes {
  return Object.fromEntries(
    pairsOf(llm, lora).flatMap(({ rows, columns, a, b, m }) => [
      [a, [lora.rank, columns]],
      [b, [rows, lora.rank]],
      ...(lora.magnitude ? [[m, [rows]]] : []),
    ]),
  );
}

/** Fresh factors as peft makes them: A uniform within 1 / sqrt(inputs), B zero, a magnitude the length of its row of W. */
export function initLora({ config, weights }: LlamaModel, lora: LoraConfig, random: Stream): Weights {
  const weightOf = new Map(pairsOf(config, lora).map(({ weight, m }) => [m, weight] as const));
  return initWeights(loraParameterShapes(config, lora), random, (name, [rows, inputs]) => {
    const weight = weightOf.get(name);
    if (weight !== undefined) return (data) => data.set(rowLengths(must(weights[weight], weight), rows!));
    return name.endsWith(".lora_B.weight") ? constantFill(0) : uniformFill(1 / Math.sqrt(inputs!));
  });
}

/** The LLM's parameters with the adapted ones in place of their own. */
export function withLora(
  llm: LlamaConfig,
  lora: LoraConfig,
  parameters: Parameters,
  factors: Parameters,
): Parameters {
  const adapted = pairsOf(llm, lora).map(({ weight, rows, columns, a, b, m }) => {
    const product = mul(matmul(must(factors[b], b), must(factors[a], a)), lora.alpha / lora.rank);
    const sum = add(must(parameters[weight], weight), product);
    if (!lora.magnitude) return [weight, sum] as const;
    const squares = mean(square(stopGradient(sum)), { axes: [1], keepDims: true });
    const length = sqrt(mul(squares, columns));
    return [weight, mul(sum, div(reshape(must(factors[m], m), [rows, 1]), length))] as const;
  });
  return { ...parameters, ...Object.fromEntries(adapted) };
}

/** The weights that compute the same without an adapter: what `withLora` puts in their place, computed once. */
export async function mergeLora(
  { config, weights }: LlamaModel,
  lora: LoraConfig,
  factors: Weights,
  threads: number,
): Promise<Weights> {
  const adapted = pairsOf(config, lora).map(({ weight }) => weight);
  const [own, ofLora] = [llamaParameterShapes(config), loraParameterShapes(config, lora)].map(
    parameterInputs,
  );
  const all = withLora(config, lora, own!, ofLora!);
  // An output may not have the name of an input.
  const outputs = Object.fromEntries(adapted.map((name, i) => [`merged.${i}`, all[name]!]));
  const session = await compile(outputs, { threads, weights: { ...weights, ...factors } });
  try {
    const values = await session.run({});
    const merged = adapted.map((name, i) => [name, float32Data(values[`merged.${i}`]!)] as const);
    return { ...weights, ...Object.fromEntries(merged) };
  } finally {
    await session.dispose();
  }
}

/** float32 [rows, columns] -> float32 [rows] */
function rowLengths(matrix: Float32Array, rows: number): Float32Array {
  const columns = matrix.length / rows;
  return Float32Array.from({ length: rows }, (_, row) => {
    const squares = matrix.subarray(row * columns, (row + 1) * columns).reduce((sum, x) => sum + x * x, 0);
    return Math.sqrt(squares);
  });
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
    use_dora: lora.magnitude,
    bias: "none",
    target_modules: lora.targets,
  };
  writeFileAtomic(join(folder, "adapter_config.json"), `${JSON.stringify(config, null, 2)}\n`);
}
