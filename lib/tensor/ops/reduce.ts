/**
 * Means and maxima over axes.
 * @module
 */
import { dimProduct } from "../dims.ts";
import { int64s, normalizeAxis, op, requireDType, sizes, type Tensor } from "../tensor.ts";
import { type ReduceOptions, reduction } from "./_reduction.ts";
import { div, mul } from "./arithmetic.ts";
import { expand, sum } from "./broadcast.ts";
import { cast } from "./cast.ts";
import { equal } from "./compare.ts";
import { reshape } from "./shape.ts";

/** Arithmetic mean over axes. */
export function mean(x: Tensor, options: ReduceOptions = {}): Tensor {
  requireDType("mean", x, "float32");
  const { axes, kept, shape } = reduction("mean", x, options);
  if (axes.length === 0) return x;
  return op("ReduceMean", [x, int64s(axes)], {
    shape,
    attributes: { keepdims: options.keepDims ? 1 : 0 },
    gradient: (dy) => [expand(reshape(div(dy, countOf(x, axes)), kept), x.shape)],
  });
}

/** How many elements are reduced to one, as a float32 scalar that is known when the graph runs. */
function countOf(x: Tensor, axes: readonly number[]): Tensor | number {
  const count = dimProduct(axes.map((axis) => x.shape[axis]!));
  if (typeof count === "number") return count;
  return cast(op("Squeeze", [sizes([count])], { shape: [], dtype: "int64" }), "float32");
}

/** Largest element over axes; where several are equal, each gets the whole gradient divided by their number. */
export function max(x: Tensor, options: ReduceOptions = {}): Tensor {
  const { axes, kept, shape } = reduction("max", x, options);
  return op("ReduceMax", [x, int64s(axes)], {
    shape,
    dtype: x.dtype,
    attributes: { keepdims: options.keepDims ? 1 : 0 },
    gradient: (dy, y) => {
      const hit = cast(equal(x, reshape(y, kept)), "float32");
      return [mul(hit, reshape(div(reshape(dy, kept), sum(hit, { axes, keepDims: true })), kept))];
    },
  });
}

/** int32 index of the largest element of the last axis (the first of equals); that axis goes. */
export function argmax(x: Tensor): Tensor {
  const shape = x.shape.slice(0, normalizeAxis("argmax", x, -1));
  return cast(op("ArgMax", [x], { shape, dtype: "int64", attributes: { axis: -1, keepdims: 0 } }), "int32");
}
