/**
 * LinguaLIFT (Zhang et al.): a frozen multilingual encoder, an alignment layer and an LLM. Stage 1 trains the alignment
 * layer on code-switched translation, stage 2 the LLM on English instruction data; either may be left out, and what
 * trains in each is a field of the recipe, so that an ablation is a patch.
 * @module
 */
import type { Artifact, Method } from "../lab/types.ts";
import { benchmarksOf, isRetrieval, RETRIEVAL, retrievalBenchmarks, toAsk } from "./benchmarks.ts";
import { type Recipe, recipeSchema } from "./recipe.ts";
import { MICRO, scales } from "./scales.ts";
import { evaluateLiftStep, retrieveStep } from "./steps/evaluate_lift.ts";
import { languageAlignStep } from "./steps/language_align.ts";
import { pretrainEncoderStep } from "./steps/pretrain_encoder.ts";
import { pretrainLlmStep } from "./steps/pretrain_llm.ts";
import type { Parts } from "./steps/stage.ts";
import { tagQueriesStep } from "./steps/tag_queries.ts";
import { taskTransferStep } from "./steps/task_transfer.ts";
import { tokenizerStep } from "./steps/tokenizers.ts";
import { openWorld } from "./worlds.ts";

/** The recipe that experiments start from. */
export const lingualiftRecipe: Recipe = MICRO;

export const lingualift: Method<Recipe> = {
  id: "lingualift",
  version: 1,
  module: import.meta.url,
  recipe: recipeSchema,
  worlds: ["mini"],
  scales: scales<Recipe>(["llm", "encoder", "align", "transfer", "evaluation"]),
  benchmarks({ task }, environment) {
    const world = openWorld(environment);
    return [...benchmarksOf(world, task), ...retrievalBenchmarks(world)];
  },
  async run(recipe, context) {
    const { world, seed, benchmarks } = context;
    const { alignment_layer, instruction, task } = recipe;
    const tokenizer = (model: "llm" | "encoder") =>
      context.step(tokenizerStep, {
        world,
        model,
        vocab_size: recipe[model].vocab_size,
        seed: recipe[model].pretrain.seed,
      });
    const llm_tokenizer = await tokenizer("llm");
    const encoder_tokenizer = await tokenizer("encoder");
    const parts: Parts = {
      llm: await context.step(pretrainLlmStep, { world, llm: recipe.llm, tokenizer: llm_tokenizer }),
      llm_tokenizer,
      encoder: await context.step(pretrainEncoderStep, {
        world,
        encoder: recipe.encoder,
        tokenizer: encoder_tokenizer,
      }),
      encoder_tokenizer,
    };
    const common = { ...parts, world, seed, alignment_layer, instruction };
    let lift: Artifact | null = null;
    if (recipe.align !== null) {
      const { pos } = recipe.code_switch;
      if (pos !== null) await context.step(tagQueriesStep, { world, pos });
      lift = await context.step(languageAlignStep, {
        ...common,
        // Only what is read is part of the step, so that rows share it.
        code_switch: recipe.align_data.text === "parallel" ? null : recipe.code_switch,
        task: recipe.align_data.task_share === 0 ? null : task,
        task_share: recipe.align_data.task_share,
        stage: recipe.align,
      });
    }
    if (recipe.transfer !== null) {
      lift = await context.step(taskTransferStep, { ...common, task, aligned: lift, stage: recipe.transfer });
    }
    if (lift === null) throw new TypeError("internal: a recipe without either stage passed its schema");
    const { retrieval_items, ...evaluation } = recipe.evaluation;
    for (const asked of toAsk(benchmarks)) {
      await context.step(evaluateLiftStep, { ...parts, world, lift, instruction, asked, evaluation });
    }
    for (const { id, languages } of benchmarks) {
      if (!isRetrieval(id)) continue;
      const { encoder, encoder_tokenizer } = parts;
      await context.step(retrieveStep, {
        world,
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
