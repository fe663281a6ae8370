/**
 * Step: a stage of a system whose LLM has a second attention on the encoder's layers. `fit.ts` is the same for all others; this
 * one is not part of it, so that a change of the second attention trains no other system anew.
 * @module
 */
import { join } from "node:path";
import { fused, lowerLayers } from "../../engine/fused/mod.ts";
import { engineOf, type TextEncoder, type Trainable } from "../../engine/mod.ts";
import { exists } from "../../files.ts";
import type { StepContext, StepDefinition } from "../../lab/experiment/types.ts";
import { loadTokenizer } from "../../model/checkpoint/tokenizer.ts";
import { FUSION_FILE, saveFusion } from "../../model/fusion/file.ts";
import { alignerParameterShapes, type FusionConfig, initFusion } from "../../model/fusion/layer.ts";
import { type LlmEmbeddings, loadEmbeddings } from "../../model/llm.ts";
import { countParameters } from "../../model/parameters.ts";
import { stream } from "../../random.ts";
import { encoderFolder, type EncoderSource } from "../models/models.ts";
import { openReader } from "../reader/reader.ts";
import type { FusedReading } from "../reader/reading.ts";
import { vocabularyOf } from "../reader/vocabulary.ts";
import { inBatches } from "./batches.ts";
import { copyTokenizer } from "./copy_tokenizer.ts";
import { limitsOf, writeExamples } from "./examples.ts";
import { bridgeSize, firstBridge } from "./first_bridge.ts";
import type { FitInput, FitResult } from "./fit.ts";

/** A stage of such a training; what does not hold for it is left out. */
export interface FusedFitInput extends Omit<FitInput, "reading" | "encoder" | "lora" | "dpo" | "loss"> {
  readonly reading: FusedReading;
  readonly encoder: EncoderSource;
}

export const fitFusedStep: StepDefinition<FusedFitInput, FitResult> = {
  id: "fit",
  version: 1,
  module: import.meta.url,
  label: ({ name }) => name,
  async run(inputs: FusedFitInput, context: StepContext) {
    const { training, trains, name, seed, from } = inputs;
    const llm = from === null ? inputs.llm.dir : join(from.dir, "llm");
    const encoder = encoderFolder(inputs.encoder);
    const examples = join(context.checkpointDir, "examples.ndjson");
    const counter = await engineOf(context.runtime).encoder(encoder, context.runtime);
    try {
      const model = loadEmbeddings(llm);
      const vocabulary = vocabularyOf(model.config, loadTokenizer(inputs.llm_tokenizer.dir));
      const reader = openReader(inputs.reading, vocabulary, counter);
      const lengths = writeExamples(
        examples,
        inputs,
        reader,
        limitsOf(model.config, inputs.encoder, counter),
      );
      const sizes = fusionSizes(model, counter, lowerLayers(encoder));
      const { checkpointDir } = context;
      const files = {
        // The one that MindMerger begins with.
        bridge: firstBridge(inputs, inputs.reading.bridge, sizes.d_enc, model, checkpointDir),
        fusion: firstFusion(inputs, sizes, checkpointDir),
      };
      const batch = inBatches(
        [...lengths.keys()],
        (at) => lengths[at]!,
        training.batch_size,
        stream(seed, name, "order"),
      );
      const order = Array.from({ length: training.steps }, (_, step) => batch(step));
      const loss = await fused.fit(
        { model: { llm, states: { encoder, ...files } }, trains, training, examples, order },
        context,
      );
      copyTokenizer(inputs.llm_tokenizer.dir, join(context.dir, "llm"));
      const parameters = parameterCounts(inputs.reading, sizes);
      return {
        loss,
        tokens: order.flat().reduce((sum, at) => sum + lengths[at]!, 0),
        parameters: Object.fromEntries(trains.map((module) => [module, parameters[module]])),
      };
    } finally {
      await counter.dispose();
    }
  },
};

function fusionSizes(
  { config: { hidden_size, num_hidden_layers } }: LlmEmbeddings,
  encoder: TextEncoder,
  encoder_layers: number,
): FusionConfig {
  return { d_enc: encoder.hidden_size, d_lm: hidden_size, encoder_layers, llm_layers: num_hidden_layers };
}

/** The file of aligner and gates that the training starts with: of the one that it goes on from, or a fresh one. */
function firstFusion({ from, seed }: FusedFitInput, sizes: FusionConfig, folder: string): string {
  const earlier = from && join(from.dir, FUSION_FILE);
  if (earlier !== null && exists(earlier)) return earlier;
  const fresh = join(folder, FUSION_FILE);
  saveFusion(fresh, { config: sizes, weights: initFusion(sizes, stream(seed, "layalign", "init")) });
  return fresh;
}

/** How many numbers of each module learn. */
function parameterCounts({ bridge }: FusedReading, sizes: FusionConfig): Partial<Record<Trainable, number>> {
  const { d_enc, d_lm, llm_layers } = sizes;
  return {
    bridge: bridgeSize({ ...bridge, d_enc, d_lm }),
    aligner: countParameters(alignerParameterShapes(sizes)),
    gates: llm_layers,
  };
}
