/**
 * Softmax and its logarithm over the last axis.
 * @module
 */
import { lastDim, op, requireDType, type Tensor } from "../tensor.ts";
import { exp, mul, sub } from "./arithmetic.ts";
import { sum } from "./broadcast.ts";

/** exp(x) / sum of exp(x) over the last axis. Gradient: y (dy - sum(dy y)). */
export function softmax(x: Tensor): Tensor {
  requireDType("softmax", x, "float32");
  lastDim("softmax", x);
  return op("Softmax", [x], {
    shape: x.shape,
    attributes: { axis: -1 },
    gradient: (dy, y) => [mul(y, sub(dy, sum(mul(dy, y), { axes: [-1], keepDims: true })))],
  });
}

/** The logarithm of softmax, exact where softmax itself underflows. Gradient: dy - softmax(x) sum(dy). */
export function logSoftmax(x: Tensor): Tensor {
  requireDType("logSoftmax", x, "float32");
  lastDim("logSoftmax", x);
  return op("LogSoftmax", [x], {
    shape: x.shape,
    attributes: { axis: -1 },
    gradient: (dy, y) => [sub(dy, mul(exp(y), sum(dy, { axes: [-1], keepDims: true })))],
  });
}
