/**
 * Step: the mini encoder, pre-trained on the same amount of every language (`encoder_objective.ts`). What a real encoder
 * learned from the web and from parallel text, a mini one learns here; it never sees a question with its answer.
 * @module
 */
import type { Artifact, StepContext, StepDefinition } from "../../lab/experiment/types.ts";
import { type EncoderConfig, encoderConfig, encoderParameterShapes } from "../../model/encoder/config.ts";
import { type EncoderModel, exportEncoder } from "../../model/encoder/model.ts";
import { loadTokenizer } from "../../model/checkpoint/tokenizer.ts";
import { stream } from "../../random.ts";
import { equalShares } from "../../world/mini/mod.ts";
import { encoderBatches } from "./encoder_batches.ts";
import { encoderObjective } from "./encoder_objective.ts";
import { createTextEncoder } from "../../engine/onnx/encoder.ts";
import { committedModel, type Pretraining } from "./committed.ts";
import type { OwnEncoder } from "../recipe/fields.ts";
import { train } from "../../engine/onnx/train.ts";
import { whiten } from "./whitening.ts";
import { openWorld, type WorldInput } from "../source/worlds.ts";

/** What the encoder is trained on. */
export interface EncoderInput extends WorldInput {
  readonly encoder: OwnEncoder;
  readonly tokenizer: Artifact;
}

/** Longest input; a sentence pair of the mini world has up to 350 tokens in the smallest vocabulary. */
const MAX_POSITIONS = 512;
/** Texts whose states' moments are measured for whitening. */
const SAMPLED = 2000;

export const pretrainEncoderStep: StepDefinition<EncoderInput, { loss: { first: number; last: number } }> = {
  id: "pretrain_encoder",
  version: 1,
  module: import.meta.url,
  // The lab's own loop, whatever engine the run has.
  runtime: ["device", "threads"],
  async run(inputs: EncoderInput, context: StepContext) {
    const { config, pretraining } = encoderPretraining(inputs);
    const trained = await committedModel("encoder", pretraining, context.dir) ??
      await train(pretraining, context);
    const model = { config, weights: trained.parameters };
    exportEncoder(
      context.dir,
      inputs.encoder.whitened ? whiten(model, await sampledStates(model, inputs, context)) : model,
    );
    return { loss: trained.loss };
  },
};

/** The encoder's states on as much text of every language. */
async function sampledStates(
  model: EncoderModel,
  { encoder: { pretrain: { seed } }, tokenizer, ...input }: EncoderInput,
  { runtime }: StepContext,
): Promise<Float32Array[]> {
  const world = openWorld(input);
  const shares = equalShares(world.languages().map(({ code }) => code));
  const texts = world.mixed(shares, { seed, count: SAMPLED }).map(({ text }) => text);
  const encoder = await createTextEncoder(model, loadTokenizer(tokenizer.dir), runtime);
  try {
    return await encoder.encode(texts);
  } finally {
    await encoder.dispose();
  }
}

/** The encoder and how it is trained. */
export function encoderPretraining(
  inputs: EncoderInput,
): { config: EncoderConfig; pretraining: Pretraining } {
  const { hidden_size, intermediate_size, num_hidden_layers, num_attention_heads, pretrain } = inputs.encoder;
  const tokenizer = loadTokenizer(inputs.tokenizer.dir);
  const config = encoderConfig({
    hidden_size,
    intermediate_size,
    num_hidden_layers,
    num_attention_heads,
    vocab_size: tokenizer.vocabSize,
    max_position_embeddings: MAX_POSITIONS,
  });
  const world = openWorld(inputs);
  const pretraining = {
    ...encoderObjective(config, pretrain, stream(pretrain.seed, "encoder", "init")),
    training: pretrain,
    batch: encoderBatches(world, tokenizer, pretrain),
    kept: Object.keys(encoderParameterShapes(config)),
  };
  return { config, pretraining };
}
