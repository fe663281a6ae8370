/**
 * Step: a stage of a system's training. The pairs of its sources become what the LLM reads and is to write, and the
 * engine trains what the stage names; the frozen parts come out as they went in.
 * @module
 */
import { join } from "node:path";
import {
  type EncoderFolder,
  engineOf,
  type Example,
  type LossEnds,
  type Preference,
  type Prompt,
  type TextEncoder,
  type Trainable,
} from "../../engine/mod.ts";
import { atLeast } from "../../checked.ts";
import { UserError } from "../../errors.ts";
import { exists } from "../../files.ts";
import { writeNdjson } from "../../ndjson.ts";
import type { Artifact, StepContext, StepDefinition } from "../../lab/experiment/types.ts";
import { BRIDGE_FILE, saveBridge } from "../../model/bridge/file.ts";
import { type BridgeConfig, bridgeParameterShapes, FROZEN_IN_BRIDGE } from "../../model/bridge/layer.ts";
import { type LoraConfig, loraParameterShapes } from "../../model/llama/lora.ts";
import { type LlmConfig, type LlmEmbeddings, loadEmbeddings } from "../../model/llm.ts";
import { countParameters } from "../../model/parameters.ts";
import { loadTokenizer, TOKENIZER_FILES } from "../../model/checkpoint/tokenizer.ts";
import { stream } from "../../random.ts";
import { encoderFolder, type Models } from "../models/models.ts";
import { vocabularyOf } from "../reader/vocabulary.ts";
import { openReader } from "../reader/reader.ts";
import type { Reading } from "../reader/reading.ts";
import type { Training } from "../recipe/fields.ts";
import { readPairs } from "../source/source.ts";
import { inBatches } from "./batches.ts";
import { freshBridge } from "./fresh_bridge.ts";

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

/** The answer alone, or the prompt before it as well: where the LLM reads tokens alone, all but their first. */
export const LOSS_ON = ["target", "row"] as const;
export type LossOn = typeof LOSS_ON[number];

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
    const lengths = writeExamples(file, inputs, counter, model.config);
    const bridge = bridgeOf(inputs, model, counter, context);
    const sizes = {
      llm: model.config.parameters,
      bridge: inputs.reading.by === "tokens" || counter === null ? 0 : bridgeSize({
        ...inputs.reading.bridge,
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

/**
 * Writes the examples, of which there may be more than memory holds, and says how many tokens each has.
 * @throws {UserError} when one is longer than what the LLM, or a real encoder, can read
 */
function writeExamples(
  file: string,
  { pairs, reading, llm_tokenizer, encoder: source, loss }: FitInput,
  encoder: TextEncoder | null,
  config: LlmConfig,
): number[] {
  const { max_position_embeddings: positions, vocab_size } = config;
  const reader = openReader(reading, vocabularyOf(config, loadTokenizer(llm_tokenizer.dir)), encoder);
  const lengths: number[] = [];
  let [longest, highest, cut] = [0, 0, 0];
  function* examples(): Generator<Answered> {
    for (const { source, target, rejected, instruction } of pairs.values().flatMap(readPairs)) {
      const { prompt, length, isCut } = reader.read(source, instruction);
      const answers = [target, ...(rejected === undefined ? [] : [rejected])].map(reader.target);
      // Both answers of a preference are read.
      lengths.push(answers.reduce((sum, ids) => sum + length + ids.length, 0));
      // The last token of a target is written, not read.
      longest = Math.max(longest, ...answers.map((ids) => length + ids.length - 1));
      for (const ids of [prompt.ids, ...answers]) for (const id of ids) highest = Math.max(highest, id);
      if (isCut) cut += 1;
      const whole = exampleOf(prompt, answers);
      yield loss === "row" ? rowOf(whole) : whole;
    }
  }
  writeNdjson(file, examples());
  if (longest > positions) {
    throw new UserError(
      `Cannot train: an example has ${longest} tokens, the LLM has ${positions} positions; lower the stage's max_chars`,
    );
  }
  if (highest >= vocab_size) {
    throw new UserError(
      `Cannot train: the LLM's tokenizer gives id ${highest}, the LLM has ${vocab_size} tokens; take both from the ` +
        "same model",
    );
  }
  // The lab's own vocabularies may spell a script in bytes; of such texts it reads the beginning.
  if (cut > 0 && encoder !== null && source?.kind !== "mini") {
    throw new UserError(
      `Cannot train: the ends of ${cut} of ${lengths.length} texts would be lost, which are longer than the ` +
        `${encoder.max_tokens} tokens that the encoder reads; lower the stage's max_chars`,
    );
  }
  return lengths;
}

/** An example or a preference. */
type Answered = Example & Partial<Pick<Preference, "rejected">>;

function exampleOf(prompt: Prompt, answers: readonly number[][]): Answered {
  const [target, rejected] = atLeast(answers, 1);
  return rejected === undefined ? { ...prompt, target } : { ...prompt, target, rejected };
}

/** The same tokens, of which the first alone is given. @throws {TypeError} where states come first */
function rowOf(example: Answered): Answered {
  if (example.text !== null) throw new TypeError("internal: a loss on whole rows is for tokens alone");
  const { ids, target } = example;
  return { ...example, ids: ids.slice(0, 1), target: [...ids.slice(1), ...target] };
}

/** The file of the bridge that the training starts with: the one it goes on from, or a fresh one. */
function bridgeOf(
  { from, start, reading, seed }: FitInput,
  llm: LlmEmbeddings,
  encoder: TextEncoder | null,
  { checkpointDir }: StepContext,
): string | null {
  if (reading.by === "tokens" || encoder === null) return null;
  const earlier = from && join(from.dir, BRIDGE_FILE);
  if (earlier !== null && exists(earlier)) return earlier;
  if (start !== null) return join(start.dir, BRIDGE_FILE);
  const fresh = join(checkpointDir, BRIDGE_FILE);
  // The same for a seed, whichever stage comes first.
  const random = stream(seed, "alignment", "init");
  saveBridge(fresh, freshBridge(reading.bridge, encoder.hidden_size, llm, random));
  return fresh;
}

/** @throws {UserError} for an LLM whose linear layers have other names than Llama's */
function checkTakesAdapters(folder: string, { family }: LlmConfig): void {
  if (family === "llama") return;
  throw new UserError(
    `Cannot train adapters beside "${folder}": they are for Llama and Mistral, it is a ${family}`,
  );
}

/** How many numbers of a bridge learn. */
function bridgeSize(config: BridgeConfig): number {
  const shapes = Object.entries(bridgeParameterShapes(config)).filter(([name]) =>
    !FROZEN_IN_BRIDGE.includes(name)
  );
  return countParameters(Object.fromEntries(shapes));
}

/** Puts the LLM's tokenizer into its folder, so that other libraries can open it. */
function copyTokenizer(from: string, to: string): void {
  for (const name of TOKENIZER_FILES) {
    if (exists(join(from, name))) Deno.copyFileSync(join(from, name), join(to, name));
  }
}
