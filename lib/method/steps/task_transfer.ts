/**
 * Step: stage 2, Task-Transfer (Section 3.3). Input: English problems through encoder and alignment layer; target: the
 * solution. In the paper the LLM learns and the alignment layer stays as stage 1 left it.
 * @module
 */
import type { Artifact, StepContext, StepDefinition } from "../../lab/types.ts";
import { stream } from "../../random.ts";
import { createTextEncoder } from "../encode.ts";
import { freshLift, loadLift, saveLift, trainLift } from "../lift.ts";
import { instructionIds, targetIds } from "../prompts.ts";
import type { Recipe, Stage } from "../recipe.ts";
import { openWorld } from "../worlds.ts";
import type { Parts } from "./language_align.ts";
import { encoderOf } from "./pretrain_encoder.ts";
import { llamaOf } from "./pretrain_llm.ts";
import { tokenizerOf } from "./tokenizers.ts";

interface Input extends Parts {
  readonly world: string;
  readonly seed: number;
  /** Where stage 2 goes on from; null: a fresh alignment layer on the pre-trained LLM. */
  readonly aligned: Artifact | null;
  readonly alignment_layer: Recipe["alignment_layer"];
  readonly instruction: Recipe["instruction"];
  readonly stage: Stage;
}

export const taskTransferStep: StepDefinition<Input, { loss: { first: number; last: number } }> = {
  id: "task_transfer",
  version: 1,
  module: import.meta.url,
  async run(inputs: Input, context: StepContext) {
    const { seed, stage, aligned } = inputs;
    const encoderModel = encoderOf(inputs.encoder);
    const tokenizer = tokenizerOf(inputs.llm_tokenizer);
    const items = openWorld(inputs).instructions("math", "en", { seed, count: stage.examples });
    const encoder = await createTextEncoder(
      encoderModel,
      tokenizerOf(inputs.encoder_tokenizer),
      context.runtime,
    );
    const states = await encoder.encode(items.map(({ question }) => question));
    await encoder.dispose();
    const instruction = inputs.instruction === "paper" ? instructionIds(tokenizer, "math") : [];
    const examples = items.map(({ solution }, i) => ({
      hidden_states: states[i],
      instruction,
      target: targetIds(tokenizer, solution),
    }));
    const start = aligned === null
      ? freshLift(
        inputs.alignment_layer,
        encoderModel.config.hidden_size,
        llamaOf(inputs.llm),
        stream(seed, "alignment", "init"),
      )
      : loadLift(aligned.dir);
    const { lift, loss } = await trainLift(
      start,
      examples,
      stage,
      stream(seed, "transfer", "order"),
      context,
    );
    saveLift(context.dir, lift);
    return { loss };
  },
};
