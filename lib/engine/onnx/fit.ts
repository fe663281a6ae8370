/**
 * A training job on ONNX Runtime: texts go through the frozen encoder once, then what the job names learns to write the
 * targets (Eq. 5 and 6 of the paper for LinguaLIFT's stages), or to prefer one answer to another.
 * @module
 */
import { join } from "node:path";
import { readNdjson } from "../../ndjson.ts";
import { exportLora, initLora, loraParameterShapes, mergeLora, withLora } from "../../model/llama/lora.ts";
import { parameterInputs, type Parameters, type Weights } from "../../model/parameters.ts";
import { stream } from "../../random.ts";
import { type Feeds, mean } from "../../tensor/mod.ts";
import type { Adapters, Example, FitContext, FitJob, LossEnds, Preference } from "../engine.ts";
import { dpoFeeds, dpoLoss, referenceMargins } from "./dpo.ts";
import { type Models, type ReadGraph, readGraph, trainableNames } from "./graph.ts";
import { exampleFeeds, type ReadExample, targetNll } from "./likelihood.ts";
import { loadModels, saveModels } from "./models.ts";
import { readStates } from "./read_states.ts";
import { type Loop, train } from "./train.ts";

/** Trains and writes `llm/`, `bridge.safetensors` and `loss.csv`. */
export async function fit(job: FitJob, context: FitContext): Promise<LossEnds> {
  const models = loadModels(job.model);
  const graph = readGraph(models);
  const adapters = adaptersOf(models, job);
  const { spec, feeds } = await objectiveOf(models, graph, job, adapters, context);
  const { parameters, loss } = await train({
    spec,
    values: { ...graph.weights, ...adapters?.first },
    training: job.training,
    isDetailed: true,
    batch: (step) => feeds(job.order[step]!),
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

async function readExamples<E extends Example>(
  { examples: file, model }: FitJob,
  context: FitContext,
): Promise<(E & ReadExample)[]> {
  const examples = [...readNdjson<E>(file)];
  if (model.states === null) return examples.map((example) => ({ ...example, states: null }));
  const states = await readStates(examples.map(({ text }) => text!), model.states.encoder, context);
  return examples.map((example, i) => ({ ...example, states: states[i]! }));
}

/** What is minimised, and what a batch of examples is fed as. */
interface Objective {
  readonly spec: Loop["spec"];
  feeds(batch: readonly number[]): Feeds;
}

/** The loss on the targets given states and tokens, or on the preferences of a job that has them. */
async function objectiveOf(
  models: Models,
  graph: ReadGraph,
  job: FitJob,
  adapters: OwnAdapters | null,
  context: FitContext,
): Promise<Objective> {
  const own = { ...graph.parameters, lora: adapters?.parameters ?? {} };
  const parameters = adapters === null
    ? own.llm
    : withLora(models.llm.config, adapters.config, own.llm, adapters.parameters);
  const nll = targetNll(models, graph, parameters);
  const learned = {
    parameters: { ...own.bridge, ...own.llm, ...own.lora },
    trainable: trainableNames(own, job.trains),
  };
  if (job.dpo === undefined) {
    const examples = await readExamples<Example>(job, context);
    return {
      spec: { loss: mean(nll), ...learned },
      feeds: (batch) => exampleFeeds(graph, batch.map((at) => examples[at]!)),
    };
  }
  const preferences = await readExamples<Preference>(job, context);
  const reference = await referenceMargins(models, preferences, context.runtime);
  return {
    spec: { ...dpoLoss(nll, job.dpo.beta), ...learned },
    feeds: (batch) => dpoFeeds(graph, batch.map((at) => preferences[at]!), batch.map((at) => reference[at]!)),
  };
}
