/**
 * A training job on ONNX Runtime: texts go through the frozen encoder once, then what the job names learns to write the
 * targets (Eq. 5 and 6 of the paper for LinguaLIFT's stages).
 * @module
 */
import { join } from "node:path";
import { llamaStates, lmHead } from "../../model/llama/graph.ts";
import { exportLora, initLora, loraParameterShapes, mergeLora, withLora } from "../../model/llama/lora.ts";
import { parameterInputs, type Parameters, type Weights } from "../../model/parameters.ts";
import { stream } from "../../random.ts";
import { targetFeeds, targetInputs } from "../../model/llama/target_loss.ts";
import { type Feeds, mean, negativeLogLikelihood } from "../../tensor/mod.ts";
import type { Adapters, Example, FitContext, FitJob, LossEnds } from "../engine.ts";
import { type Models, type ReadGraph, readGraph, trainableNames } from "./graph.ts";
import { loadModels, saveModels } from "./models.ts";
import { readStates } from "./read_states.ts";
import { type Loop, train } from "./train.ts";

/** An example whose text the encoder has read. */
export interface ReadExample {
  readonly states: Float32Array | null;
  readonly ids: readonly number[];
  readonly target: readonly number[];
}

/** Trains and writes `llm/`, `bridge.safetensors` and `loss.csv`. */
export async function fit(job: FitJob, context: FitContext): Promise<LossEnds> {
  const models = loadModels(job.model);
  const examples = await readExamples(job, context);
  const graph = readGraph(models);
  const adapters = adaptersOf(models, job);
  const { parameters, loss } = await train({
    spec: lossOf(models, graph, job.trains, adapters),
    values: { ...graph.weights, ...adapters?.first },
    training: job.training,
    batch: (step) => exampleFeeds(graph, job.order[step]!.map((at) => examples[at]!)),
  }, context);
  if (adapters === null) saveModels(context.dir, models, parameters);
  else await saveAdapted(models, adapters, parameters, context);
  return loss;
}

/** Adapters that learn in a training, with the values that they begin with. */
interface OwnAdapters {
  readonly config: Adapters;
  readonly parameters: Parameters;
  readonly first: Weights;
}

function adaptersOf({ llm }: Models, { trains, adapters: config }: FitJob): OwnAdapters | null {
  if (!trains.includes("lora")) return null;
  if (config === undefined) throw new TypeError("internal: a training of adapters does not say which");
  return {
    config,
    parameters: parameterInputs(loraParameterShapes(llm.config, config)),
    first: initLora(llm, config, stream(config.seed, "lora", "init")),
  };
}

/** Writes the LLM with its adapters merged, and beside it the adapters alone. */
async function saveAdapted(
  { llm, bridge }: Models,
  { config, parameters }: OwnAdapters,
  learned: Weights,
  { dir, runtime }: FitContext,
): Promise<void> {
  const factors = Object.fromEntries(Object.keys(parameters).map((name) => [name, learned[name]!]));
  const weights = await mergeLora(llm, config, factors, runtime.threads);
  saveModels(dir, { llm: { ...llm, weights }, bridge }, learned);
  exportLora(join(dir, "adapter"), llm.config, config, factors);
}

async function readExamples(
  { examples: file, model }: FitJob,
  context: FitContext,
): Promise<ReadExample[]> {
  const lines = Deno.readTextFileSync(file).split("\n").filter((line) => line !== "");
  const examples = lines.map((line): Example => JSON.parse(line));
  if (model.states === null) return examples.map(({ ids, target }) => ({ states: null, ids, target }));
  const states = await readStates(examples.map(({ text }) => text!), model.states.encoder, context);
  return examples.map(({ ids, target }, i) => ({ states: states[i]!, ids, target }));
}

/** The loss on the targets given states and tokens, and what of the parameters learns. */
function lossOf(
  { llm }: Models,
  graph: ReadGraph,
  trains: FitJob["trains"],
  adapters: OwnAdapters | null,
): Loop["spec"] {
  const own = { ...graph.parameters, lora: adapters?.parameters ?? {} };
  const parameters = adapters === null
    ? own.llm
    : withLora(llm.config, adapters.config, own.llm, adapters.parameters);
  // States and text of a batch are padded each to its own longest, so that rows may be longer than any example; ONNX
  // Runtime wants a rotary table as long as the rows.
  const roomy = { ...llm.config, max_position_embeddings: 2 * llm.config.max_position_embeddings };
  const { target_rows, targets } = targetInputs();
  const states = llamaStates(
    roomy,
    parameters,
    graph.inputs_embeds,
    graph.attention_mask,
    graph.position_ids,
    target_rows,
  );
  const nll = negativeLogLikelihood(lmHead(llm.config, parameters, states), targets);
  return {
    loss: mean(nll),
    parameters: { ...own.bridge, ...own.llm, ...own.lora },
    trainable: trainableNames(own, trains),
  };
}

/** A batch of examples as feeds of the loss. */
export function exampleFeeds(graph: ReadGraph, batch: readonly ReadExample[]): Feeds {
  const texts = batch.map(({ ids, target }) => [...ids, ...target]);
  // The last token of a text predicts nothing.
  const sequences = batch.map(({ states }, i) => ({ states, ids: texts[i]!.slice(0, -1) }));
  const { feeds, length, targets } = graph.feeds(sequences);
  const starts = batch.map(({ ids }) => ids.length);
  return { ...feeds, ...targetFeeds(targets(texts, starts), batch.length, length) };
}
