/**
 * Step: what a trained LinguaLIFT answers.
 * @module
 */
import type { Artifact, StepContext, StepDefinition } from "../../lab/types.ts";
import { alignmentParameterShapes } from "../../model/alignment.ts";
import {
  ASSEMBLED_TOKENS,
  assembleInputsEmbeds,
  assemblyFeeds,
  assemblyInputs,
} from "../../model/assembly.ts";
import { llamaParameters } from "../../model/llama.ts";
import { parameterInputs } from "../../model/parameters.ts";
import type { EmbedPrompts } from "../../model/prompts.ts";
import { compile, type Device } from "../../tensor/mod.ts";
import { openEncoder } from "../encode.ts";
import { loadLift } from "../lift.ts";
import { BOS, instructionIds, instructionText } from "../prompts.ts";
import type { Evaluation, Recipe } from "../recipe.ts";
import { TASK_OF } from "../tasks.ts";
import { openWorld, type WorldInput } from "../worlds.ts";
import { answerBenchmarks, type Asked, questionRoom } from "./evaluate.ts";
import type { Parts } from "./stage.ts";
import { tokenizerOf } from "./tokenizers.ts";

interface Evaluate extends Parts, WorldInput {
  readonly lift: Artifact;
  readonly instruction: Recipe["instruction"];
  readonly asked: Asked;
  readonly evaluation: Omit<Evaluation, "retrieval_items">;
}

export const evaluateLiftStep: StepDefinition<Evaluate, null> = {
  id: "evaluate_lift",
  version: 1,
  module: import.meta.url,
  async run(inputs: Evaluate, context: StepContext) {
    const { alignment, llm } = loadLift(inputs.lift.dir);
    const tokenizer = tokenizerOf(inputs.llm_tokenizer);
    const instruction = instructionText(inputs.instruction, TASK_OF[inputs.asked.items]);
    const ids = instructionIds(tokenizer, instruction);
    const room = questionRoom(llm.config, ASSEMBLED_TOKENS + ids.length, inputs.evaluation);
    const encoder = await openEncoder(inputs.encoder, context.runtime);
    const longest = Math.min(room, encoder.max_tokens);
    const isCut = (question: string) => encoder.countTokens(question) > longest;
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
        const states = await encoder.encode(questions, room);
        const examples = states.map((hidden_states) => ({ hidden_states, ids }));
        const { feeds } = assemblyFeeds(examples, alignment.config.d_enc);
        const { hidden_states, ids: text } = feeds;
        const { inputs_embeds } = await session.run({ hidden_states, ids: text });
        return { inputs_embeds, attention_mask: feeds.attention_mask };
      };
      const answerer = { llm, tokenizer, prompts, isCut, instruction };
      await answerBenchmarks(openWorld(inputs), inputs.asked, answerer, inputs.evaluation, context);
    } finally {
      await session.dispose();
      await encoder.dispose();
    }
    return null;
  },
};
