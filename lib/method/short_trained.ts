/**
 * A recipe of less cost: for experiments whose every row trains an encoder and both stages of its own.
 * @module
 */
import type { Recipe, Stage } from "./recipe.ts";

/** A fifth of the encoder's pre-training, and half of both stages, which see each example as often as before. */
export function shortTrained(recipe: Recipe): Recipe {
  const { encoder, align, transfer } = recipe;
  return {
    ...recipe,
    encoder: { ...encoder, pretrain: { ...encoder.pretrain, steps: Math.round(encoder.pretrain.steps / 5) } },
    align: align && half(align),
    transfer: transfer && half(transfer),
  };
}

function half(stage: Stage): Stage {
  return { ...stage, steps: Math.round(stage.steps / 2), examples: Math.round(stage.examples / 2) };
}
