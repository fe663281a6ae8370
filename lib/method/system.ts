/**
 * A compared system as a value: how its LLM reads a question, and the stages that it is trained in. `defineSystem` makes
 * the lab's method of it; training, evaluation, worlds, scales and inputs are the same for all.
 * @module
 */
import type { GenericSchema } from "valibot";
import { must } from "../checked.ts";
import { engineOf, type Trainable } from "../engine/mod.ts";
import type { Artifact, Method, Patch, RunContext, System } from "../lab/experiment/types.ts";
import { system } from "../lab/plan/resolve.ts";
import { benchmarksOf, retrievalBenchmarks, writtenBenchmarks } from "./evaluate/benchmarks.ts";
import { evaluate } from "./evaluate/evaluate.ts";
import type { TranslatorCommand } from "./evaluate/translate_by_command.ts";
import { checkAllLayers } from "./models/all_layers.ts";
import { encoderFiles, encoderModel } from "./models/encoder.ts";
import { systemCosts } from "./costs.ts";
import { systemFacts } from "./facts.ts";
import { llmFiles, llmModel } from "./models/llm.ts";
import { type Models, modelsFor, type Trained } from "./models/models.ts";
import { isFused, type Reading, type ReadingByStates } from "./reader/reading.ts";
import type { Evaluation, Recipe, StageNumbers } from "./recipe/fields.ts";
import { SCALED, scales, worldScales } from "./recipe/scales.ts";
import { englishData, type EnglishSource } from "./source/english.ts";
import { noiseStep } from "./source/noise.ts";
import { type Gives, shares, type Source } from "./source/source.ts";
import { dictionaryData, systemData, worldFiles, worldIn, worldInput, WORLDS } from "./source/worlds.ts";
import type { LossOn } from "./train/examples.ts";
import { fitStep } from "./train/fit.ts";
import { fitFusedStep } from "./train/fit_fused.ts";
import { startBridgeStep } from "./train/start_bridge.ts";
import { type StageFacts, trainingFactsStep } from "./train/training_facts.ts";

/** A stage of a system's training. */
export interface Stage {
  /** Names its random streams; stages of the same name, numbers and sources are the same step in every system. */
  readonly name: string;
  readonly sources: readonly Source[];
  readonly trains: readonly Trainable[];
  /** Where `trains` names "lora". */
  readonly lora?: Recipe["lora"];
  /** Where its sources give preferences. A stage for which they find none is left out. */
  readonly dpo?: { readonly beta: number };
  /** Which tokens the loss is on, where the LLM reads tokens alone; default: "target". */
  readonly loss?: LossOn;
  readonly training: StageNumbers;
  /** Where the stage reads otherwise than the system. */
  readonly reading?: Reading;
}

/** What every system's recipe has. */
interface Fields {
  readonly llm: Recipe["llm"];
  readonly encoder?: Recipe["encoder"];
  readonly bridge_start?: Recipe["bridge_start"];
  readonly task: Recipe["task"];
  readonly task_data: Recipe["task_data"];
  readonly translation_noise: Recipe["translation_noise"];
  readonly evaluation: Evaluation;
}

/** A system's declaration. */
export interface SystemSpec<R extends Fields> {
  readonly id: string;
  /** Raise when the meaning of the recipe changes. */
  readonly version: number;
  /** `import.meta.url` */
  readonly module: string;
  readonly recipe: GenericSchema<unknown, R>;
  /** The recipe that goes with one of LinguaLIFT: the same models, data and budget. */
  from(recipe: Recipe): R;
  /** How the LLM reads a question. */
  reading(recipe: R): Reading;
  /** How it reads the questions that it is asked, where a part is held back from it; default: as it learned last. */
  asks?(recipe: R): Reading;
  /** What is trained to write its questions in English before it is asked; default: nothing does. */
  translator?(recipe: R): Stage & { readonly reading: ReadingByStates } | null;
  /** A program that writes its questions in English before it is asked, in place of a trained translator. */
  translates?(recipe: R): TranslatorCommand | null;
  /** What is trained to say how likely an English text is after another, for preferences; default: nothing is. */
  reward_model?(recipe: R): Stage & { readonly reading: ReadingByStates };
  /** What English a bridge in closed form is fitted to; default: plain text. */
  english?(recipe: R): EnglishSource;
  /** In order; null: left out by an ablation. */
  stages(recipe: R): readonly (Stage | null)[];
}

/** A system as a method, and as a row beside LinguaLIFT. */
export interface DefinedSystem<R> extends Method<R> {
  from(recipe: Recipe): R;
}

