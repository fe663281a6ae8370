/**
 * The source of preferences: it asks the system that is being trained.
 * @module
 */
import { preferencesStep } from "./preferences.ts";
import { sampleAnswersStep, type SamplingNumbers } from "./sample_answers.ts";
import { questionForm } from "../source/forms.ts";
import type { Source } from "../source/source.ts";
import type { TaskLanguages } from "../source/task_languages.ts";
import { instructionData, type TaskSource, worldInput } from "../source/worlds.ts";

/** How many are drawn. */
interface PreferenceNumbers extends SamplingNumbers {
  /** The first training item that is asked. */
  readonly from: number;
  /** Pairs of a question and language at most. */
  readonly pairs_a_question: number;
}

/** Sampled answers to training items, one preferred to another, in languages other than English. */
export function preferences(
  { task, task_data }: TaskSource,
  languages: TaskLanguages,
  { pairs_a_question, ...numbers }: PreferenceNumbers,
): Source {
  return {
    gives: "translated",
    forms: [{
      source: questionForm(task),
      target: "{a right answer that it sampled, against one of lower reward}",
      instruction: task,
    }],
    async draw(limits, context, { system, reward_model }) {
      if (reward_model === null) {
        throw new TypeError("internal: preferences need a reward model, and the system names none");
      }
      const { seed } = context;
      const world = worldInput(context, instructionData({ task, task_data }));
      const asked = { ...system, ...world, ...numbers, seed, task, task_data, languages };
      const samples = await context.step(sampleAnswersStep, asked);
      const input = { ...reward_model, ...limits, seed, samples, pairs_a_question, instruction: task };
      return await context.step(preferencesStep, input);
    },
  };
}
