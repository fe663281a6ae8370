/**
 * The specification of the benchmark's training: the GPT's loss, its parameters and AdamW, for `lib/tensor`.
 * @module
 */
import { input } from "../lib/tensor/mod.ts";
import type { TrainerSpec } from "../lib/tensor/trainer.ts";
import { gptLoss } from "./gpt.ts";
import { gptWeights, type TrainWorkload, type Weight } from "./workload.ts";

/** What `createTrainer` takes: the training, and the initial weights. */
export function gptTraining(w: TrainWorkload): { spec: TrainerSpec; weights: readonly Weight[] } {
  const weights = gptWeights(w);
  const parameters = Object.fromEntries(weights.map(({ name, shape }) => [name, input(name, shape)]));
  const vectors = new Set(weights.filter(({ shape }) => shape.length === 1).map(({ name }) => name));
  const spec = {
    loss: gptLoss(w, parameters),
    parameters,
    trainable: new Set(Object.keys(parameters)),
    optimizer: { weightDecay: w.weightDecay, noDecay: vectors.has.bind(vectors), maxGradNorm: w.clip },
    threads: w.threads,
  };
  return { spec, weights };
}