/** Makes a method of a declaration. */
export function defineSystem<R extends Fields>(spec: SystemSpec<R>): DefinedSystem<R> {
  const stagesOf = (recipe: R) => spec.stages(recipe).filter((stage) => stage !== null);
  const helpersOf = (recipe: R) =>
    [spec.translator?.(recipe), spec.reward_model?.(recipe)].filter((stage) => stage != null);
  const trainingsOf = (recipe: R) => {
    const stages: Stage[] = [...stagesOf(recipe), ...helpersOf(recipe)];
    return stages.map(({ sources, dpo, reading = spec.reading(recipe), ...stage }) => ({
      ...stage,
      reading,
      others: sources.some(({ gives }) => gives === "translated"),
      preferences: dpo !== undefined,
    }));
  };
  const fields = scaledFields(spec.recipe);
  return {
    id: spec.id,
    version: spec.version,
    module: spec.module,
    recipe: spec.recipe,
    from: spec.from,
    worlds: WORLDS,
    // Real models are tried on real text.
    worldAt: { small: "open", full: "open" },
    unused: ({ llm, encoder }) => [...sizesBeside("llm", llm), ...sizesBeside("encoder", encoder)],
    scales: scales<R>(fields),
    worldScales: worldScales<R>(fields),
    // A system without an encoder has nothing to search with: its row of a retrieval table stays empty.
    benchmarks(recipe, environment) {
      const { task } = recipe;
      const world = worldIn(environment);
      // What a system with a second attention writes in English is not asked yet.
      const written = isFused(spec.reading(recipe)) ? [] : writtenBenchmarks(world, environment.world);
      return [...benchmarksOf(world, task), ...written, ...retrievalBenchmarks(world)];
    },
    programs: (recipe) => spec.translates?.(recipe)?.run.slice(0, 1) ?? [],
    used: (runtime) => engineOf(runtime).used?.(),
    costs: (recipe, environment, place) => systemCosts(recipe, trainingsOf(recipe), environment, place),
    facts(recipe, place) {
      const reading = spec.reading(recipe);
      const translator = spec.translator?.(recipe)?.reading ?? (spec.translates?.(recipe) ? "program" : null);
      const stages = [...helpersOf(recipe), ...stagesOf(recipe)].map((stage) => ({ reading, ...stage }));
      const { task } = recipe;
      return systemFacts(
        { id: spec.id, task, asks: spec.asks?.(recipe) ?? reading, translator, stages },
        place,
        recipe,
      );
    },
    inputs(recipe, environment) {
      if (recipe.encoder !== undefined && isFused(spec.reading(recipe))) {
        checkAllLayers(recipe.encoder, environment);
      }
      return [
        ...worldFiles(environment, systemData(recipe)),
        ...(recipe.encoder === undefined ? [] : encoderFiles(recipe.encoder, environment)),
        ...llmFiles(recipe.llm, environment),
      ];
    },
    async run(recipe, context) {
      const reading = spec.reading(recipe);
      const models: Models = {
        ...await llmModel(recipe.llm, context),
        ...(recipe.encoder === undefined ? {} : { encoder: await encoderModel(recipe.encoder, context) }),
      };
      const english = spec.english?.(recipe) ?? { english: "text" };
      const translator = spec.translator?.(recipe) ?? undefined;
      const reward_model = spec.reward_model?.(recipe);
      const start = await bridgeStart(
        (translator ?? reward_model)?.reading ?? reading,
        recipe.bridge_start,
        { models, english, context },
      );
      const noise = recipe.translation_noise;
      const help = async (helper: Stage & { readonly reading: ReadingByStates } | undefined) =>
        helper &&
        await trainStage(helper, helper.reading, {
          ...{ models, from: null, reward_model: null, start, noise, context },
        });
      const rewarding = await help(reward_model);
      const rewards = reward_model && rewarding && trainedBy(reward_model.reading, models, rewarding.fit);
      const stages: StageFacts[] = [];
      for (const stage of stagesOf(recipe)) {
        const from = stages.at(-1)?.fit ?? null;
        const own = { models, from, reward_model: rewards ?? null, start, noise, context };
        const trained = await trainStage(stage, stage.reading ?? reading, own);
        if (trained !== null) stages.push(trained);
      }
      const translation = await help(translator);
      const all = [rewarding, translation, ...stages].filter((stage) => stage != null);
      if (all.length > 0) await context.step(trainingFactsStep, { stages: all });
      const trained = stages.at(-1)?.fit ?? null;
      const asked = modelsFor(reading, models);
      const { evaluation, task_data } = recipe;
      const asks = spec.asks?.(recipe) ?? reading;
      const translates = translator && translation && trainedBy(translator.reading, models, translation.fit);
      await evaluate(
        {
          ...{ models: asked, trained, reading: asks, evaluation, task_data },
          translator: translates ?? spec.translates?.(recipe) ?? null,
        },
        context,
      );
    },
  };
}

/** A system as a variant of an experiment on LinguaLIFT: the same models, data and budget, after the patch if there is one. */
export function compared<R>(method: DefinedSystem<R>, patch?: Patch<Recipe>): System {
  return system(method, method.from, patch);
}

/**
 * The budget of LinguaLIFT's Task-Transfer, for systems that fine-tune on the same data.
 * @throws {TypeError} for a recipe without that stage
 */
export function taskTransferOf({ transfer }: Recipe): StageNumbers {
  return budgetOf(transfer, "Task-Transfer");
}

/**
 * The budget of LinguaLIFT's Language-Align, for systems that train a bridge.
 * @throws {TypeError} for a recipe without that stage
 */
