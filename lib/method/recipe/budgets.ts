/**
 * Recipes of less cost: for experiments whose rows pre-train models of their own.
 * @module
 */
import type { Patch } from "../../lab/experiment/types.ts";
import type { Recipe } from "./fields.ts";

/** A tenth of the encoder's pre-training, and half of stage 1, which sees each example as often as before. */
export function shortTrained(recipe: Recipe): Recipe {
  const { encoder, align } = recipe;
  return {
    ...recipe,
    encoder: {
      ...encoder,
      pretrain: { ...encoder.pretrain, steps: Math.round(encoder.pretrain.steps / 10) },
    },
    align: align &&
      { ...align, steps: Math.round(align.steps / 2), examples: Math.round(align.examples / 2) },
  };
}

/** The patched LLM pre-trained in 2,200 steps, ten minutes on two cores. */
export function shortPretrained({ llm }: Patch<Recipe>): Patch<Recipe> {
  return { llm: { ...llm, pretrain: { ...llm?.pretrain, steps: 2200, documents: 100_000 } } };
}
