/**
 * MERLIN (arXiv:2509.08105): MindMerger's bridge before an LLM that knows no task yet. Stage 1 trains the bridge on parallel
 * text, on questions to be written in English, and on the task (the LLM frozen); stage 2 trains adapters with magnitudes
 * (DoRA) in the LLM on the same task items (the bridge frozen). The LLM reads the question as its own tokens too from the
 * task on. Its code could not be read; what is known is its abstract and its authors' earlier forks of MindMerger.
 *
 * Budget: parallel text and questions share the examples and updates of LinguaLIFT's Language-Align; the bridge's task and
 * the adapters have those of Task-Transfer each, at the lr of the stage of LinguaLIFT in which bridge or LLM learn.
 * Ours: rank, alpha and layers are the forks' LoRA's (the paper's are not known); that tokens are read in stage 2; and
 * `merlinEnglish`, the same under LinguaLIFT's rule, which nobody has published.
 * @module
 */
import * as v from "valibot";
import type { System } from "../../lab/experiment/types.ts";
import { system } from "../../lab/plan/resolve.ts";
import { type ReadingByStates, TOKENS } from "../reader/reading.ts";
import {
  type Recipe,
  recipeFields,
  sharedFields,
  someLanguages,
  type StageNumbers,
  stageNumbers,
  stateFields,
} from "../recipe/fields.ts";
import { instructions, parallel, questionPairs } from "../source/sources.ts";
import { asReleased } from "../source/task_languages.ts";
import { alignBudgetOf, defineSystem, taskTransferOf } from "../system.ts";
import { mindmergerBridge } from "./mindmerger.ts";

const { lora } = recipeFields.entries;
const schema = v.strictObject({
  ...stateFields,
  /** Whose parallel text, questions and items are learned; "all": of every language that has some. */
  languages: someLanguages,
  lora,
  /** Parallel text, then questions to be written in English; null leaves either out. */
  mapping: v.nullable(stageNumbers),
  question_alignment: v.nullable(stageNumbers),
  augmentation: stageNumbers,
  adaptation: stageNumbers,
  /** Whether the LLM reads the question as its own tokens beside the states when it learns the task. */
  tokens: v.picklist(["beside the states", "none"]),
  /** What the LLM reads when it is asked; the training is the same. */
  asked: v.picklist(["states and tokens", "states", "tokens"]),
});
type MerlinRecipe = v.InferOutput<typeof schema>;

/** A bridge that learns first, then adapters of the LLM behind it. */
export const merlin = defineSystem<MerlinRecipe>({
  id: "merlin",
  version: 1,
  module: import.meta.url,
  recipe: schema,
  from: (recipe) => {
    const [adaptation, align] = [taskTransferOf(recipe), alignBudgetOf(recipe)];
    const { examples, max_chars, steps, batch_size } = adaptation;
    return {
      ...sharedFields(recipe, stateFields),
      languages: asReleased(recipe, { english: false }),
      lora: { rank: 16, alpha: 32, targets: ["q_proj", "v_proj"], magnitude: true },
      mapping: halfOf(align),
      question_alignment: halfOf(align),
      augmentation: { ...align, examples, max_chars, steps, batch_size },
      adaptation,
      tokens: "beside the states",
      asked: "states and tokens",
    };
  },
  reading: (recipe) => reading(recipe, recipe.tokens === "none"),
  asks: (recipe) =>
    recipe.asked === "tokens"
      ? TOKENS
      : reading(recipe, recipe.tokens === "none" || recipe.asked === "states"),
  stages: ({ languages, lora, mapping, question_alignment, augmentation, adaptation, ...data }) => {
    const alone = { by: "states", bridge: mindmergerBridge(data), beside: "nothing" } as const;
    const items = instructions(data, languages, { answers: "en" });
    return [
      mapping && {
        name: "mapping",
        sources: [languages === "all" ? parallel() : parallel(languages)],
        trains: ["bridge"],
        training: mapping,
        reading: alone,
      },
      question_alignment && {
        name: "question_alignment",
        sources: [questionPairs(data, languages)],
        trains: ["bridge"],
        training: question_alignment,
        reading: alone,
      },
      { name: "augmentation", sources: [items], trains: ["bridge"], training: augmentation },
      { name: "adaptation", sources: [items], trains: ["lora"], lora, training: adaptation },
    ];
  },
});

/** Asked with one of the two alone: what its bridge carries by itself, and what its adapters know without it. */
export function merlinAsked(asked: "states" | "tokens"): System {
  return system(merlin, (recipe: Recipe) => ({ ...merlin.from(recipe), asked }));
}

/**
 * Under LinguaLIFT's rule: English items alone, no translation of anything. What is left is the task, for the bridge with the
 * updates of the stages that go as well. The tokens stay out, since a bridge that learns beside English tokens need not
 * carry anything (LayAlign's ablation: 38.1 on MGSM with them, 51.8 without).
 */
export const merlinEnglish: System = system(merlin, (recipe: Recipe) => {
  const { mapping, question_alignment, augmentation, ...own } = merlin.from(recipe);
  const steps = [mapping, question_alignment, augmentation].reduce(
    (sum, stage) => sum + (stage?.steps ?? 0),
    0,
  );
  return {
    ...own,
    languages: ["en"],
    mapping: null,
    question_alignment: null,
    augmentation: { ...augmentation, steps },
    tokens: "none" as const,
    asked: "states" as const,
  };
});

function reading(recipe: Pick<MerlinRecipe, "bridge_start">, isWithoutTokens: boolean): ReadingByStates {
  return {
    by: "states",
    bridge: mindmergerBridge(recipe),
    beside: isWithoutTokens ? "instruction" : "question",
  };
}

/** Half of the examples and updates, at least one. */
function halfOf({ examples, steps, ...numbers }: StageNumbers): StageNumbers {
  return { ...numbers, examples: Math.ceil(examples / 2), steps: Math.ceil(steps / 2) };
}