export function alignBudgetOf({ align }: Recipe): StageNumbers {
  return budgetOf(align, "Language-Align");
}

function budgetOf(stage: Recipe["align"], name: string): StageNumbers {
  if (stage === null) throw new TypeError(`Cannot derive a system's budget from a recipe without ${name}`);
  const { train: _modules, ...numbers } = stage;
  return numbers;
}

/**
 * Trains what writes English by itself, by the same steps as for a system that answers what it wrote.
 */
export async function trainTranslator(
  stage: Stage & { readonly reading: ReadingByStates },
  models: Models,
  { bridge_start, translation_noise: noise }: Pick<Recipe, "bridge_start" | "translation_noise">,
  context: RunContext,
): Promise<{ readonly translator: Trained; readonly facts: StageFacts }> {
  const { reading } = stage;
  const start = await bridgeStart(reading, bridge_start, { models, english: { english: "text" }, context });
  const facts = await trainStage(stage, reading, {
    ...{ models, from: null, reward_model: null, start, noise, context },
  });
  if (facts === null) throw new TypeError("internal: a translator learns no preferences");
  return { translator: trainedBy(reading, models, facts.fit), facts };
}

/** A system that reads so, as a step asks it. */
function trainedBy(reading: Reading, models: Models, trained: Artifact | null): Trained {
  return { ...modelsFor(reading, models), trained, reading };
}

/** The bridge that the training begins with, where the recipe asks for more than a drawn one. */
async function bridgeStart(
  reading: Reading,
  start: Recipe["bridge_start"] | undefined,
  { models, english, context }: { models: Models; english: EnglishSource; context: RunContext },
): Promise<Artifact | null> {
  if (reading.by === "tokens" || start === undefined) return null;
  const { weights, standardised } = start;
  if (weights === "random" && !standardised) return null;
  return await context.step(startBridgeStep, {
    ...modelsFor(reading, models),
    ...worldInput(context, englishData(english)),
    seed: context.seed,
    bridge: reading.bridge,
    weights,
    english,
  });
}

/** Trains a stage; null where it learns preferences and there is none. */
async function trainStage(
  { name, sources, trains, lora, dpo, loss = "target", training }: Stage,
  reading: Reading,
  { models, from, reward_model, start, noise, context }: {
    models: Models;
    from: Artifact | null;
    reward_model: Trained | null;
    start: Artifact | null;
    noise: Recipe["translation_noise"];
    context: RunContext;
  },
): Promise<StageFacts | null> {
  const { examples, max_chars, ...numbers } = training;
  const counts = shares(sources, examples);
  const drawn: { gives: Gives; pairs: Artifact<{ pairs: number }> }[] = [];
  const learner = { system: trainedBy(reading, models, from), reward_model };
  for (const [i, source] of sources.entries()) {
    if (counts[i] === 0) continue;
    const right = await source.draw({ examples: counts[i]!, max_chars }, context, learner);
    // Preferences are between answers to questions as they were asked.
    const isRight = noise === null || dpo !== undefined || source.gives !== "translated";
    const pairs = isRight ? right : await context.step(noiseStep, {
      ...worldInput(context, dictionaryData(context)),
      ...{ seed: context.seed, rates: noise, pairs: right },
    });
    drawn.push({ gives: source.gives, pairs });
  }
  if (dpo !== undefined && drawn.every(({ pairs }) => pairs.value.pairs === 0)) return null;
  const { seed } = context;
  const all = { name, seed, from, pairs: drawn.map(({ pairs }) => pairs), trains, training: numbers };
  if (isFused(reading)) {
    const { llm, llm_tokenizer } = models;
    const encoder = must(models.encoder, "encoder");
    const fit = await context.step(fitFusedStep, { ...all, llm, llm_tokenizer, encoder, reading, start });
    return { updates: training.steps, fit, sources: drawn };
  }
  const fit = await context.step(fitStep, {
    ...modelsFor(reading, models),
    ...all,
    reading,
    start: reading.by === "states" ? start : null,
    ...(trains.includes("lora") ? { lora } : {}),
    ...(dpo === undefined ? {} : { dpo }),
    ...(loss === "target" ? {} : { loss }),
  });
  return { updates: training.steps, fit, sources: drawn };
}

/** Fields that say what kind of model is trained here, where none is. */
function sizesBeside(name: string, part: { readonly checkpoint: string | null } | undefined): string[] {
  if (part === undefined || part.checkpoint === null) return [];
  const counts = ["checkpoint", "tokenizer", "dtype", "digits"];
  return Object.keys(part).filter((field) => !counts.includes(field)).map((field) => `${name}.${field}`);
}

/** Which fields of a recipe have LinguaLIFT's numbers at each scale. */
function scaledFields<R>(schema: GenericSchema<unknown, R>): readonly (keyof Recipe & keyof R)[] {
  const entries = (schema as unknown as { readonly entries: object }).entries;
  return SCALED.filter((field) => field in entries) as unknown as (keyof Recipe & keyof R)[];
}
