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

/** Twice the examples and updates of stage 2, as often as before each. */
export function longTransfer(recipe: Recipe): Recipe {
  const { transfer } = recipe;
  return {
    ...recipe,
    transfer: transfer && { ...transfer, steps: 2 * transfer.steps, examples: 2 * transfer.examples },
  };
}

/** The patched LLM pre-trained in 2,200 steps, ten minutes on two cores. */
export function shortPretrained({ llm }: Patch<Recipe>): Patch<Recipe> {
  return { llm: { ...llm, pretrain: { ...llm?.pretrain, steps: 2200, documents: 100_000 } } };
}
