/**
 * Multi-SFT (Section 5.2; MathOctopus-Parallel, Chen et al., 2023, arXiv:2310.20246; microsoft/MathOctopus@4d385db): the
 * LLM alone, fine-tuned on instruction data whose questions and answers are both in each of several languages. Examples
 * and steps are Mono-SFT's, shared out among the languages.
 *
 * A small world changes: the loss is on the answer (the release learns the prompt and its padding too), the prompt does
 * not name the language, and translations are the world's own instead of a machine's.
 * @module
 */
import * as v from "valibot";
import { TOKENS } from "../reader/reading.ts";
import { sharedFields, someLanguages, stageNumbers, tokenFields } from "../recipe/fields.ts";
import { instructions } from "../source/sources.ts";
import { asReleased } from "../source/task_languages.ts";
import { defineSystem, taskTransferOf } from "../system.ts";

const schema = v.strictObject({
  ...tokenFields,
  /** MGSM8KInstruct's ten by default (its README lists Telugu by mistake); "all": those that the training data has. */
  languages: someLanguages,
  transfer: stageNumbers,
});
type MultiSftRecipe = v.InferOutput<typeof schema>;

/** The LLM alone, tuned on several languages. */
export const multiSft = defineSystem<MultiSftRecipe>({
  id: "multi_sft",
  version: 1,
  module: import.meta.url,
  recipe: schema,
  from: (recipe) => ({
    ...sharedFields(recipe, tokenFields),
    languages: asReleased(recipe, { english: true }),
    transfer: taskTransferOf(recipe),
  }),
  reading: () => TOKENS,
  stages: ({ languages, transfer, ...data }) => [
    { name: "transfer", sources: [instructions(data, languages)], trains: ["llm"], training: transfer },
  ],
});
