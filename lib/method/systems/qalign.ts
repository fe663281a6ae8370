/**
 * QAlign (Zhu et al., 2024, arXiv:2401.07817; NJUNLP/QAlign@a65ee63): the LLM alone, no encoder. It first learns to write
 * out in English the questions of the task's items in nine other languages, then the task in English.
 *
 * Budget: stage 1 has the examples, batches and updates of LinguaLIFT's Language-Align, at the lr, schedule and decay of
 * Task-Transfer, as the release trains both stages of the LLM alike; stage 2 is Mono-SFT's.
 * A small world changes: translations are the world's own instead of a machine's.
 * @module
 */
import * as v from "valibot";
import { TOKENS } from "../reader/reading.ts";
import { sharedFields, someLanguages, stageNumbers, tokenFields } from "../recipe/fields.ts";
import { QALIGN } from "../recipe/published.ts";
import { questionPairs } from "../source/sources.ts";
import { asReleased } from "../source/task_languages.ts";
import { alignBudgetOf, defineSystem } from "../system.ts";
import { monoSftBudget, monoSftStage } from "./mono_sft.ts";

const schema = v.strictObject({
  ...tokenFields,
  /** Whose questions are paired with English ones: GSM8KInstruct's by default. */
  languages: someLanguages,
  question_alignment: stageNumbers,
  transfer: stageNumbers,
});
type QAlignRecipe = v.InferOutput<typeof schema>;

/** Questions into English first, then the task. */
export const qalign = defineSystem<QAlignRecipe>({
  id: "qalign",
  version: 1,
  module: import.meta.url,
  recipe: schema,
  from: (recipe) => {
    const transfer = monoSftBudget(recipe);
    const { examples, max_chars, steps, batch_size } = alignBudgetOf(recipe);
    const equal = { ...transfer, examples, max_chars, steps, batch_size };
    return {
      ...sharedFields(recipe, tokenFields),
      languages: asReleased(recipe, { english: false }),
      question_alignment: recipe.budget === "published" ? QALIGN : equal,
      transfer,
    };
  },
  reading: () => TOKENS,
  stages: ({ languages, question_alignment, ...data }) => [
    {
      name: "question_alignment",
      sources: [questionPairs(data, languages)],
      trains: ["llm"],
      training: question_alignment,
    },
    monoSftStage(data),
  ],
});
