/**
 * Translate-En (Section 5.2): a translator writes every question in English, and Mono-SFT's LLM, which is trained on nothing
 * else, answers it. The paper names neither its translator nor what becomes of English questions; here they stay.
 *
 * The translator is the lab's own stand-in for a large translation model: LinguaLIFT's bridge before the LLM as it came,
 * trained on real parallel text of every language that has some, with the examples and updates of Language-Align. So it
 * knows what the encoder knows, and is as fallible. Greedy, as all writing here. With `command` any program that reads lines
 * and writes lines stands in its place, and nothing is trained to translate.
 * @module
 */
import * as v from "valibot";
import { type ReadingByStates, TOKENS } from "../reader/reading.ts";
import { sharedFields, type StageNumbers, stageNumbers, stateFields } from "../recipe/fields.ts";
import { parallel } from "../source/sources.ts";
import { alignBudgetOf, defineSystem, type Stage } from "../system.ts";
import { monoSftBudget, monoSftStage } from "./mono_sft.ts";

/** A program that translates, as a recipe names it; null: none does. */
export const commandField = v.nullable(v.strictObject({
  /** Program and arguments; "{mode}" stands for the language's direction. */
  run: v.pipe(v.array(v.string()), v.minLength(1)),
  /** By language code, what the program calls the direction into English. */
  modes: v.record(v.string(), v.string()),
}));

const schema = v.strictObject({
  ...stateFields,
  transfer: stageNumbers,
  translator: stageNumbers,
  /** A program that translates in place of the trained translator; null: none does. */
  command: commandField,
});
type TranslateEnRecipe = v.InferOutput<typeof schema>;

/** English questions for an LLM that was tuned on English. */
export const translateEn = defineSystem<TranslateEnRecipe>({
  id: "translate_en",
  version: 1,
  module: import.meta.url,
  recipe: schema,
  from: (recipe) => ({
    ...sharedFields(recipe, stateFields),
    transfer: monoSftBudget(recipe),
    translator: alignBudgetOf(recipe),
    command: null,
  }),
  reading: () => TOKENS,
  translator: ({ translator, bridge_start, command }) =>
    command === null ? translatorStage(translator, bridge_start) : null,
  translates: ({ command }) => command,
  stages: (recipe) => [monoSftStage(recipe)],
});

/**
 * A translator into English: a bridge before the LLM as it came, trained on parallel text.
 * @param languages by code; without them all that have some
 */
export function translatorStage(
  training: StageNumbers,
  { standardised }: TranslateEnRecipe["bridge_start"],
  languages?: readonly string[],
): Stage & { readonly reading: ReadingByStates } {
  return {
    name: "translator",
    sources: [parallel(languages?.filter((code) => code !== "en"))],
    trains: ["bridge"],
    training,
    reading: {
      by: "states",
      bridge: {
        ...{ layers: 2, activation: "gelu", boundaries: "both", boundary_init: "embedding" } as const,
        standardised,
      },
      beside: "instruction",
    },
  };
}
