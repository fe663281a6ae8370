/**
 * Mono-SFT (Section 5.2, baseline 1): the LLM alone, fine-tuned on the same English instruction data, with the same number
 * of steps and examples as LinguaLIFT's Task-Transfer. Questions reach it as its own tokens.
 *
 * In the mini world it learns the world's problems as they are, each once, and their own solutions ("The answer is 8."): what
 * LinguaLIFT learns, which is why it stands beside the paper's MetaMath, and none of the paper's four flavours; those are in
 * `mono_sft_flavours.ts`. On real data it learns what `task_data` names: MetaMathQA at `full`, with MetaMath's numbers.
 * @module
 */
import * as v from "valibot";
import { TOKENS } from "../reader/reading.ts";
import { type Recipe, sharedFields, type StageNumbers, stageNumbers, tokenFields } from "../recipe/fields.ts";
import { METAMATH } from "../recipe/published.ts";
import { instructions } from "../source/sources.ts";
import { defineSystem, type Stage, taskTransferOf } from "../system.ts";

const schema = v.strictObject({ ...tokenFields, transfer: stageNumbers });
type MonoSftRecipe = v.InferOutput<typeof schema>;

/** The LLM alone, tuned on English. */
export const monoSft = defineSystem<MonoSftRecipe>({
  id: "mono_sft",
  version: 2,
  module: import.meta.url,
  recipe: schema,
  from: (recipe) => ({ ...sharedFields(recipe, tokenFields), transfer: monoSftBudget(recipe) }),
  reading: () => TOKENS,
  stages: (recipe) => [monoSftStage(recipe)],
});

/** Its numbers, which systems on a tuned LLM share. @throws {TypeError} as `taskTransferOf` */
export function monoSftBudget(recipe: Recipe): StageNumbers {
  return recipe.budget === "published" ? METAMATH : taskTransferOf(recipe);
}

/** Its one stage, which systems that begin with a tuned LLM share. */
export function monoSftStage(
  { transfer, ...data }: Pick<MonoSftRecipe, "task" | "task_data" | "task_answers" | "transfer">,
): Stage {
  return {
    name: "transfer",
    sources: [instructions(data)],
    trains: ["llm"],
    training: transfer,
    reading: TOKENS,
  };
}
