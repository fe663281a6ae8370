/**
 * LinguaLIFT (Zhang et al.): a frozen multilingual encoder, a bridge (the language alignment layer) and an LLM. Stage 1,
 * Language-Align, trains the bridge on code-switched translation; stage 2, Task-Transfer, the LLM on English instruction
 * data. Either may be left out, and what learns in each is a field of the recipe, so that an ablation is a patch.
 * @module
 */
import type { Patch } from "../../lab/experiment/types.ts";
import { type Recipe, recipeSchema } from "../recipe/fields.ts";
import { MICRO } from "../recipe/scales.ts";
import { englishOf } from "../source/english.ts";
import { codeSwitched, instructions, parallel } from "../source/sources.ts";
import { defineSystem } from "../system.ts";

/** The recipe that experiments start from. */
export const lingualiftRecipe: Recipe = MICRO;

/** Stage 1 left out: bridge and LLM learn together on the English problems alone (D.1). */
export const withoutLanguageAlign: Patch<Recipe> = { align: null, transfer: { train: ["bridge", "llm"] } };

const LAYERS = { linear: 1, mlp2: 2, mlp3: 3 } as const;

/** Bridge first, then the LLM. */
export const lingualift = defineSystem<Recipe>({
  id: "lingualift",
  version: 2,
  module: import.meta.url,
  recipe: recipeSchema,
  from: (recipe) => recipe,
  reading: ({ bridge, bridge_start: { standardised }, instruction }) => ({
    by: "states",
    bridge: {
      layers: LAYERS[bridge],
      activation: "gelu",
      boundaries: "both",
      boundary_init: "embedding",
      standardised,
    },
    beside: instruction === "paper" ? "instruction" : "nothing",
  }),
  english: englishOf,
  stages: (recipe) => {
    const { align, align_data: { text, task_share }, code_switch, lora, transfer } = recipe;
    return [
      align && {
        name: "align",
        sources: [
          text === "parallel" ? parallel() : codeSwitched(code_switch, englishOf(recipe)),
          ...(task_share === 0 ? [] : [instructions(recipe, "benchmark", { share: task_share })]),
        ],
        lora,
        ...trainsOf(align),
      },
      transfer && { name: "transfer", sources: [instructions(recipe)], lora, ...trainsOf(transfer) },
    ];
  },
});

function trainsOf({ train, ...training }: NonNullable<Recipe["align"]>) {
  return { trains: train, training };
}
