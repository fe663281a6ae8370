/**
 * LinguaLIFT (Zhang et al.): a frozen multilingual encoder, an alignment layer and an LLM. Stage 1 trains the alignment
 * layer on code-switched translation, stage 2 the LLM on English instruction data; either may be left out, and what
 * trains in each is a field of the recipe, so that an ablation is a patch.
 * @module
 */
import type { Artifact, Method, RunContext } from "../lab/types.ts";
import { benchmarksOf, isRetrieval, RETRIEVAL, retrievalBenchmarks, toAsk } from "./benchmarks.ts";
import { encoderFiles, encoderPart } from "./encoder.ts";
import { inducedLexicon } from "./induction.ts";
import { llmFiles, llmParts } from "./llm.ts";
import { type Recipe, recipeSchema } from "./recipe.ts";
import { MICRO, scales, worldScales } from "./scales.ts";
import { evaluateLiftStep } from "./steps/evaluate_lift.ts";
import { languageAlignStep, type Switching } from "./steps/language_align.ts";
import type { Parts } from "./steps/stage.ts";
import { mapStatesStep, retrieveStep } from "./steps/retrieve_lift.ts";
import { tagQueriesStep } from "./steps/tag_queries.ts";
import { taskTransferStep } from "./steps/task_transfer.ts";
import { INSTRUCTION_DATA, openWorld, worldFiles, worldInput, WORLDS } from "./worlds.ts";

/** Sentences a language in a map of states. */
const MAPPED = 20;

/** The recipe that experiments start from. */
export const lingualiftRecipe: Recipe = MICRO;

/** What a scale sets. */
const SCALED = ["llm", "encoder", "align", "transfer", "evaluation"] as const;

export const lingualift: Method<Recipe> = {
  id: "lingualift",
  version: 1,
  module: import.meta.url,
  recipe: recipeSchema,
  worlds: WORLDS,
  scales: scales<Recipe>(SCALED),
  worldScales: worldScales<Recipe>(SCALED),
  benchmarks({ task }, environment) {
    const world = openWorld(environment);
    return [...benchmarksOf(world, task), ...retrievalBenchmarks(world)];
  },
  inputs: ({ llm, encoder, align, transfer }, environment) => [
    ...worldFiles(environment),
    ...encoderFiles(encoder, environment),
    ...llmFiles(llm, [align, transfer].filter((stage) => stage !== null), environment),
  ],
  async run(recipe, context) {
    const { seed, benchmarks } = context;
    const { alignment_layer, instruction, task } = recipe;
    const llm = await llmParts(recipe.llm, context);
    const encoder = await encoderPart(recipe.encoder, context);
    const parts: Parts = { ...llm, encoder };
    const common = { ...parts, seed, alignment_layer, instruction };
    let lift: Artifact | null = null;
    if (recipe.align !== null) {
      const { pos } = recipe.code_switch;
      if (pos !== null) await context.step(tagQueriesStep, { ...worldInput(context, ["mgsm"]), pos });
      lift = await context.step(languageAlignStep, {
        ...worldInput(context, [
          ...["bible", "muse"],
          ...(recipe.align_data.task_share === 0 ? [] : INSTRUCTION_DATA[task]),
        ]),
        ...common,
        // Only what is read is part of the step, so that rows share it.
        ...await switching(recipe, context),
        task: recipe.align_data.task_share === 0 ? null : task,
        task_share: recipe.align_data.task_share,
        stage: recipe.align,
      });
    }
    if (recipe.transfer !== null) {
      lift = await context.step(taskTransferStep, {
        ...worldInput(context, INSTRUCTION_DATA[task]),
        ...common,
        task,
        aligned: lift,
        stage: recipe.transfer,
      });
    }
    if (lift === null) throw new TypeError("internal: a recipe without either stage passed its schema");
    const { retrieval_items, ...evaluation } = recipe.evaluation;
    for (const asked of toAsk(benchmarks)) {
      const world = worldInput(context, [asked.items]);
      await context.step(evaluateLiftStep, { ...parts, ...world, lift, instruction, asked, evaluation });
    }
    const sources = {
      aligned: { states: "aligned", lift, encoder },
      encoder: { states: "encoder", encoder },
      llm: { states: "llm", ...llm },
    } as const;
    const retrievals = benchmarks.flatMap(({ id, languages }) => isRetrieval(id) ? [{ id, languages }] : []);
    for (const { id, languages } of retrievals) {
      const source = sources[RETRIEVAL[id].states];
      await context.step(retrieveStep, {
        ...worldInput(context, ["tatoeba"]),
        source,
        benchmark: id,
        languages,
        items: retrieval_items,
      });
    }
    // A comparison of all three is also drawn.
    if (retrievals.length === Object.keys(RETRIEVAL).length) {
      const items = Math.min(MAPPED, retrieval_items);
      await context.step(mapStatesStep, {
        ...worldInput(context, ["tatoeba"]),
        sources: Object.values(sources),
        items,
        seed,
      });
    }
  },
};

/** What stage 1 is told of code-switching; the world's own lexicon needs no word. */
async function switching({ align_data, code_switch }: Recipe, context: RunContext): Promise<Switching> {
  if (align_data.text === "parallel") return { code_switch: null };
  const { lexicon, ...settings } = code_switch;
  if (lexicon === "gold") return { code_switch: settings };
  if (lexicon === "mispaired") return { code_switch: settings, lexicon };
  return { code_switch: settings, lexicon: await inducedLexicon(lexicon, context) };
}
