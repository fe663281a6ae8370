/**
 * Mono-SFT (Section 5.2, baseline 1): the LLM alone, fine-tuned on the same English instruction data, with the same
 * number of steps and examples as LinguaLIFT's Task-Transfer. Questions reach it as its own tokens.
 * @module
 */
import * as v from "valibot";
import type { Artifact, Benchmark, Method, StepDefinition } from "../lab/types.ts";
import { embedTokens, llamaLogits, llamaParameters } from "../model/llama.ts";
import { exportLlama } from "../model/llama_model.ts";
import { crossEntropy, input } from "../tensor/mod.ts";
import { stream } from "../random.ts";
import { inBatches } from "./batches.ts";
import { benchmarksOf } from "./benchmarks.ts";
import { instructionIds, INSTRUCTIONS, targetIds, textIds } from "./prompts.ts";
import { type Evaluation, type Recipe, recipeFields, type Training } from "./recipe.ts";
import { scales } from "./scales.ts";
import { exampleRows } from "./sequences.ts";
import { answerBenchmarks } from "./steps/evaluate.ts";
import { llamaOf, pretrainLlmStep, withValues } from "./steps/pretrain_llm.ts";
import { tokenizerOf, tokenizerStep } from "./steps/tokenizers.ts";
import { train } from "./train.ts";
import { openWorld } from "./worlds.ts";

const { llm, evaluation, transfer } = recipeFields.entries;
const schema = v.strictObject({ llm, transfer: v.omit(transfer.wrapped, ["train"]), evaluation });
/** A recipe of Mono-SFT: LinguaLIFT's without an encoder. */
type MonoSftRecipe = v.InferOutput<typeof schema>;

export const monoSft: Method<MonoSftRecipe> = {
  id: "mono_sft",
  version: 1,
  module: import.meta.url,
  recipe: schema,
  worlds: ["mini"],
  scales: scales<MonoSftRecipe>(["llm", "transfer", "evaluation"]),
  benchmarks: (_recipe, environment) => benchmarksOf(openWorld(environment)),
  async run(recipe, context) {
    const { world, seed, benchmarks } = context;
    const tokenizer = await context.step(tokenizerStep, {
      world,
      model: "llm",
      vocab_size: recipe.llm.vocab_size,
      seed: recipe.llm.pretrain.seed,
    });
    const llm = await context.step(pretrainLlmStep, { world, llm: recipe.llm, tokenizer });
    const tuned = await context.step(fineTuneStep, {
      world,
      seed,
      llm,
      tokenizer,
      training: recipe.transfer,
    });
    await context.step(evaluateStep, {
      world,
      llm: tuned,
      tokenizer,
      benchmarks,
      evaluation: recipe.evaluation,
    });
  },
};

interface FineTune {
  readonly world: string;
  readonly seed: number;
  readonly llm: Artifact;
  readonly tokenizer: Artifact;
  readonly training: Training & { readonly examples: number };
}

const fineTuneStep: StepDefinition<FineTune, { loss: { first: number; last: number } }> = {
  id: "mono_sft",
  version: 1,
  module: import.meta.url,
  async run(inputs, context) {
    const model = llamaOf(inputs.llm);
    const tokenizer = tokenizerOf(inputs.tokenizer);
    const { seed, training } = inputs;
    const instruction = instructionIds(tokenizer, INSTRUCTIONS.math);
    const items = openWorld(inputs).instructions("math", "en", { seed, count: training.examples });
    const order = stream(seed, "transfer", "order");
    const batches = inBatches(items, ({ question }) => question.length, training.batch_size, order);
    const parameters = llamaParameters(model.config);
    const [ids, attention_mask, position_ids, targets] = ["ids", "attention_mask", "position_ids", "targets"]
      .map((name) => input(name, ["B", "T"], "int32"));
    const embeds = embedTokens(parameters, ids);
    const logits = llamaLogits(model.config, parameters, embeds, attention_mask, position_ids);
    const { parameters: trained, loss } = await train({
      spec: { loss: crossEntropy(logits, targets), parameters, trainable: new Set(Object.keys(parameters)) },
      values: model.weights,
      training,
      batch: (step) =>
        exampleRows(
          batches(step).map(({ question, solution }) => ({
            prompt: [...textIds(tokenizer, question), ...instruction],
            target: targetIds(tokenizer, solution),
          })),
        ),
    }, context);
    exportLlama(context.dir, withValues(model, trained));
    return { loss };
  },
};

interface Evaluate {
  readonly world: string;
  readonly llm: Artifact;
  readonly tokenizer: Artifact;
  readonly benchmarks: readonly Benchmark[];
  readonly evaluation: Evaluation;
}

const evaluateStep: StepDefinition<Evaluate, null> = {
  id: "evaluate_llm",
  version: 1,
  module: import.meta.url,
  async run(inputs, context) {
    const tokenizer = tokenizerOf(inputs.tokenizer);
    const instruction = instructionIds(tokenizer, INSTRUCTIONS.math);
    const prompts = (questions: readonly string[]) =>
      questions.map((question) => [...textIds(tokenizer, question), ...instruction]);
    const answerer = { llm: llamaOf(inputs.llm), tokenizer, prompts, instruction: INSTRUCTIONS.math };
    await answerBenchmarks(openWorld(inputs), inputs.benchmarks, answerer, inputs.evaluation, context);
    return null;
  },
};

/**
 * Mono-SFT's recipe that goes with a recipe of LinguaLIFT: same LLM, same fine-tuning, same items.
 * @throws {TypeError} when there is no Task-Transfer to take the fine-tuning from
 */
export function monoSftOf({ llm, transfer, evaluation }: Recipe): MonoSftRecipe {
  if (transfer === null) throw new TypeError("Cannot derive Mono-SFT from a recipe without Task-Transfer");
  const { train: _modules, ...training } = transfer;
  return { llm, transfer: training, evaluation };
}
