/**
 * Step: a stage of a system's training. The pairs of its sources become what the LLM reads and is to write, and the
 * engine trains what the stage names; the frozen parts come out as they went in.
 * @module
 */
import { join } from "node:path";
import { type EncoderFolder, engineOf, type LossEnds, type Trainable } from "../../engine/mod.ts";
import { UserError } from "../../errors.ts";
import type { Artifact, StepContext, StepDefinition } from "../../lab/experiment/types.ts";
import { loadTokenizer } from "../../model/checkpoint/tokenizer.ts";
import { type LoraConfig, loraParameterShapes } from "../../model/llama/lora.ts";
import { type LlmConfig, loadEmbeddings } from "../../model/llm.ts";
import { countParameters } from "../../model/parameters.ts";
import { stream } from "../../random.ts";
import { encoderFolder, type Models } from "../models/models.ts";
import { openReader } from "../reader/reader.ts";
import type { Reading } from "../reader/reading.ts";
import { vocabularyOf } from "../reader/vocabulary.ts";
import type { Training } from "../recipe/fields.ts";
import { inBatches } from "./batches.ts";
import { copyTokenizer } from "./copy_tokenizer.ts";
import { limitsOf, type LossOn, writeExamples } from "./examples.ts";
import { bridgeSize, firstBridge } from "./first_bridge.ts";

/** A stage of a training. */
export interface FitInput extends Models {
  /** Names the random streams. */
  readonly name: string;
  readonly seed: number;
  readonly reading: Reading;
  /** Where it goes on from; null: the pre-trained LLM, with a fresh bridge where it reads states. */
  readonly from: Artifact | null;
  /** The bridge that a training without an earlier one begins with; null: a fresh one. */
  readonly start: Artifact | null;
  /** What the sources drew. */
  readonly pairs: readonly Artifact[];
  readonly trains: readonly Trainable[];
  /** Where adapters learn. */
  readonly lora?: LoraConfig | undefined;
  /** Where pairs have an answer that the other is preferred to. */
  readonly dpo?: { readonly beta: number };
  /** Which tokens the loss is on; default: "target". */
  readonly loss?: LossOn;
  readonly training: Training;
}

/** What a training came to. */
export interface FitResult {
  readonly loss: LossEnds;
  /** Positions of the LLM in all updates, padding left out. */
  readonly tokens: number;
  /** Parameters of each module that learns. */
  readonly parameters: Readonly<Partial<Record<Trainable, number>>>;
}

export const fitStep: StepDefinition<FitInput, FitResult> = {
  id: "fit",
  version: 1,
  module: import.meta.url,
  label: ({ name }) => name,
  async run(inputs: FitInput, context: StepContext) {
    const { training, trains, name, seed, lora, dpo } = inputs;
    const llm = inputs.from === null ? inputs.llm.dir : join(inputs.from.dir, "llm");
    const encoder = inputs.encoder === undefined ? null : encoderFolder(inputs.encoder);
    const engine = engineOf(context.runtime);
    const file = join(context.checkpointDir, "examples.ndjson");
    const { bridge, lengths, sizes } = await prepare(inputs, { llm, encoder, file }, context);
    const random = stream(seed, name, "order");
    const batch = inBatches([...lengths.keys()], (at) => lengths[at]!, training.batch_size, random);
    const order = Array.from({ length: training.steps }, (_, step) => batch(step));
    const loss = await engine.fit({
      model: { llm, states: encoder === null || bridge === null ? null : { encoder, bridge } },
      trains,
      ...(lora === undefined ? {} : { adapters: { ...lora, seed } }),
      training,
      ...(dpo === undefined ? {} : { dpo }),
      examples: file,
      order,
    }, context);
    copyTokenizer(inputs.llm_tokenizer.dir, join(context.dir, "llm"));
    return {
      loss,
      tokens: order.flat().reduce((sum, at) => sum + lengths[at]!, 0),
      parameters: Object.fromEntries(trains.map((module) => [module, sizes[module]])),
    };
  },
};

/** Writes the examples, and says how long each is and which bridge it begins with. No model is open afterwards. */
async function prepare(
  inputs: FitInput,
  { llm, encoder, file }: { llm: string; encoder: EncoderFolder | null; file: string },
  context: StepContext,
): Promise<{
  bridge: string | null;
  lengths: readonly number[];
  sizes: FitResult["parameters"];
}> {
  const counter = encoder === null ? null : await engineOf(context.runtime).encoder(encoder, context.runtime);
  try {
    const model = loadEmbeddings(llm);
    if (inputs.lora !== undefined) checkTakesAdapters(llm, model.config);
    const { reading, llm_tokenizer } = inputs;
    const reader = openReader(reading, vocabularyOf(model.config, loadTokenizer(llm_tokenizer.dir)), counter);
    const lengths = writeExamples(file, inputs, reader, limitsOf(model.config, inputs.encoder, counter));
    const bridge = reading.by === "tokens" || counter === null
      ? null
      : firstBridge(inputs, reading.bridge, counter.hidden_size, model, context.checkpointDir);
    const sizes = {
      llm: model.config.parameters,
      bridge: reading.by === "tokens" || counter === null ? 0 : bridgeSize({
        ...reading.bridge,
        d_enc: counter.hidden_size,
        d_lm: model.config.hidden_size,
      }),
      lora: inputs.lora === undefined ? 0 : countParameters(loraParameterShapes(model.config, inputs.lora)),
    };
    return { bridge, lengths, sizes };
  } finally {
    await counter?.dispose();
  }
}

/** @throws {UserError} for an LLM whose linear layers have other names than Llama's */
function checkTakesAdapters(folder: string, { family }: LlmConfig): void {
  if (family === "llama") return;
  throw new UserError(
    `Cannot train adapters beside "${folder}": they are for Llama and Mistral, it is a ${family}`,
  );
}
