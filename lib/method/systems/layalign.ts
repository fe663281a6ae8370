/**
 * LayAlign (Ruan et al., NAACL 2025 Findings, arXiv:2502.11405; davidguzmanr/LayAlign@9c78716): MindMerger, and in every layer
 * of the LLM a second attention. An aligner mixes the encoder's layers below the last into keys and values for each layer of
 * the LLM, and a gate a layer, which begins at 0, lets them in. Bridge, aligner and gates learn together, on MindMerger's two
 * stages, before Mono-SFT's own LLM.
 *
 * Budget: MindMerger's. Ours: a mask hides the padding of a batch, which the release lets a question read, so that an answer
 * does not depend on the questions beside it; no English among the languages of the task (so the release's code; its paper
 * has ten); optimiser, lr and schedule are those of MindMerger here.
 * A small world changes what it changes of MindMerger: see there.
 * @module
 */
import * as v from "valibot";
import type { System } from "../../lab/experiment/types.ts";
import { system } from "../../lab/plan/resolve.ts";
import type { Beside, FusedReading } from "../reader/reading.ts";
import { type Recipe, sharedFields, someLanguages, stageNumbers, stateFields } from "../recipe/fields.ts";
import { LAYALIGN } from "../recipe/published.ts";
import { instructions, parallel } from "../source/sources.ts";
import { asReleased } from "../source/task_languages.ts";
import { defineSystem } from "../system.ts";
import { mindmerger, mindmergerBridge } from "./mindmerger.ts";
import { monoSftStage } from "./mono_sft.ts";

const schema = v.strictObject({
  ...stateFields,
  /** Whose parallel text and items are learned; "all": of every language that has some. */
  languages: someLanguages,
  transfer: stageNumbers,
  /** Parallel text; null leaves it out. */
  translation: v.nullable(stageNumbers),
  task_stage: stageNumbers,
  /** Whether the LLM reads the question as its own tokens beside the states when it learns the task. */
  tokens: v.picklist(["beside the states", "none"]),
  /** What the LLM reads when it is asked; with the tokens alone it is Mono-SFT, whose LLM it has. */
  asked: v.picklist(["states and tokens", "states"]),
});
type LayAlignRecipe = v.InferOutput<typeof schema>;

const LEARNS = ["bridge", "aligner", "gates"] as const;

/** A bridge, and in every layer of the LLM a second attention on the encoder's layers. */
export const layalign = defineSystem<LayAlignRecipe>({
  id: "layalign",
  version: 1,
  module: import.meta.url,
  recipe: schema,
  from: (recipe) => {
    const { transfer, mapping, augmentation } = mindmerger.from(recipe);
    return {
      ...sharedFields(recipe, stateFields),
      languages: asReleased(recipe, { english: false }),
      transfer,
      ...(recipe.budget === "published" ? LAYALIGN : { translation: mapping, task_stage: augmentation }),
      tokens: "beside the states",
      asked: "states and tokens",
    };
  },
  reading: (recipe) => reading(recipe, recipe.tokens === "none" ? "instruction" : "question"),
  asks: (recipe) =>
    reading(recipe, recipe.tokens === "none" || recipe.asked === "states" ? "instruction" : "question"),
  stages: ({ transfer, translation, task_stage, languages, ...data }) => [
    monoSftStage({ ...data, transfer }),
    translation && {
      name: "translation",
      sources: [languages === "all" ? parallel() : parallel(languages)],
      trains: LEARNS,
      training: translation,
      reading: reading(data, "nothing"),
    },
    {
      name: "task",
      sources: [instructions(data, languages, { answers: "en" })],
      trains: LEARNS,
      training: task_stage,
    },
  ],
});

/** Asked without the question's own tokens: what the encoder carries by itself. The same training. */
export const layalignStates: System = system(
  layalign,
  (recipe: Recipe) => ({ ...layalign.from(recipe), asked: "states" as const }),
);

/**
 * Under LinguaLIFT's rule: English items alone, no parallel text, for as many updates as both stages have. The tokens stay out:
 * with English data the paper has 38.1 on MGSM with them and 51.8 without.
 */
export const layalignEnglish: System = system(layalign, (recipe: Recipe) => {
  const { translation, task_stage, ...own } = layalign.from(recipe);
  return {
    ...own,
    languages: ["en"],
    translation: null,
    task_stage: { ...task_stage, steps: task_stage.steps + (translation?.steps ?? 0) },
    tokens: "none" as const,
    asked: "states" as const,
  };
});

function reading(recipe: Pick<LayAlignRecipe, "bridge_start">, beside: Beside): FusedReading {
  return { by: "states", bridge: mindmergerBridge(recipe), beside, fusion: "layers" };
}
