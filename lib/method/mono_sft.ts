/**
 * Mono-SFT (Section 5.2, baseline 1): the LLM alone, fine-tuned on the same English instruction data, with the same
 * number of steps and examples as LinguaLIFT's Task-Transfer. Questions reach it as its own tokens.
 * @module
 */
import * as v from "valibot";
import type { Artifact, Method, StepDefinition } from "../lab/types.ts";
import { embedTokens, llamaLogits, llamaParameters } from "../model/llama.ts";
import { exportLlama } from "../model/llama_model.ts";
import { crossEntropy, input } from "../tensor/mod.ts";
import { stream } from "../random.ts";
import type { Task } from "../world/world.ts";
import { inBatches } from "./batches.ts";
import { benchmarksOf, retrievalBenchmarks, toAsk } from "./benchmarks.ts";
import { taskPairs } from "./examples.ts";
import { llmFiles, llmParts } from "./llm.ts";
import { instructionIds, INSTRUCTIONS, targetIds, textIds } from "./prompts.ts";
import { type Evaluation, type Recipe, recipeFields, type Stage } from "./recipe.ts";
import { scales, worldScales } from "./scales.ts";
import { exampleRows } from "./sequences.ts";
import { answerBenchmarks, type Asked, questionRoom } from "./steps/evaluate.ts";
import { llamaOf, withValues } from "./steps/pretrain_llm.ts";
import { tokenizerFiles, tokenizerOf } from "./steps/tokenizers.ts";
import { TASK_OF } from "./tasks.ts";
import { train } from "./train.ts";
import { INSTRUCTION_DATA, openWorld, worldFiles, type WorldInput, worldInput, WORLDS } from "./worlds.ts";

const { llm, task, transfer, evaluation } = recipeFields.entries;
const schema = v.strictObject({ llm, task, transfer: v.omit(transfer.wrapped, ["train"]), evaluation });
/** A recipe of Mono-SFT: LinguaLIFT's without an encoder. */
type MonoSftRecipe = v.InferOutput<typeof schema>;

/** What a scale sets. */
const SCALED = ["llm", "transfer", "evaluation"] as const;

export const monoSft: Method<MonoSftRecipe> = {
  id: "mono_sft",
  version: 1,
  module: import.meta.url,
  recipe: schema,
  worlds: WORLDS,
  scales: scales<MonoSftRecipe>(SCALED),
  worldScales: worldScales<MonoSftRecipe>(SCALED),
  // It has no encoder to search with: its row of a retrieval table stays empty.
  benchmarks({ task }, environment) {
    const world = openWorld(environment);
    return [...benchmarksOf(world, task), ...retrievalBenchmarks(world)];
  },
  inputs: ({ llm, transfer }, environment) => [
    ...worldFiles(environment),
    ...llmFiles(llm, [{ ...transfer, train: ["llm"] }], environment),
  ],
  async run(recipe, context) {
    const { seed, benchmarks } = context;
    const { llm, llm_tokenizer: tokenizer } = await llmParts(recipe.llm, context);
    const tuned = await context.step(fineTuneStep, {
      ...worldInput(context, INSTRUCTION_DATA[recipe.task]),
      seed,
      llm,
      tokenizer,
      task: recipe.task,
      training: recipe.transfer,
    });
    const { retrieval_items: _unused, ...evaluation } = recipe.evaluation;
    for (const asked of toAsk(benchmarks)) {
      const world = worldInput(context, [asked.items]);
      await context.step(evaluateStep, { ...world, llm: tuned, tokenizer, asked, evaluation });
    }
  },
};

interface FineTune extends WorldInput {
  readonly seed: number;
  readonly llm: Artifact;
  readonly tokenizer: Artifact;
  readonly task: Task;
  readonly training: Omit<Stage, "train">;
}

const fineTuneStep: StepDefinition<FineTune, { loss: { first: number; last: number } }> = {
  id: "mono_sft",
  version: 1,
  module: import.meta.url,
  async run(inputs, context) {
    const model = llamaOf(inputs.llm);
    const tokenizer = tokenizerOf(inputs.tokenizer);
    const { seed, task, training } = inputs;
    const instruction = instructionIds(tokenizer, INSTRUCTIONS[task]);
    const items = taskPairs(openWorld(inputs), task, training, seed);
    const order = stream(seed, "transfer", "order");
    const batches = inBatches(items, ({ source }) => source.length, training.batch_size, order);
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
          batches(step).map(({ source, target }) => ({
            prompt: [...textIds(tokenizer, source), ...instruction],
            target: targetIds(tokenizer, target),
          })),
        ),
    }, context);
    exportLlama(context.dir, withValues(model, trained), { json: tokenizerFiles(inputs.tokenizer) });
    return { loss };
  },
};

interface Evaluate extends WorldInput {
  readonly llm: Artifact;
  readonly tokenizer: Artifact;
  readonly asked: Asked;
  readonly evaluation: Omit<Evaluation, "retrieval_items">;
}

const evaluateStep: StepDefinition<Evaluate, null> = {
  id: "evaluate_llm",
  version: 1,
  module: import.meta.url,
  async run(inputs, context) {
    const tokenizer = tokenizerOf(inputs.tokenizer);
    const instruction = INSTRUCTIONS[TASK_OF[inputs.asked.items]];
    const ids = instructionIds(tokenizer, instruction);
    const llm = llamaOf(inputs.llm);
    const room = questionRoom(llm.config, ids.length, inputs.evaluation);
    const prompts = (questions: readonly string[]) =>
      questions.map((question) => [...textIds(tokenizer, question).slice(0, room), ...ids]);
    const isCut = (question: string) => textIds(tokenizer, question).length > room;
    const answerer = { llm, tokenizer, prompts, isCut, instruction };
    await answerBenchmarks(openWorld(inputs), inputs.asked, answerer, inputs.evaluation, context);
    return null;
  },
};

/**
 * Mono-SFT's recipe that goes with a recipe of LinguaLIFT: same LLM, same fine-tuning, same items.
 * @throws {TypeError} when there is no Task-Transfer to take the fine-tuning from
 */
export function monoSftOf({ llm, task, transfer, evaluation }: Recipe): MonoSftRecipe {
  if (transfer === null) throw new TypeError("Cannot derive Mono-SFT from a recipe without Task-Transfer");
  const { train: _modules, ...training } = transfer;
  return { llm, task, transfer: training, evaluation };
}
