/**
 * LangBridge (Yoon et al., 2024, arXiv:2401.10695; kaistAI/LangBridge@4f43fb2): in front of an LLM that has been tuned on
 * the task already and stays frozen, a linear bridge with a boundary vector at its end learns on the same English data.
 * The question goes to the encoder alone, and the LLM reads nothing beside the states.
 *
 * Budget: the LLM is Mono-SFT's (the same step); the bridge gets the updates of LinguaLIFT's Language-Align.
 * @module
 */
import * as v from "valibot";
import { sharedFields, stageNumbers, stateFields } from "../recipe/fields.ts";
import { LANGBRIDGE } from "../recipe/published.ts";
import { instructions } from "../source/sources.ts";
import { alignBudgetOf, defineSystem } from "../system.ts";
import { monoSftBudget, monoSftStage } from "./mono_sft.ts";

const schema = v.strictObject({
  ...stateFields,
  transfer: stageNumbers,
  align: stageNumbers,
});
type LangBridgeRecipe = v.InferOutput<typeof schema>;

const BRIDGE = { layers: 1, activation: "gelu", boundaries: "end", boundary_init: "embedding" } as const;

/** A bridge in front of a finished LLM. */
export const langbridge = defineSystem<LangBridgeRecipe>({
  id: "langbridge",
  version: 1,
  module: import.meta.url,
  recipe: schema,
  from: (recipe) => ({
    ...sharedFields(recipe, stateFields),
    transfer: monoSftBudget(recipe),
    align: recipe.budget === "published" ? LANGBRIDGE : alignBudgetOf(recipe),
  }),
  reading: ({ bridge_start: { standardised } }) => ({
    by: "states",
    bridge: { ...BRIDGE, standardised },
    beside: "nothing",
  }),
  stages: ({ transfer, align, ...data }) => [
    monoSftStage({ ...data, transfer }),
    { name: "bridge", sources: [instructions(data)], trains: ["bridge"], training: align },
  ],
});
