/**
 * Tensors made from nothing but a shape.
 * @module
 */
import type { Dim, Shape } from "../dims.ts";
import { constant, op, sizes, type Tensor } from "../tensor.ts";
import { cast } from "./cast.ts";

/** float32 of the given shape, every element `value` (ONNX Expand of a scalar). */
export function full(shape: Shape, value: number): Tensor {
  const one = constant(new Float32Array([value]), []);
  return shape.length === 0 ? one : op("Expand", [one, sizes(shape)], { shape });
}

/** Zeros of the same shape. */
export function zerosLike(tensor: Tensor): Tensor {
  return full(tensor.shape, 0);
}

/** int32 [size]: 0, 1, ... size - 1 (ONNX Range). */
export function iota(size: Dim): Tensor {
  const [start, step] = [constant(new BigInt64Array([0n]), []), constant(new BigInt64Array([1n]), [])];
  const end = op("Squeeze", [sizes([size])], { shape: [], dtype: "int64" });
  return cast(op("Range", [start, end, step], { shape: [size], dtype: "int64" }), "int32");
}
