/**
 * A bridge in closed form: what comes before its last layer stays as it is drawn, and the last layer is the ridge
 * regression of vectors of the LLM's embedding space on the features there (an extreme learning machine; Huang et al.,
 * 2006, doi:10.1016/j.neucom.2005.12.126). Ours: neither the paper nor its release does so.
 * @module
 */
import { CholeskyDecomposition, Matrix } from "ml-matrix";
import { compile, concat, float32, float32Data, input, matmul, type Tensor } from "../../tensor/mod.ts";
import { parameterInputs, type Parameters } from "../parameters.ts";
import type { BridgeModel } from "./file.ts";
import { bridge, bridgeFeatures, bridgeParameterShapes, layerNames } from "./layer.ts";

/** States, and what the bridge should make of each. */
export interface StateTargets {
  /** float32 [count, d_enc], row-major. */
  readonly states: Float32Array;
  /** float32 [count, d_lm], row-major. */
  readonly targets: Float32Array;
}

/** The penalty on squared weights, as a share of the number of states. */
const RIDGE = 1e-3;
/** States that go through at a time. */
const ROWS = 4096;

/**
 * The bridge with the last layer that fits best.
 * @throws {Error} of ml-matrix when the features of all states are the same
 */
export async function ridgeBridge(
  model: BridgeModel,
  pairs: StateTargets,
  threads: number,
): Promise<BridgeModel> {
  const { config, weights } = model;
  const [rows, width] = [["N", 1] as const, featureWidth(model)];
  const ofBatch = (parameters: Parameters, states: Tensor) => {
    // A feature that is always 1 has the bias as its weight.
    const features = concat([bridgeFeatures(config, parameters, states), input("ones", rows)], 1);
    const targets = input("targets", ["N", config.d_lm]);
    const transA = true;
    return {
      gram: matmul(features, features, { transA }),
      cross: matmul(features, targets, { transA }),
    };
  };
  const gram = Matrix.zeros(width + 1, width + 1);
  const cross = Matrix.zeros(width + 1, config.d_lm);
  await overBatches(model, pairs, threads, ofBatch, (sums) => {
    gram.add(Matrix.from1DArray(width + 1, width + 1, sums.gram!));
    cross.add(Matrix.from1DArray(width + 1, config.d_lm, sums.cross!));
  });
  const penalty = RIDGE * pairs.states.length / config.d_enc;
  // The bias is not held back.
  for (let i = 0; i < width; i++) gram.set(i, i, gram.get(i, i) + penalty);
  const solved = new CholeskyDecomposition(gram).solve(cross);
  const [weight, bias] = layerNames(config.layers - 1);
  const last = solved.subMatrix(0, width - 1, 0, config.d_lm - 1).transpose();
  return {
    config,
    weights: {
      ...weights,
      [weight]: Float32Array.from(last.to1DArray()),
      [bias]: Float32Array.from(solved.getRow(width)),
    },
  };
}

/** Share of the targets' variance that the bridge explains: 1 is all of it, 0 or less no more than their mean. */
export async function explainedVariance(
  model: BridgeModel,
  pairs: StateTargets,
  threads: number,
): Promise<number> {
  const { d_enc, d_lm } = model.config;
  const count = pairs.states.length / d_enc;
  const mean = new Float64Array(d_lm);
  pairs.targets.forEach((x, i) => mean[i % d_lm]! += x / count);
  const total = pairs.targets.reduce((sum, x, i) => sum + (x - mean[i % d_lm]!) ** 2, 0);
  let residual = 0, at = 0;
  const ofBatch = (parameters: Parameters, states: Tensor) => ({
    mapped: bridge(model.config, parameters, states),
  });
  await overBatches(model, pairs, threads, ofBatch, ({ mapped }) => {
    for (const x of mapped!) residual += (x - pairs.targets[at++]!) ** 2;
  });
  return 1 - residual / total;
}

/** What the last layer reads of a state. */
function featureWidth({ config, weights }: BridgeModel): number {
  const [weight] = layerNames(config.layers - 1);
  return weights[weight]!.length / config.d_lm;
}

/** Runs a graph over the states [N, d_enc] of every batch, and hands on what comes out. */
async function overBatches(
  { config, weights }: BridgeModel,
  { states, targets }: StateTargets,
  threads: number,
  graphOf: (parameters: Parameters, states: Tensor) => Readonly<Record<string, Tensor>>,
  take: (outputs: Readonly<Record<string, Float32Array>>) => void,
): Promise<void> {
  const { d_enc, d_lm } = config;
  const shapes = bridgeParameterShapes(config);
  const outputs = graphOf(parameterInputs(shapes), input("states", ["N", d_enc]));
  const session = await compile(outputs, { threads, weights });
  try {
    const count = states.length / d_enc;
    for (let from = 0; from < count; from += ROWS) {
      const to = Math.min(count, from + ROWS);
      const feeds = Object.entries({
        states: float32(states.slice(from * d_enc, to * d_enc), [to - from, d_enc]),
        targets: float32(targets.slice(from * d_lm, to * d_lm), [to - from, d_lm]),
        ones: float32(new Float32Array(to - from).fill(1), [to - from, 1]),
      }).filter(([name]) => session.inputs.has(name));
      const values = await session.run(Object.fromEntries(feeds));
      take(Object.fromEntries(Object.entries(values).map(([name, value]) => [name, float32Data(value)])));
    }
  } finally {
    await session.dispose();
  }
}
