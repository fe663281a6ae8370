/**
 * AdamW (arXiv:1711.05101, algorithm 2) with clipping of the global gradient norm, as part of a graph.
 *
 * The moments are kept without their constant factors: M = beta1 M + g and V = beta2 V + g^2, that is m / (1 - beta1)
 * and v / (1 - beta2) of the paper. The factors and the bias corrections are numbers of the step, computed once in
 * float64 and fed, which saves two passes over every parameter:
 *
 *   lr m^ / (sqrt(v^) + epsilon) = stepSize M / (sqrt(V) + epsilon / c)
 *   c = sqrt((1 - beta2) / (1 - beta2^t)),  stepSize = lr (1 - beta1) / ((1 - beta1^t) c)
 * @module
 */
import { atLeast } from "../../checked.ts";
import { add, div, minimum, mul, sqrt, sub } from "../ops/arithmetic.ts";
import { sum } from "../ops/broadcast.ts";
import { concat, reshape, slice } from "../ops/shape.ts";
import { input, op, scalar, type Tensor } from "../tensor.ts";
import { float32, type Value } from "../value.ts";

/** Settings of AdamW; the defaults are PyTorch's, except that nothing decays. */
export interface AdamWSettings {
  readonly beta1?: number;
  readonly beta2?: number;
  readonly epsilon?: number;
  /** Decoupled: every step a parameter loses lr * weightDecay of itself. Default 0. */
  readonly weightDecay?: number;
  /** Parameters that do not decay (norms and biases, by custom). Default none. */
  readonly noDecay?: (name: string) => boolean;
  /** The global norm to which gradients are clipped; default none. */
  readonly maxGradNorm?: number;
}

/** One trained tensor in the graph: its value, its gradient, and its moments. */
export interface Trained {
  readonly name: string;
  readonly parameter: Tensor;
  readonly gradient: Tensor;
}

/** Names of a parameter's moments among the inputs; with `NEXT` before them, of everything new among the outputs. */
export const EXP_AVG = "exp_avg.";
export const EXP_AVG_SQ = "exp_avg_sq.";
export const NEXT = "next.";

/**
 * The update of every parameter and its moments, as outputs `next.NAME`, `next.exp_avg.NAME`, `next.exp_avg_sq.NAME`,
 * and `grad_norm`, the global norm before clipping (float32 []).
 *
 * The outputs may be written over the inputs: each depends on the norm, the norm on all gradients and on `before`, so
 * that every other use of a parameter is over when its update begins. `before` must hold every other output.
 * @param gradientScale float32 [] that multiplies all gradients first; default none
 */
export function adamW(
  trained: readonly Trained[],
  settings: AdamWSettings,
  before: readonly Tensor[],
  gradientScale?: Tensor,
): Record<string, Tensor> {
  const { beta1 = 0.9, beta2 = 0.999, maxGradNorm = Infinity } = settings;
  const squares = trained.map(({ gradient }) =>
    op("ReduceSumSquare", [gradient], { shape: [], attributes: { keepdims: 0 } })
  );
  const rawNorm = sqrt(sum(concat(squares.map((x) => reshape(x, [1])), 0)));
  const norm = after(gradientScale === undefined ? rawNorm : mul(rawNorm, gradientScale), before);
  const clip = minimum(div(scalar(maxGradNorm), add(norm, 1e-6)), 1);
  const scale = gradientScale === undefined ? clip : mul(clip, gradientScale);
  const [stepSize, epsilon, decay] = atLeast(
    ["step_size", "epsilon", "decay"].map((name) => input(`adamw.${name}`, [])),
    3,
  );
  const outputs: Record<string, Tensor> = { grad_norm: norm };
  for (const { name, parameter, gradient } of trained) {
    const [m, v] = atLeast([EXP_AVG, EXP_AVG_SQ].map((prefix) => input(prefix + name, parameter.shape)), 2);
    const g = mul(gradient, scale);
    const nextM = add(mul(m, beta1), g);
    const nextV = add(mul(v, beta2), mul(g, g));
    const update = mul(div(nextM, add(sqrt(nextV), epsilon)), stepSize);
    const decays = (settings.weightDecay ?? 0) !== 0 && !settings.noDecay?.(name);
    outputs[NEXT + name] = sub(decays ? mul(parameter, decay) : parameter, update);
    outputs[NEXT + EXP_AVG + name] = nextM;
    outputs[NEXT + EXP_AVG_SQ + name] = nextV;
  }
  return outputs;
}

/** The numbers of step `step` (counted from 1) that the graph of `adamW` is fed. */
export function adamWFeeds(settings: AdamWSettings, step: number, lr: number): Record<string, Value> {
  const { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, weightDecay = 0 } = settings;
  const c = Math.sqrt((1 - beta2) / (1 - beta2 ** step));
  return {
    "adamw.step_size": float32([lr * (1 - beta1) / ((1 - beta1 ** step) * c)], []),
    "adamw.epsilon": float32([epsilon / c], []),
    "adamw.decay": float32([1 - lr * weightDecay], []),
  };
}

/** `x`, float32 [], which the graph can only compute when the scalars `others` are known. */
function after(x: Tensor, others: readonly Tensor[]): Tensor {
  const together = concat([x, ...others].map((scalarTensor) => reshape(scalarTensor, [1])), 0);
  return reshape(slice(together, 0, 0, 1), []);
}
