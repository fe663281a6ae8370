/**
 * MAPO-DPO (Section 5.2; She et al., 2024, arXiv:2401.06838; NJUNLP/MAPO@2c4227a): Multi-SFT's LLM, or Mono-SFT's tuned
 * further as Multi-SFT, samples answers to training questions in English and other languages. A translator says how well
 * an answer agrees with the English ones; right answers are preferred to those that agree less (DPO).
 *
 * A small world changes: questions are training items that nothing was trained on before, not NumGLUE's; the translator is
 * LinguaLIFT's bridge before the LLM as it came, trained on parallel text of the same languages, not NLLB; fewer samples and
 * pairs a question (8, not 20 and all). Updates are a ninth of Multi-SFT's and lr a twentieth, as in the release (1,000
 * updates and 1e-6 beside 2e-5); there no pair is learned twice, here one may be. The last model is taken, not the best of
 * every hundred updates on questions held back.
 * @module
 */
import * as v from "valibot";
import type { System } from "../../lab/experiment/types.ts";
import { system } from "../../lab/plan/resolve.ts";
import { preferences } from "../preference/source.ts";
import { TOKENS } from "../reader/reading.ts";
import {
  type Recipe,
  sharedFields,
  someLanguages,
  stageNumbers,
  stateFields,
  tokenFields,
} from "../recipe/fields.ts";
import { MAPO, MATHOCTOPUS } from "../recipe/published.ts";
import { instructions } from "../source/sources.ts";
import { asReleased } from "../source/task_languages.ts";
import { alignBudgetOf, defineSystem, type Stage, taskTransferOf } from "../system.ts";
import { monoSftBudget, monoSftStage } from "./mono_sft.ts";
import { translatorStage } from "./translate_en.ts";

const count = v.pipe(v.number(), v.integer(), v.minValue(1));
const schema = v.strictObject({
  ...stateFields,
  /** Multi-SFT's, in which answers are sampled; "all": those that the training data has. */
  languages: someLanguages,
  /** Mono-SFT, on which the LLM is tuned before several languages (MetaMathOctopus); null: it is not. */
  english_first: v.nullable(v.strictObject({ task_data: tokenFields.task_data, transfer: stageNumbers })),
  transfer: stageNumbers,
  reward_model: stageNumbers,
  preference: v.strictObject({
    ...stageNumbers.entries,
    /** How near DPO holds the LLM to the one that it begins with. */
    beta: v.pipe(v.number(), v.gtValue(0)),
    /** Training items, each asked in every language. */
    questions: count,
    /** Answers a question and language. */
    samples: count,
    temperature: v.pipe(v.number(), v.gtValue(0)),
    /** Pairs of a question and language at most. */
    pairs_a_question: count,
  }),
});
type MapoRecipe = v.InferOutput<typeof schema>;

/** On Multi-SFT. */
export const mapo = defineSystem<MapoRecipe>({
  id: "mapo",
  version: 1,
  module: import.meta.url,
  recipe: schema,
  from: (recipe) => {
    const shared = sharedFields(recipe, stateFields);
    if (recipe.budget === "published") {
      return {
        ...shared,
        ...{ task_data: "mgsm8kinstruct", languages: "all", english_first: null },
        ...{ transfer: MATHOCTOPUS, reward_model: alignBudgetOf(recipe), preference: MAPO },
      };
    }
    const transfer = taskTransferOf(recipe);
    const steps = Math.ceil(transfer.steps / 9);
    return {
      ...shared,
      languages: asReleased(recipe, { english: true }),
      english_first: null,
      transfer,
      reward_model: alignBudgetOf(recipe),
      preference: {
        ...transfer,
        steps,
        // At most: where fewer pairs are found, each is learned several times.
        examples: steps * transfer.batch_size,
        lr: transfer.lr / 20,
        schedule: "cosine",
        warmup_ratio: 0.1,
        weight_decay: 0,
        beta: 0.1,
        questions: Math.ceil(transfer.examples / 240),
        samples: 8,
        temperature: 0.8,
        pairs_a_question: 8,
      },
    };
  },
  reading: () => TOKENS,
  reward_model: ({ reward_model, languages, bridge_start }) =>
    translatorStage(reward_model, bridge_start, languages === "all" ? undefined : languages),
  stages: (recipe) => {
    const { english_first: first } = recipe;
    return [first && monoSftStage({ ...recipe, ...first }), multiStage(recipe), dpoStage(recipe)];
  },
});

/** On Mono-SFT that was tuned further as Multi-SFT (MetaMathOctopus). */
export const mapoEnglishFirst: System = system(
  mapo,
  (recipe: Recipe) => ({
    ...mapo.from(recipe),
    english_first: { task_data: recipe.task_data, transfer: monoSftBudget(recipe) },
  }),
);

function multiStage({ languages, transfer, english_first, ...data }: MapoRecipe): Stage {
  return {
    // As Multi-SFT's, which then is the same step.
    name: english_first === null ? "transfer" : "transfer_further",
    sources: [instructions(data, languages)],
    trains: ["llm"],
    training: transfer,
  };
}

function dpoStage({ languages, preference, transfer, evaluation, ...data }: MapoRecipe): Stage {
  const { beta, questions, samples, temperature, pairs_a_question, ...training } = preference;
  const { max_new_tokens } = evaluation;
  const sampling = { questions, samples, temperature, max_new_tokens };
  return {
    name: "preference",
    sources: [preferences(data, languages, { ...sampling, from: transfer.examples, pairs_a_question })],
    trains: ["llm"],
    dpo: { beta },
    training,
  };
}
