/**
 * Step: the answers to a benchmark of a system whose LLM has a second attention on the encoder's layers. `answer.ts` is the
 * same for all others.
 * @module
 */
import { join } from "node:path";
import { engineOf } from "../../engine/mod.ts";
import { fused } from "../../engine/fused/mod.ts";
import type { Artifact, StepContext, StepDefinition } from "../../lab/experiment/types.ts";
import { loadTokenizer } from "../../model/checkpoint/tokenizer.ts";
import { FUSION_FILE } from "../../model/fusion/file.ts";
import { openLlm } from "../../model/llm.ts";
import { modelFolders } from "../models/models.ts";
import { openReader } from "../reader/reader.ts";
import type { FusedReading } from "../reader/reading.ts";
import { vocabularyOf } from "../reader/vocabulary.ts";
import { openWorld } from "../source/worlds.ts";
import type { AnswerInput } from "./answer.ts";
import { askBenchmarks } from "./asking.ts";
import { questionRoom } from "./respondent.ts";
import { TASK_OF } from "./score.ts";

/** What such a system is asked; it has been trained, and nothing translates its questions. */
export interface FusedAnswerInput extends Omit<AnswerInput, "reading" | "trained" | "translations"> {
  readonly reading: FusedReading;
  readonly trained: Artifact;
}

export const answerFusedStep: StepDefinition<FusedAnswerInput, null> = {
  id: "answer",
  version: 1,
  module: import.meta.url,
  label: ({ asked }) => asked.items,
  async run(inputs: FusedAnswerInput, context: StepContext) {
    const { asked, evaluation, reading, trained } = inputs;
    const { runtime } = context;
    const { llm, states } = modelFolders(reading, inputs, trained);
    if (states === null) throw new TypeError("internal: a system with a second attention reads no states");
    const tokenizer = loadTokenizer(inputs.llm_tokenizer.dir);
    // Counts tokens alone.
    const encoder = await engineOf(runtime).encoder(states.encoder, runtime);
    try {
      const { config } = openLlm(llm);
      const vocabulary = vocabularyOf(config, tokenizer);
      const reader = openReader(reading, vocabulary, encoder);
      const room = questionRoom(reader, TASK_OF[asked.items], config.max_position_embeddings, evaluation);
      const fusion = join(trained.dir, FUSION_FILE);
      const system = await fused.open({ llm, states: { ...states, fusion } }, runtime);
      try {
        const respondent = { system, reader, tokenizer, room, stop_ids: vocabulary.eos };
        await askBenchmarks(openWorld(inputs), asked, respondent, evaluation, context);
      } finally {
        await system.dispose();
      }
    } finally {
      await encoder.dispose();
    }
    return null;
  },
};
