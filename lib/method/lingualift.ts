/**
 * LinguaLIFT (Zhang et al.): a frozen multilingual encoder, an alignment layer and an LLM. Stage 1 trains the alignment
 * layer on code-switched translation, stage 2 the LLM on English instruction data; either may be left out, and what
 * trains in each is a field of the recipe, so that an ablation is a patch.
 * @module
 */
import type { Artifact, Method } from "../lab/types.ts";
import { benchmarksOf, isRetrieval, RETRIEVAL, retrievalBenchmarks, toAsk } from "./benchmarks.ts";
import { llmFiles, llmParts } from "./llm.ts";
import { type Recipe, recipeSchema } from "./recipe.ts";
import { MICRO, scales, worldScales } from "./scales.ts";
import { evaluateLiftStep, retrieveStep } from "./steps/evaluate_lift.ts";
import { languageAlignStep } from "./steps/language_align.ts";
import { pretrainEncoderStep } from "./steps/pretrain_encoder.ts";
import type { Parts } from "./steps/stage.ts";
import { tagQueriesStep } from "./steps/tag_queries.ts";
import { taskTransferStep } from "./steps/task_transfer.ts";
import { tokenizerStep } from "./steps/tokenizers.ts";
import { INSTRUCTION_DATA, openWorld, worldFiles, worldInput, WORLDS } from "./worlds.ts";

/** The recipe that experiments start from. */
export const lingualiftRecipe: Recipe = MICRO;

/** What a scale sets. */
const SCALED = ["llm", "encoder", "align", "transfer", "evaluation"] as const;

export const lingualift: Method<Recipe> = {
  id: "lingualift",
  version: 1,
  module: import.meta.url,
  recipe: recipeSchema,
  worlds: WORLDS,
  scales: scales<Recipe>(SCALED),
  worldScales: worldScales<Recipe>(SCALED),
  benchmarks({ task }, environment) {
    const world = openWorld(environment);
    return [...benchmarksOf(world, task), ...retrievalBenchmarks(world)];
  },
  inputs: ({ llm, align, transfer }, environment) => [
    ...worldFiles(environment),
    ...llmFiles(llm, [align, transfer].filter((stage) => stage !== null), environment),
  ],
  async run(recipe, context) {
    const { seed, benchmarks } = context;
    const { alignment_layer, instruction, task } = recipe;
    const text = worldInput(context, ["bible"]);
    const llm = await llmParts(recipe.llm, context);
    const encoder_tokenizer = await context.step(tokenizerStep, {
      ...text,
      model: "encoder",
      vocab_size: recipe.encoder.vocab_size,
      seed: recipe.encoder.pretrain.seed,
    });
    const parts: Parts = {
      ...llm,
      encoder: await context.step(pretrainEncoderStep, {
        ...text,
        encoder: recipe.encoder,
        tokenizer: encoder_tokenizer,
      }),
      encoder_tokenizer,
    };
    const common = { ...parts, seed, alignment_layer, instruction };
    let lift: Artifact | null = null;
    if (recipe.align !== null) {
      const { pos } = recipe.code_switch;
      if (pos !== null) await context.step(tagQueriesStep, { ...worldInput(context, ["mgsm"]), pos });
      lift = await context.step(languageAlignStep, {
        ...worldInput(context, [
          ...["bible", "muse"],
          ...(recipe.align_data.task_share === 0 ? [] : INSTRUCTION_DATA[task]),
        ]),
        ...common,
        // Only what is read is part of the step, so that rows share it.
        code_switch: recipe.align_data.text === "parallel" ? null : recipe.code_switch,
        task: recipe.align_data.task_share === 0 ? null : task,
        task_share: recipe.align_data.task_share,
        stage: recipe.align,
      });
    }
    if (recipe.transfer !== null) {
      lift = await context.step(taskTransferStep, {
        ...worldInput(context, INSTRUCTION_DATA[task]),
        ...common,
        task,
        aligned: lift,
        stage: recipe.transfer,
      });
    }
    if (lift === null) throw new TypeError("internal: a recipe without either stage passed its schema");
    const { retrieval_items, ...evaluation } = recipe.evaluation;
    for (const asked of toAsk(benchmarks)) {
      const world = worldInput(context, [asked.items]);
      await context.step(evaluateLiftStep, { ...parts, ...world, lift, instruction, asked, evaluation });
    }
    for (const { id, languages } of benchmarks) {
      if (!isRetrieval(id)) continue;
      const { encoder, encoder_tokenizer } = parts;
      await context.step(retrieveStep, {
        ...worldInput(context, ["tatoeba"]),
        encoder,
        encoder_tokenizer,
        lift: RETRIEVAL[id].states === "aligned" ? lift : null,
        benchmark: id,
        languages,
        items: retrieval_items,
      });
    }
  },
};
