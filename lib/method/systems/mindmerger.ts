/**
 * MindMerger-Soft (Huang et al., 2024, arXiv:2405.17386; CONE-MT/MindMerger@9b955f9): in front of an LLM that has been tuned
 * on the task already and stays frozen, a bridge learns first to translate real parallel text of nine languages (the LLM
 * reads the states alone), then the task from questions in these languages with English answers (the LLM reads the
 * states, and the question as its own tokens).
 *
 * Budget: the LLM is Mono-SFT's (the same step); the mapping stage is LinguaLIFT's Language-Align, the augmentation stage
 * has the examples and updates of Task-Transfer at the lr and schedule of Language-Align, since the same bridge learns.
 * The paper's "(Add Low-Resource)" and "(Low-Resource Retrain)" are other `mapping_languages` (5.3): see `mindmergerLow`.
 * A small world changes: translations are the world's own instead of a machine's, and the last state of a stage is taken,
 * not the best by perplexity.
 * @module
 */
import * as v from "valibot";
import type { System } from "../../lab/experiment/types.ts";
import { system } from "../../lab/plan/resolve.ts";
import { languageTable } from "../../world/table.ts";
import type { Bridge } from "../reader/reading.ts";
import { type Recipe, sharedFields, someLanguages, stageNumbers, stateFields } from "../recipe/fields.ts";
import { MINDMERGER } from "../recipe/published.ts";
import { instructions, parallel } from "../source/sources.ts";
import { asReleased, MGSM8K_INSTRUCT } from "../source/task_languages.ts";
import { alignBudgetOf, defineSystem } from "../system.ts";
import { monoSftBudget, monoSftStage } from "./mono_sft.ts";

const schema = v.strictObject({
  ...stateFields,
  /** Whose parallel text the mapping stage translates; "all": every language that has some. */
  mapping_languages: someLanguages,
  /** Whose questions the augmentation stage learns; "all": those that the training data has. */
  task_languages: someLanguages,
  transfer: stageNumbers,
  mapping: stageNumbers,
  augmentation: stageNumbers,
  /**
   * What it reads of a question that it is asked: both, or the states alone. With the tokens alone it is Mono-SFT, whose LLM
   * it has.
   */
  asked: v.picklist(["states and tokens", "states"]),
});
/** A resolved recipe of MindMerger. */
export type MindMergerRecipe = v.InferOutput<typeof schema>;

const BRIDGE: Omit<Bridge, "standardised"> = {
  layers: 2,
  activation: "relu",
  boundaries: "end",
  boundary_init: "zeros",
};

/** A bridge in front of a finished LLM that reads the question itself too. */
export const mindmerger = defineSystem<MindMergerRecipe>({
  id: "mindmerger",
  version: 1,
  module: import.meta.url,
  recipe: schema,
  from: (recipe) => {
    const nine = asReleased(recipe, { english: false });
    const [transfer, mapping] = [monoSftBudget(recipe), alignBudgetOf(recipe)];
    const { examples, max_chars, steps, batch_size } = transfer;
    const equal = { mapping, augmentation: { ...mapping, examples, max_chars, steps, batch_size } };
    return {
      ...sharedFields(recipe, stateFields),
      ...{ mapping_languages: nine, task_languages: nine, transfer },
      ...(recipe.budget === "published" ? MINDMERGER : equal),
      asked: "states and tokens",
    };
  },
  reading: (recipe) => ({ by: "states", bridge: mindmergerBridge(recipe), beside: "question" }),
  asks: (recipe) => ({
    by: "states",
    bridge: mindmergerBridge(recipe),
    beside: recipe.asked === "states" ? "instruction" : "question",
  }),
  stages: ({ transfer, mapping, augmentation, mapping_languages, task_languages, ...data }) => [
    monoSftStage({ ...data, transfer }),
    {
      name: "mapping",
      sources: [mapping_languages === "all" ? parallel() : parallel(mapping_languages)],
      trains: ["bridge"],
      training: mapping,
      reading: { by: "states", bridge: mindmergerBridge(data), beside: "nothing" },
    },
    {
      name: "augmentation",
      sources: [instructions(data, task_languages, { answers: "en" })],
      trains: ["bridge"],
      training: augmentation,
    },
  ],
});

/**
 * The paper's further rows (5.3): parallel text of MMWP's low-resource languages beside the nine, or alone. As many
 * examples and updates as ever.
 */
export function mindmergerLow(how: "added" | "alone"): System {
  return system(mindmerger, (recipe: Recipe) => {
    const low = languageTable().filter(({ level, benchmarks }) => level === "low" && benchmarks.has("mmwp"))
      .map(({ code }) => code);
    const kept = how === "alone" ? [] : MGSM8K_INSTRUCT.slice(1).filter((code) => !low.includes(code));
    return { ...mindmerger.from(recipe), mapping_languages: [...kept, ...low] };
  });
}

/** Asked without the question's own tokens: what its bridge carries by itself. The same training. */
export const mindmergerStates: System = system(
  mindmerger,
  (recipe: Recipe) => ({ ...mindmerger.from(recipe), asked: "states" as const }),
);

/** MindMerger's bridge. */
export function mindmergerBridge(
  { bridge_start: { standardised } }: Pick<MindMergerRecipe, "bridge_start">,
): Bridge {
  return { ...BRIDGE, standardised };
}
