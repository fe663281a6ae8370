/**
 * Step: a system's answers to a benchmark. What differs between systems is their reading alone.
 * @module
 */
import type { Trained } from "../models/models.ts";
import type { Artifact, StepContext, StepDefinition } from "../../lab/experiment/types.ts";
import { openWorld, type WorldInput } from "../source/worlds.ts";
import { askBenchmarks, type Asked, type Asking } from "./asking.ts";
import { withRespondent } from "./respondent.ts";
import { TASK_OF } from "./score.ts";
import { translatedQuestions } from "./translations.ts";

/** What a system is asked, and with which models. */
export interface AnswerInput extends Trained, WorldInput {
  readonly asked: Asked;
  readonly evaluation: Asking;
  /** What `translate_questions` wrote, where the system reads that. */
  readonly translations?: Artifact;
}

export const answerStep: StepDefinition<AnswerInput, null> = {
  id: "answer",
  version: 1,
  module: import.meta.url,
  label: ({ asked }) => asked.items,
  async run(inputs: AnswerInput, context: StepContext) {
    const { asked, evaluation, translations } = inputs;
    const textIn = translations && translatedQuestions(translations);
    await withRespondent(
      inputs,
      TASK_OF[asked.items],
      evaluation,
      context,
      (respondent) => askBenchmarks(openWorld(inputs), asked, respondent, evaluation, context, textIn),
    );
    return null;
  },
};
