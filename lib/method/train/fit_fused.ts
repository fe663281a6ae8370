/**
 * Step: a stage of a system whose LLM has a second attention on the encoder's layers. `fit.ts` is the same for all others; this
 * one is not part of it, since every edit there would train all of them anew.
 * @module
 */
import { join } from "node:path";
import { engineOf, type TextEncoder, type Trainable } from "../../engine/mod.ts";
import { fused, lowerLayers } from "../../engine/fused/mod.ts";
import { exists } from "../../files.ts";
import type { Artifact, StepContext, StepDefinition } from "../../lab/experiment/types.ts";
import { BRIDGE_FILE, saveBridge } from "../../model/bridge/file.ts";
import { bridgeParameterShapes, FROZEN_IN_BRIDGE } from "../../model/bridge/layer.ts";
import { loadTokenizer, TOKENIZER_FILES } from "../../model/checkpoint/tokenizer.ts";
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
import { type ExampleLimits, writeExamples } from "./examples.ts";
import type { FitInput, FitResult } from "./fit.ts";
import { freshBridge } from "./fresh_bridge.ts";

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
      const lengths = written(examples, inputs, counter, model);
      const sizes = fusionSizes(model, counter, lowerLayers(encoder));
      const files = firstFiles(inputs, model, sizes, context);
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
      copyTokenizer(inputs.llm_tokenizer, join(context.dir, "llm"));
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

/** Writes the examples, and says how many positions of the LLM each takes. */
function written(
  file: string,
  { pairs, reading, llm_tokenizer, encoder: { kind } }: FusedFitInput,
  encoder: TextEncoder,
  { config }: LlmEmbeddings,
): number[] {
  const reader = openReader(reading, vocabularyOf(config, loadTokenizer(llm_tokenizer.dir)), encoder);
  const limits: ExampleLimits = {
    positions: config.max_position_embeddings,
    ids: config.vocab_size,
    // The lab's own vocabularies may spell a script in bytes; of such texts the encoder reads the beginning.
    encoder_tokens: kind === "mini" ? null : encoder.max_tokens,
  };
  return writeExamples(file, pairs, reader, limits);
}

function fusionSizes(
  { config: { hidden_size, num_hidden_layers } }: LlmEmbeddings,
  encoder: TextEncoder,
  encoder_layers: number,
): FusionConfig {
  return { d_enc: encoder.hidden_size, d_lm: hidden_size, encoder_layers, llm_layers: num_hidden_layers };
}

/** The files of bridge, aligner and gates that the training starts with: of the one that it goes on from, or fresh ones. */
function firstFiles(
  { from, start, reading, seed }: FusedFitInput,
  llm: LlmEmbeddings,
  sizes: FusionConfig,
  { checkpointDir }: StepContext,
): { bridge: string; fusion: string } {
  const earlier = (name: string): string | null =>
    from !== null && exists(join(from.dir, name)) ? join(from.dir, name) : null;
  const fresh = (name: string, save: (path: string) => void): string => {
    const path = join(checkpointDir, name);
    save(path);
    return path;
  };
  return {
    bridge: earlier(BRIDGE_FILE) ??
      (start === null
        // As in `fit.ts`, so that it is the bridge that MindMerger begins with.
        ? fresh(
          BRIDGE_FILE,
          (path) =>
            saveBridge(
              path,
              freshBridge(reading.bridge, sizes.d_enc, llm, stream(seed, "alignment", "init")),
            ),
        )
        : join(start.dir, BRIDGE_FILE)),
    fusion: earlier(FUSION_FILE) ??
      fresh(
        FUSION_FILE,
        (path) =>
          saveFusion(path, { config: sizes, weights: initFusion(sizes, stream(seed, "layalign", "init")) }),
      ),
  };
}

/** How many numbers of each module learn. */
function parameterCounts({ bridge }: FusedReading, sizes: FusionConfig): Partial<Record<Trainable, number>> {
  const { d_enc, d_lm, llm_layers } = sizes;
  const ofBridge = Object.entries(bridgeParameterShapes({ ...bridge, d_enc, d_lm }))
    .filter(([name]) => !FROZEN_IN_BRIDGE.includes(name));
  return {
    bridge: countParameters(Object.fromEntries(ofBridge)),
    aligner: countParameters(alignerParameterShapes(sizes)),
    gates: llm_layers,
  };
}

/** Puts the LLM's tokenizer into its folder, so that other libraries can open it. */
function copyTokenizer({ dir }: Artifact, to: string): void {
  for (const name of TOKENIZER_FILES) {
    if (exists(join(dir, name))) Deno.copyFileSync(join(dir, name), join(to, name));
  }
}
