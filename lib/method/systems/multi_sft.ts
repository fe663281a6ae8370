/**
 * Multi-SFT (Section 5.2; MathOctopus-Parallel, Chen et al., 2023, arXiv:2310.20246; microsoft/MathOctopus@4d385db): the
 * LLM alone, fine-tuned on instruction data whose questions and answers are both in each of several languages. Examples
 * and steps are Mono-SFT's, shared out among the languages.
 *
 * A small world changes: the loss is on the answer unless `loss` is "row" (the release learns the prompt and its padding too;
 * padding is never learned here), the prompt does not name the language, and translations are the world's own instead of a
 * machine's.
 * @module
 */
import * as v from "valibot";
import type { System } from "../../lab/experiment/types.ts";
import { system } from "../../lab/plan/resolve.ts";
import { TOKENS } from "../reader/reading.ts";
import { type Recipe, sharedFields, someLanguages, stageNumbers, tokenFields } from "../recipe/fields.ts";
import { MATHOCTOPUS } from "../recipe/published.ts";
import { instructions } from "../source/sources.ts";
import { asReleased } from "../source/task_languages.ts";
import { defineSystem, taskTransferOf } from "../system.ts";
import { LOSS_ON } from "../train/examples.ts";

const schema = v.strictObject({
  ...tokenFields,
  /** MGSM8KInstruct's ten by default (its README lists Telugu by mistake); "all": those that the training data has. */
  languages: someLanguages,
  /** What the loss is on: the answer, or the question and the instruction too, as released. */
  loss: v.picklist(LOSS_ON),
  transfer: stageNumbers,
});
type MultiSftRecipe = v.InferOutput<typeof schema>;

/** The LLM alone, tuned on several languages. */
export const multiSft = defineSystem<MultiSftRecipe>({
  id: "multi_sft",
  version: 1,
  module: import.meta.url,
  recipe: schema,
  from: (recipe) => {
    const shared = sharedFields(recipe, tokenFields);
    if (recipe.budget === "published") {
      return { ...shared, task_data: "mgsm8kinstruct", languages: "all", loss: "row", transfer: MATHOCTOPUS };
    }
    const languages = asReleased(recipe, { english: true });
    return { ...shared, languages, loss: "target", transfer: taskTransferOf(recipe) };
  },
  reading: () => TOKENS,
  stages: ({ languages, loss, transfer, ...data }) => [
    { name: "transfer", sources: [instructions(data, languages)], trains: ["llm"], loss, training: transfer },
  ],
});

/** With the release's loss. */
export const multiSftRow: System = system(
  multiSft,
  (recipe: Recipe) => ({ ...multiSft.from(recipe), loss: "row" as const }),
);
