/**
 * The lab's own trainings at scale micro, as the engine runs them (`lib/engine/onnx/fit.ts`): LinguaLIFT's two stages,
 * from fresh models, on texts as long as the mini world's are in the middle.
 * @module
 */
import { exampleFeeds } from "../lib/engine/onnx/likelihood.ts";
import { type ReadGraph, readGraph, trainableNames } from "../lib/engine/onnx/graph.ts";
import { freshBridge } from "../lib/method/train/fresh_bridge.ts";
import { MICRO } from "../lib/method/recipe/scales.ts";
import { llamaConfig } from "../lib/model/llama/config.ts";
import { llamaStates, lmHead } from "../lib/model/llama/graph.ts";
import { initLlama } from "../lib/model/llama/model.ts";
import { embeddingsOf } from "../lib/model/llm.ts";
import { targetInputs } from "../lib/model/llama/target_loss.ts";
import { stream } from "../lib/random.ts";
import { type Feeds, mean, negativeLogLikelihood, type TrainerSpec } from "../lib/tensor/mod.ts";
import { tokens, uniform } from "./workload.ts";

/** A stage of LinguaLIFT's training. */
export type Stage = "align" | "transfer";

/** Tokens of an example: what the encoder reads, the instruction, the target with its end. */
interface Lengths {
  readonly states: number;
  readonly instruction: number;
  readonly target: number;
}

/** The medians of the mini world's examples at scale micro. */
const LENGTHS: Readonly<Record<Stage, Lengths>> = {
  align: { states: 22, instruction: 13, target: 21 },
  transfer: { states: 28, instruction: 10, target: 28 },
};

/** What `createTrainer` takes, and a batch. */
export interface StageTraining {
  readonly spec: TrainerSpec;
  readonly values: Readonly<Record<string, Float32Array>>;
  readonly feeds: Feeds;
}

/** A stage with the recipe's sizes, batch and optimiser. */
export function stageTraining(stage: Stage, threads: number): StageTraining {
  const { llm: size, encoder, bridge: bridgeName } = MICRO;
  const training = MICRO[stage];
  if (training === null) throw new Error(`The recipe has no stage "${stage}"`);
  const config = llamaConfig({
    vocab_size: size.vocab_size,
    hidden_size: size.hidden_size,
    intermediate_size: size.intermediate_size,
    num_hidden_layers: size.num_hidden_layers,
    num_attention_heads: size.num_attention_heads,
    num_key_value_heads: size.num_key_value_heads,
    tie_word_embeddings: true,
    bos_token_id: 1,
  });
  const llm = initLlama(config, stream(1, "bench", "llm"));
  if (bridgeName !== "mlp2") throw new Error(`The recipe's bridge is "${bridgeName}" now: say so here`);
  const shape = {
    layers: 2,
    activation: "gelu",
    boundaries: "both",
    boundary_init: "embedding",
    standardised: false,
  } as const;
  const bridge = freshBridge(shape, encoder.hidden_size, embeddingsOf(llm), stream(1, "bench", "bridge"));
  const graph = readGraph({ llm, bridge });
  const parameters = { ...graph.parameters.bridge, ...graph.parameters.llm };
  const { target_rows, targets } = targetInputs();
  const { inputs_embeds, attention_mask, position_ids } = graph;
  const states = llamaStates(config, parameters, inputs_embeds, attention_mask, position_ids, target_rows);
  const spec = {
    loss: mean(negativeLogLikelihood(lmHead(config, parameters, states), targets)),
    parameters,
    trainable: trainableNames(graph.parameters, training.train),
    optimizer: {
      beta2: 0.98,
      weightDecay: training.weight_decay,
      noDecay: (name: string) => parameters[name]!.shape.length < 2,
      maxGradNorm: 1,
    },
    threads,
  };
  const { batch_size } = training;
  return { spec, values: graph.weights, feeds: batch(graph, LENGTHS[stage], batch_size) };
}

function batch(graph: ReadGraph, { states, instruction, target }: Lengths, rows: number): Feeds {
  const { encoder, llm } = MICRO;
  const ids = (count: number, salt: number) => [...tokens(count, salt, llm.vocab_size)];
  const examples = Array.from({ length: rows }, (_, row) => ({
    states: uniform(states * encoder.hidden_size, row, 1),
    ids: ids(instruction, 100 + row),
    target: ids(target, 200 + row),
  }));
  return exampleFeeds(graph, examples);
}
