/**
 * Step: the mini encoder, pre-trained on the same amount of every language (`encoder_objective.ts`). What a real encoder
 * learned from the web and from parallel text, a mini one learns here; it never sees a question with its answer.
 * @module
 */
import type { Artifact, StepContext, StepDefinition } from "../../lab/types.ts";
import { type EncoderConfig, encoderConfig, encoderParameterShapes } from "../../model/encoder_config.ts";
import { type EncoderModel, exportEncoder, loadEncoder } from "../../model/encoder_model.ts";
import { stream } from "../../random.ts";
import { encoderBatch } from "../encoder_batches.ts";
import { encoderObjective } from "../encoder_objective.ts";
import { committedPart, type Pretraining } from "../pretrained.ts";
import type { Recipe } from "../recipe.ts";
import { train } from "../train.ts";
import { openWorld, type WorldInput } from "../worlds.ts";
import { tokenizerOf } from "./tokenizers.ts";

/** What the encoder is trained on. */
export interface EncoderInput extends WorldInput {
  readonly encoder: Recipe["encoder"];
  readonly tokenizer: Artifact;
}

/** Longest input; a sentence pair of the mini world has up to 350 tokens in the smallest vocabulary. */
const MAX_POSITIONS = 512;

export const pretrainEncoderStep: StepDefinition<EncoderInput, { loss: { first: number; last: number } }> = {
  id: "pretrain_encoder",
  version: 1,
  module: import.meta.url,
  async run(inputs: EncoderInput, context: StepContext) {
    const { config, pretraining } = encoderPretraining(inputs);
    const trained = await committedPart("encoder", pretraining, context.dir) ??
      await train(pretraining, context);
    exportEncoder(context.dir, { config, weights: trained.parameters });
    return { loss: trained.loss };
  },
};

/** The encoder and how it is trained. */
export function encoderPretraining(
  inputs: EncoderInput,
): { config: EncoderConfig; pretraining: Pretraining } {
  const { pretrain, ...size } = inputs.encoder;
  const tokenizer = tokenizerOf(inputs.tokenizer);
  const config = encoderConfig({
    ...size,
    vocab_size: tokenizer.vocabSize,
    max_position_embeddings: MAX_POSITIONS,
  });
  const world = openWorld(inputs);
  const pretraining = {
    ...encoderObjective(config, pretrain, stream(pretrain.seed, "encoder", "init")),
    training: pretrain,
    batch: (step: number) => encoderBatch(world, tokenizer, pretrain, step),
    kept: Object.keys(encoderParameterShapes(config)),
  };
  return { config, pretraining };
}

/** The encoder that the step wrote. */
export function encoderOf({ dir }: Artifact): EncoderModel {
  return loadEncoder(dir);
}
