/**
 * CrossIn (Lin et al., 2024, arXiv:2404.11932; code Lingy12/CrossIn 8ffcf42): adapters of the LLM learn the task in English
 * mixed with another task across languages, in one stage. Its paper compares what is crossed: English to others, others to
 * English, any to any (best there), and translation.
 *
 * A small world changes: Base is the task's own English data (there Platypus), what is crossed are word problems (there Alpaca,
 * in Chinese, Vietnamese and Spanish). Examples and updates are Mono-SFT's, of which half are crossed. Rank 64 and alpha 128 as
 * released, queries without an adapter (its list of targets has a slip there); embeddings and output layer stay as they are, and
 * there is no dropout. "Any to any" is in the paper, but not in what was released.
 * @module
 */
import * as v from "valibot";
import { TOKENS } from "../reader/reading.ts";
import { type Recipe, recipeFields, sharedFields, stageNumbers, tokenFields } from "../recipe/fields.ts";
import { type Crossing, CROSSINGS } from "../source/crossed.ts";
import { crossed, instructions } from "../source/sources.ts";
import type { System } from "../../lab/experiment/types.ts";
import { system } from "../../lab/plan/resolve.ts";
import { defineSystem, taskTransferOf } from "../system.ts";

const { lora } = recipeFields.entries;
const schema = v.strictObject({
  ...tokenFields,
  /** What is crossed; none: the task in English alone. */
  kinds: v.array(v.picklist(CROSSINGS)),
  /** The languages that it is crossed with, by code. */
  languages: v.pipe(v.array(v.string()), v.minLength(1)),
  /** The task whose items are crossed. */
  cross_task: recipeFields.entries.task,
  /** Share of the examples that are crossed. */
  cross_share: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
  lora,
  transfer: stageNumbers,
});
type CrossInRecipe = v.InferOutput<typeof schema>;

/** With everything that the release crosses. */
export const crossin = defineSystem<CrossInRecipe>({
  id: "crossin",
  version: 1,
  module: import.meta.url,
  recipe: schema,
  from: (recipe) => ({
    ...sharedFields(recipe, tokenFields),
    kinds: ["en2x", "x2en", "translate"],
    languages: ["zh", "vi", "es"],
    cross_task: "math",
    cross_share: 0.5,
    lora: {
      rank: 64,
      alpha: 128,
      targets: ["k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"],
      magnitude: false,
    },
    transfer: taskTransferOf(recipe),
  }),
  reading: () => TOKENS,
  stages: ({ kinds, languages, cross_task, cross_share, lora, transfer, ...data }) => [
    {
      name: "mixed",
      sources: [
        instructions(data),
        ...(kinds.length === 0
          ? []
          : [crossed({ ...data, task: cross_task }, { kinds, languages, share: cross_share })]),
      ],
      trains: ["lora"],
      lora,
      training: transfer,
    },
  ],
});

/** With other kinds of crossing; none: Base. */
export function crossinOf(...kinds: readonly Crossing[]): System {
  return system(crossin, (recipe: Recipe) => ({ ...crossin.from(recipe), kinds: [...kinds] }));
}
