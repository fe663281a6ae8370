/**
 * What a system's steps take, before any is done: its stages by the engine's estimate, its answers by how fast a device reads
 * weights. For real models alone; mini ones are planned by what they took before.
 * @module
 */
import { fitCost } from "../engine/cost/mod.ts";
import type { Trainable } from "../engine/mod.ts";
import type { Environment, Place, StepCost } from "../lab/experiment/types.ts";
import { bridgeParameterShapes } from "../model/bridge/layer.ts";
import { fusionParameterShapes } from "../model/fusion/layer.ts";
import type { LlmConfig } from "../model/llm.ts";
import { loraParameterShapes } from "../model/llama/lora.ts";
import { countParameters } from "../model/parameters.ts";
import type { EncoderSize } from "../model/sizes.ts";
import { languageTable } from "../world/table.ts";
import { encoderSize } from "./models/encoder.ts";
import { llmSize } from "./models/llm.ts";
import { itemsAsked } from "./evaluate/items_asked.ts";
import { isFused, type Reading, readsQuestion } from "./reader/reading.ts";
import type { Evaluation, Recipe, StageNumbers } from "./recipe/fields.ts";

/** A training as a system declares it. */
export interface PlannedStage {
  readonly name: string;
  readonly trains: readonly Trainable[];
  readonly lora?: Recipe["lora"] | undefined;
  readonly training: StageNumbers;
  readonly reading: Reading;
  /** Whether examples hold text of other languages; both answers of a preference are in a batch. */
  readonly others: boolean;
  readonly preferences: boolean;
}

/** Of English text, on the careful side: SmolLM2's tokens have four. */
const CHARS_A_TOKEN = 2;
/** Of text in a script that the LLM's vocabulary spells in bytes: SmolLM2 takes 2.5 tokens for a letter of Sinhala. */
const CHARS_A_TOKEN_SPELLED = 0.4;
/** A row at most where no limit is set: what the release cuts at (1st-stage.yaml), and what scale small's texts have. */
const LONGEST = 1280;
/** A row on average, of the longest. Ours: MetaMathQA's have some 300 tokens. */
const USUAL = 1 / 4;
/** Tokens of an answer on average, of which there may be more. Ours. */
const ANSWER_TOKENS = 200;
/** Problems a language, by Table 5; what a recipe asks may be fewer. */
const ITEMS: Readonly<Record<string, number>> = {
  mgsm: 250,
  msvamp: 1000,
  mmwp: 800,
  xnli: 5010,
  xcsqa: 1000,
};
/** A step of writing takes at least as long, whatever the model: Python and the launch of its kernels. Ours. */
const STEP_S = 0.02;

/** What each training of a system takes, and its answers; nothing where the LLM is one that the lab pre-trains. */
export function systemCosts(
  recipe: { llm: Recipe["llm"]; encoder?: Recipe["encoder"]; evaluation: Evaluation },
  trainings: readonly PlannedStage[],
  environment: Environment,
  place: Place,
): StepCost[] {
  if (recipe.llm.checkpoint === null) return [];
  const llm = llmSize(recipe.llm.checkpoint, environment);
  const encoder = recipe.encoder === undefined ? null : encoderSize(recipe.encoder, environment);
  const fits = trainings.map((training) => stageCost(training, llm, encoder, place));
  return [...fits, ...answerCosts(llm, recipe.evaluation, place)];
}

function stageCost(
  { name, trains, lora, training, reading, others, preferences }: PlannedStage,
  llm: LlmConfig,
  encoder: EncoderSize | null,
  { runtime, device }: Place,
): StepCost {
  const reads = reading.by === "states" && encoder !== null;
  const spelled = others && readsQuestion(reading);
  const limit = (training.max_chars ?? Infinity) / (spelled ? CHARS_A_TOKEN_SPELLED : CHARS_A_TOKEN);
  const longest = Math.ceil(Math.min(llm.max_position_embeddings, LONGEST, limit));
  const { bytes, flops, disk_bytes, scratch_bytes } = fitCost({
    llm,
    trains,
    encoder_parameters: reads ? encoder.parameters : 0,
    bridge_parameters: reads
      ? countParameters(
        bridgeParameterShapes({ ...reading.bridge, d_enc: encoder.hidden_size, d_lm: llm.hidden_size }),
      ) + (isFused(reading) ? fusionSize(encoder, llm) : 0)
      : 0,
    lora_parameters: lora === undefined ? 0 : countParameters(loraParameterShapes(llm, lora)),
    steps: training.steps,
    batch_size: training.batch_size * (preferences ? 2 : 1),
    longest,
    usual: longest * USUAL,
  }, runtime);
  const processes = runtime.processes ?? 1;
  return {
    step: `fit ${name}`,
    bytes,
    seconds: flops / (processes * device.flops),
    disk_bytes,
    scratch_bytes,
  };
}

/** Aligner and gates, which learn with the bridge; how many layers the encoder has hardly matters. */
function fusionSize({ hidden_size }: EncoderSize, llm: LlmConfig): number {
  return countParameters(fusionParameterShapes({
    ...{ d_enc: hidden_size, d_lm: llm.hidden_size },
    ...{ encoder_layers: 12, llm_layers: llm.num_hidden_layers },
  }));
}

/** A step of a batch reads all weights once, and computes two operations a weight and row. */
function answerCosts(
  llm: LlmConfig,
  evaluation: Evaluation,
  { runtime, device, benchmarks }: Place,
): StepCost[] {
  const { max_new_tokens, batch_size } = evaluation;
  const { parameters } = llm;
  const weight = runtime.dtype === "bfloat16" ? 2 : 4;
  const processes = runtime.processes ?? 1;
  return benchmarks.filter((id) => id in ITEMS).map((id) => {
    const each = Math.min(itemsAsked(evaluation, id), ITEMS[id]!);
    const languages = languageTable().filter(({ benchmarks }) => benchmarks.has(id as "mgsm")).length;
    const steps = Math.ceil(each * languages / batch_size) * Math.min(max_new_tokens, ANSWER_TOKENS);
    const computed = 2 * parameters * batch_size / device.flops;
    const seconds = steps * Math.max(parameters * weight / device.bytes_per_s, computed, STEP_S) / processes;
    // Keys and values of every row beside the weights.
    const rows = batch_size * (LONGEST + max_new_tokens);
    const kept = rows * 2 * llm.num_key_value_heads * llm.head_dim * llm.num_hidden_layers * weight;
    return {
      step: `answer ${id}`,
      bytes: parameters * weight + kept,
      seconds,
      disk_bytes: 0,
      scratch_bytes: 0,
    };
  });
}
