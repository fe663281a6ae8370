/**
 * How well questions are translated into English (Appendix B.2, Table 6): by Translate-En's translator, by a program in its
 * place, or not at all, which is what their scores stand on. The paper had MMWP's English problems translated and
 * translated back; here the world's own translations are translated back, so that what is lost was lost on the way back.
 * @module
 */
import * as v from "valibot";
import { must } from "../../checked.ts";
import type { Benchmark, Environment, Method, Patch, RunContext, Scale } from "../../lab/experiment/types.ts";
import { engineOf } from "../../engine/mod.ts";
import type { BenchmarkId } from "../../world/world.ts";
import { benchmarksOf } from "../evaluate/benchmarks.ts";
import { scoreTranslationsStep, UNTRANSLATED } from "../evaluate/score_translations.ts";
import { translateByCommandStep } from "../evaluate/translate_by_command.ts";
import { translateQuestionsStep } from "../evaluate/translate_questions.ts";
import { encoderFiles, encoderModel } from "../models/encoder.ts";
import { llmFiles, llmModel } from "../models/llm.ts";
import { type Recipe, recipeFields, stageNumbers } from "../recipe/fields.ts";
import { MICRO, scales, worldScales } from "../recipe/scales.ts";
import { benchmarkInput, worldFiles, worldIn, WORLDS } from "../source/worlds.ts";
import { alignBudgetOf, trainTranslator } from "../system.ts";
import { commandField, translatorStage } from "../systems/translate_en.ts";
import { trainingFactsStep } from "../train/training_facts.ts";

const { llm, encoder, bridge_start, translation_noise, evaluation } = recipeFields.entries;
const schema = v.strictObject({
  /** "translator": one that is trained here, or the command's program; else what needs none. */
  writes: v.picklist(["translator", ...UNTRANSLATED]),
  llm,
  encoder,
  bridge_start,
  translation_noise,
  /** Of the translator's training, as in Translate-En: the numbers of Language-Align. */
  translator: stageNumbers,
  /** A program that translates in place of the trained translator; null: none does. */
  command: commandField,
  evaluation,
});
/** A recipe of translation quality. */
export type TranslationRecipe = v.InferOutput<typeof schema>;

/** The recipe that experiments start from: Translate-En's translator. */
export const translationRecipe: TranslationRecipe = {
  writes: "translator",
  llm: MICRO.llm,
  encoder: MICRO.encoder,
  bridge_start: MICRO.bridge_start,
  translation_noise: null,
  translator: alignBudgetOf(MICRO),
  command: null,
  evaluation: MICRO.evaluation,
};

/** The benchmark's id. */
const TRANSLATED = "translated";
/** Whose questions: MMWP's, as in the paper, and in real data, where it has no translations, MultiMWP's with other numbers. */
const itemsIn = (world: string): BenchmarkId => world === "open" ? "multimwp_balanced" : "mmwp";

type Shared = Pick<Recipe, "llm" | "encoder" | "bridge_start" | "align" | "evaluation">;
type Scales<R> = Readonly<Partial<Record<Scale, Patch<R>>>>;
/** Language-Align's numbers at each scale as the translator's. */
function asTranslators(patches: Scales<Shared>): Scales<TranslationRecipe> {
  return Object.fromEntries(
    Object.entries(patches).map(([scale, { align, ...rest }]) => [
      scale,
      { ...rest, ...(align == null ? {} : { translator: align as Patch<TranslationRecipe["translator"]> }) },
    ]),
  );
}
const FIELDS = ["llm", "encoder", "bridge_start", "align", "evaluation"] as const;

/** A translator alone, compared with the English that it should have written. */
export const translationQuality: Method<TranslationRecipe> = {
  id: "translation_quality",
  version: 1,
  module: import.meta.url,
  recipe: schema,
  worlds: WORLDS,
  worldAt: { small: "open", full: "open" },
  scales: asTranslators(scales<Shared>(FIELDS)),
  worldScales: { open: asTranslators(worldScales<Shared>(FIELDS).open!) },
  benchmarks: (_recipe, environment) => [benchmarkIn(environment)],
  programs: ({ command }) => command?.run.slice(0, 1) ?? [],
  used: (runtime) => engineOf(runtime).used?.(),
  inputs: ({ llm, encoder }, environment) => [
    ...worldFiles(environment, ["bible", "muse", "own", "multimwp"]),
    ...encoderFiles(encoder, environment),
    ...llmFiles(llm, environment),
  ],
  async run(recipe, context) {
    for (const { id: benchmark, languages } of context.benchmarks) {
      const of = itemsIn(context.world);
      const { items, split } = recipe.evaluation;
      const translations = recipe.writes === "translator"
        ? await translated(recipe, { of, languages }, context)
        : recipe.writes;
      await context.step(scoreTranslationsStep, {
        ...benchmarkInput(context, of),
        ...{ of, benchmark, languages, items, split, translations },
      });
    }
  },
};

/** The same step as Translate-En's, which is given English questions too and leaves them as they are. */
async function translated(
  recipe: TranslationRecipe,
  { of, languages }: { readonly of: BenchmarkId; readonly languages: readonly string[] },
  context: RunContext,
) {
  const { items, split, batch_size } = recipe.evaluation;
  const asked = { items: of, languages: [...languages, "en"].sort(), benchmarks: [of] };
  const world = benchmarkInput(context, of);
  if (recipe.command !== null) {
    const { command } = recipe;
    return await context.step(translateByCommandStep, {
      ...world,
      ...{ command, asked, evaluation: { items, split } },
    });
  }
  const models = {
    ...await llmModel(recipe.llm, context),
    encoder: await encoderModel(recipe.encoder, context),
  };
  const stage = translatorStage(recipe.translator, recipe.bridge_start);
  const { translator, facts } = await trainTranslator(stage, models, recipe, context);
  await context.step(trainingFactsStep, { stages: [facts] });
  const evaluation = { items, split, batch_size };
  return await context.step(translateQuestionsStep, { ...translator, ...world, asked, evaluation });
}

/** Every language but English, whose questions nobody translates. */
function benchmarkIn(environment: Environment): Benchmark {
  const of = itemsIn(environment.world);
  const found = must(benchmarksOf(worldIn(environment)).find(({ id }) => id === of), of);
  const { title, note: _ofTheAnswers, ...own } = found;
  const others = (codes: readonly string[]) => codes.filter((code) => code !== "en");
  return {
    ...own,
    id: TRANSLATED,
    title: `${title ?? of}, translated into English`,
    unit: "text",
    note:
      "Right: the text has the numbers of the problem, no more and no fewer; so has a question that nobody translated. " +
      "How much of it is the English original say BLEU, chrF and TER, by language below.",
    languages: others(own.languages),
    groups: Object.fromEntries(
      Object.entries(own.groups).map(([name, codes]) => [name, others(codes)] as const)
        .filter(([, codes]) => codes.length > 0),
    ),
  };
}
