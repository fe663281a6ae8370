/**
 * A recipe of less cost: for experiments whose every row trains an encoder and stages of its own.
 * @module
 */
import type { Recipe } from "./recipe.ts";

/** A fifth of the encoder's pre-training, and half of stage 1, which sees each example as often as before. */
export function shortTrained(recipe: Recipe): Recipe {
  const { encoder, align } = recipe;
  return {
    ...recipe,
    encoder: { ...encoder, pretrain: { ...encoder.pretrain, steps: Math.round(encoder.pretrain.steps / 5) } },
    align: align &&
      { ...align, steps: Math.round(align.steps / 2), examples: Math.round(align.examples / 2) },
  };
}
