/**
 * LinguaLIFT (Zhang et al.): a frozen multilingual encoder, an alignment layer and an LLM. Stage 1 trains the alignment
 * layer on code-switched translation, stage 2 the LLM on English instruction data; either may be left out, and what
 * trains in each is a field of the recipe, so that an ablation is a patch.
 * @module
 */
import type { Artifact, Benchmark, Method, StepContext, StepDefinition } from "../lab/types.ts";
import { assembleInputsEmbeds, assemblyFeeds, assemblyInputs } from "../model/assembly.ts";
import { alignmentParameterShapes } from "../model/alignment.ts";
import { llamaParameters } from "../model/llama.ts";
import { parameterInputs } from "../model/parameters.ts";
import type { EmbedPrompts } from "../model/prompts.ts";
import { compile, type Device } from "../tensor/mod.ts";
import { benchmarksOf } from "./benchmarks.ts";
import { createTextEncoder } from "./encode.ts";
import { loadLift } from "./lift.ts";
import { BOS, instructionIds, instructionText } from "./prompts.ts";
import { type Evaluation, type Recipe, recipeSchema } from "./recipe.ts";
import { MICRO, scales } from "./scales.ts";
import { answerBenchmarks } from "./steps/evaluate.ts";
import { languageAlignStep } from "./steps/language_align.ts";
import { encoderOf, pretrainEncoderStep } from "./steps/pretrain_encoder.ts";
import { pretrainLlmStep } from "./steps/pretrain_llm.ts";
import type { Parts } from "./steps/stage.ts";
import { taskTransferStep } from "./steps/task_transfer.ts";
import { tokenizerOf, tokenizerStep } from "./steps/tokenizers.ts";
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
  benchmarks: (_recipe, environment) => benchmarksOf(openWorld(environment)),
  async run(recipe, context) {
    const { world, seed, benchmarks } = context;
    const { alignment_layer, instruction, evaluation } = recipe;
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
      lift = await context.step(languageAlignStep, {
        ...common,
        code_switch: recipe.code_switch,
        stage: recipe.align,
      });
    }
    if (recipe.transfer !== null) {
      lift = await context.step(taskTransferStep, { ...common, aligned: lift, stage: recipe.transfer });
    }
    if (lift === null) throw new TypeError("internal: a recipe without either stage passed its schema");
    await context.step(evaluateStep, { ...parts, world, lift, instruction, benchmarks, evaluation });
  },
};

interface Evaluate extends Parts {
  readonly world: string;
  readonly lift: Artifact;
  readonly instruction: Recipe["instruction"];
  readonly benchmarks: readonly Benchmark[];
  readonly evaluation: Evaluation;
}

const evaluateStep: StepDefinition<Evaluate, null> = {
  id: "evaluate_lift",
  version: 1,
  module: import.meta.url,
  async run(inputs: Evaluate, context: StepContext) {
    const { alignment, llm } = loadLift(inputs.lift.dir);
    const tokenizer = tokenizerOf(inputs.llm_tokenizer);
    const instruction = instructionText(inputs.instruction, "math");
    const ids = instructionIds(tokenizer, instruction);
    const encoder = await createTextEncoder(
      encoderOf(inputs.encoder),
      tokenizerOf(inputs.encoder_tokenizer),
      context.runtime,
    );
    const parameters = {
      ...parameterInputs(alignmentParameterShapes(alignment.config)),
      ...llamaParameters(llm.config),
    };
    const embeds = assembleInputsEmbeds(
      alignment.config,
      parameters,
      BOS,
      assemblyInputs(alignment.config.d_enc),
    );
    const { device, threads } = context.runtime;
    const session = await compile({ inputs_embeds: embeds }, {
      device: device as Device,
      threads,
      weights: { ...alignment.weights, ...llm.weights },
    });
    try {
      const prompts = async (questions: readonly string[]): Promise<EmbedPrompts> => {
        const states = await encoder.encode(questions);
        const examples = states.map((hidden_states) => ({ hidden_states, ids }));
        const { feeds } = assemblyFeeds(examples, alignment.config.d_enc);
        const { hidden_states, ids: text } = feeds;
        const { inputs_embeds } = await session.run({ hidden_states, ids: text });
        return { inputs_embeds, attention_mask: feeds.attention_mask };
      };
      const answerer = { llm, tokenizer, prompts, instruction };
      await answerBenchmarks(openWorld(inputs), inputs.benchmarks, answerer, inputs.evaluation, context);
    } finally {
      await session.dispose();
      await encoder.dispose();
    }
    return null;
  },
};
