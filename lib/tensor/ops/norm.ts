/**
 * Normalisation over the last axis.
 * @module
 */
import { atLeast } from "../../checked.ts";
import {
  constant,
  describe,
  float,
  int64s,
  op,
  opWithOutputs,
  requireDType,
  scalar,
  type Tensor,
} from "../tensor.ts";
import { lastDim } from "../tensor.ts";
import { add, div, mul, sqrt, sub } from "./arithmetic.ts";
import { sum, sumTo } from "./broadcast.ts";
import { mean } from "./reduce.ts";

/**
 * Layer normalisation (arXiv:1607.06450): (x - mean) / sqrt(variance + epsilon) * weight + bias.
 * @param weight float32 [d], d the size of the last axis of x
 * @param bias float32 [d]; none means zero
 */
export function layerNorm(x: Tensor, weight: Tensor, bias?: Tensor, epsilon = 1e-5): Tensor {
  requireWeight("layerNorm", x, weight);
  if (bias !== undefined) requireWeight("layerNorm", x, bias);
  const statistics = { shape: [...x.shape.slice(0, -1), 1] };
  // An absent bias crashes session creation in ONNX Runtime 1.30; a zero constant does not.
  const shift = bias ?? constant(new Float32Array(weight.shape[0] as number), weight.shape as number[]);
  return opWithOutputs("LayerNormalization", [x, weight, shift], {
    outputs: [{ shape: x.shape }, statistics, statistics],
    attributes: { axis: -1, epsilon: float(epsilon) },
    gradient: ([dy], outputs) => {
      if (dy === undefined) return [];
      const [, center, inverse] = atLeast(outputs, 3);
      const normal = mul(sub(x, center), inverse);
      const dn = mul(dy, weight);
      const inside = sub(sub(dn, mean(dn, last)), mul(normal, mean(mul(dn, normal), last)));
      return [mul(inside, inverse), sumTo(mul(dy, normal), weight.shape), bias && sumTo(dy, bias.shape)];
    },
  })[0]!;
}

const last = { axes: [-1], keepDims: true } as const;

/**
 * Root-mean-square normalisation (arXiv:1910.07467): x / sqrt(mean(x^2) + epsilon) * weight.
 * @param weight float32 [d], d the size of the last axis of x
 */
export function rmsNorm(x: Tensor, weight: Tensor, epsilon = 1e-6): Tensor {
  requireWeight("rmsNorm", x, weight);
  return op("SimplifiedLayerNormalization", [x, weight], {
    shape: x.shape,
    attributes: { axis: -1, epsilon: float(epsilon), stash_type: 1 },
    gradient: (dy) => {
      const inverse = inverseRootMeanSquare(x, epsilon);
      const normal = mul(x, inverse);
      const dn = mul(dy, weight);
      const inside = sub(dn, mul(normal, mean(mul(dn, normal), last)));
      return [mul(inside, inverse), sumTo(mul(dy, normal), weight.shape)];
    },
  });
}

/** Not the operator's own second output: on webgpu that is the mean of x (ONNX Runtime 1.30). */
function inverseRootMeanSquare(x: Tensor, epsilon: number): Tensor {
  const shape = [...x.shape.slice(0, -1), 1];
  const squares = op("ReduceSumSquare", [x, int64s([-1])], { shape, attributes: { keepdims: 1 } });
  return div(scalar(1), sqrt(add(div(squares, x.shape.at(-1) as number), epsilon)));
}

/** x divided by its Euclidean length over the last axis (at least `epsilon`, so that zero stays zero). */
export function l2Normalize(x: Tensor, epsilon = 1e-12): Tensor {
  requireDType("l2Normalize", x, "float32");
  return div(x, sqrt(add(sum(mul(x, x), last), epsilon)));
}

function requireWeight(opName: string, x: Tensor, weight: Tensor): void {
  requireDType(opName, x, "float32");
  if (
    weight.shape.length !== 1 || weight.shape[0] !== lastDim(opName, x) || typeof weight.shape[0] !== "number"
  ) {
    throw new TypeError(
      `Cannot ${opName} ${describe(x)} with ${describe(weight)}: it must have the last size of x`,
    );
  }
}
