/**
 * LinguaLIFT's trainable whole: alignment layer with boundary vectors, and the LLM that reads what they make of an
 * encoder's states. Both stages train some of its parameters; both write all of them.
 * @module
 */
import { join } from "node:path";
import type { StepContext } from "../lab/types.ts";
import { type AlignmentConfig, alignmentParameterShapes, initAlignment } from "../model/alignment.ts";
import {
  assembledTargets,
  targetFeeds,
  targetInputs,
  targetNegativeLogLikelihood,
} from "../model/target_loss.ts";
import { assembleInputsEmbeds, assemblyFeeds, assemblyInputs } from "../model/assembly.ts";
import { llamaParameters, llamaStates, lmHead } from "../model/llama.ts";
import { exportLlama, type LlamaModel, loadLlama } from "../model/llama_model.ts";
import { parameterInputs, type Weights } from "../model/parameters.ts";
import type { Stream } from "../random.ts";
import { mean, openSafetensors, writeSafetensors } from "../tensor/mod.ts";
import { inBatches } from "./batches.ts";
import { BOS } from "./prompts.ts";
import type { Recipe, Stage } from "./recipe.ts";
import { type Loop, train, type Trained } from "./train.ts";

/** Alignment layer and LLM with their weights. */
export interface Lift {
  readonly alignment: { readonly config: AlignmentConfig; readonly weights: Weights };
  readonly llm: LlamaModel;
}

/** What the LLM learns to write after what the encoder read. */
export interface LiftExample {
  /** float32 [tokens, d_enc] */
  readonly hidden_states: Float32Array;
  /** The instruction's ids; empty where the recipe follows the release. */
  readonly instruction: readonly number[];
  /** [target; eos] */
  readonly target: readonly number[];
}

const LAYERS = { linear: 1, mlp2: 2, mlp3: 3 } as const;

/**
 * A fresh alignment layer on an LLM. What it puts out starts at the scale of the LLM's token embeddings: the release
 * leaves PyTorch's default, which for a mini LLM is ten times too large.
 */
export function freshLift(
  kind: Recipe["alignment_layer"],
  d_enc: number,
  llm: LlamaModel,
  random: Stream,
): Lift {
  const config: AlignmentConfig = { d_enc, d_lm: llm.config.hidden_size, layers: LAYERS[kind] };
  const std = deviation(llm.weights["model.embed_tokens.weight"]);
  const weights = initAlignment(config, random, { boundaryStd: std });
  const last = `alignment.layers.${config.layers - 1}`;
  // A uniform weight within 1 / sqrt(inputs) passes on a third of the variance of its inputs, which is about 1.
  const scaled = [`${last}.weight`, `${last}.bias`].map((name) =>
    [name, weights[name].map((x) => x * std * Math.sqrt(3))] as const
  );
  return { alignment: { config, weights: { ...weights, ...Object.fromEntries(scaled) } }, llm };
}

function deviation(data: Float32Array): number {
  return Math.sqrt(data.reduce((sum, x) => sum + x * x, 0) / data.length);
}

/** Trains the modules that `stage` names on `examples`, epoch after epoch. */
export async function trainLift(
  lift: Lift,
  examples: readonly LiftExample[],
  stage: Stage,
  order: Stream,
  context: StepContext,
): Promise<{ lift: Lift; loss: Trained["loss"] }> {
  const { config } = lift.alignment;
  const batches = inBatches(
    examples,
    ({ hidden_states, instruction, target }) =>
      hidden_states.length / config.d_enc + instruction.length + target.length,
    stage.batch_size,
    order,
  );
  const { parameters, loss } = await train({
    spec: liftSpec(lift, stage.train),
    values: { ...lift.alignment.weights, ...lift.llm.weights },
    training: stage,
    batch: (step) => liftFeeds(batches(step), config.d_enc),
  }, context);
  const updated = (weights: Weights) =>
    Object.fromEntries(Object.entries(weights).map(([name, old]) => [name, parameters[name] ?? old]));
  return {
    lift: {
      alignment: { config, weights: updated(lift.alignment.weights) },
      llm: { config: lift.llm.config, weights: updated(lift.llm.weights) },
    },
    loss,
  };
}

/** The loss on the targets given states and instruction (Eq. 5 and 6), and what of the parameters learns. */
function liftSpec({ alignment, llm }: Lift, train: Stage["train"]): Loop["spec"] {
  const own = {
    alignment: parameterInputs(alignmentParameterShapes(alignment.config)),
    llm: llamaParameters(llm.config),
  };
  const parameters = { ...own.alignment, ...own.llm };
  const inputs = assemblyInputs(alignment.config.d_enc);
  const embeds = assembleInputsEmbeds(alignment.config, parameters, BOS, inputs);
  const { attention_mask, position_ids } = inputs;
  // States and text of a batch are padded each to its own longest, so that rows may be longer than any example; ONNX
  // Runtime wants a rotary table as long as the rows.
  const roomy = { ...llm.config, max_position_embeddings: 2 * llm.config.max_position_embeddings };
  const states = llamaStates(roomy, parameters, embeds, attention_mask, position_ids);
  const targets = targetInputs();
  const nll = targetNegativeLogLikelihood(states, targets, (x) => lmHead(llm.config, parameters, x));
  return { loss: mean(nll), parameters, trainable: new Set(train.flatMap((name) => Object.keys(own[name]))) };
}

function liftFeeds(examples: readonly LiftExample[], d_enc: number): ReturnType<Loop["batch"]> {
  const texts = examples.map(({ instruction, target }) => [...instruction, ...target]);
  const assembled = assemblyFeeds(
    // The last token of a text predicts nothing.
    examples.map(({ hidden_states }, i) => ({ hidden_states, ids: texts[i].slice(0, -1) })),
    d_enc,
  );
  const starts = examples.map(({ instruction }) => instruction.length);
  const targets = assembledTargets(texts, starts, assembled.encEnd);
  const { encoder_attention_mask: _ofTheEncoder, ...feeds } = assembled.feeds;
  return { ...feeds, ...targetFeeds(targets, examples.length, assembled.length) };
}

/** Writes a folder with `llm/` in Hugging Face layout (with the files of its tokenizer) and the alignment layer. */
export function saveLift(
  folder: string,
  { alignment, llm }: Lift,
  tokenizer: Readonly<Record<string, unknown>> = {},
): void {
  exportLlama(join(folder, "llm"), llm, { json: tokenizer });
  const shapes = alignmentParameterShapes(alignment.config);
  writeSafetensors(
    join(folder, "alignment.safetensors"),
    Object.entries(shapes).map(([name, shape]) => ({
      name,
      dtype: "F32" as const,
      shape,
      data: alignment.weights[name],
    })),
    { config: JSON.stringify(alignment.config) },
  );
}

/** Reads what `saveLift` wrote. */
export function loadLift(folder: string): Lift {
  const file = openSafetensors(join(folder, "alignment.safetensors"));
  const config: AlignmentConfig = JSON.parse(file.metadata.config);
  const names = Object.keys(alignmentParameterShapes(config));
  const weights = Object.fromEntries(names.map((name) => [name, file.float32(name)]));
  return { alignment: { config, weights }, llm: loadLlama(join(folder, "llm")) };
}
