/**
 * Sums, means and maxima over axes.
 * @module
 */
import { dimProduct, sameShape, type Shape } from "../dims.ts";
import { describe, int64s, normalizeAxis, op, requireDType, sizes, type Tensor } from "../tensor.ts";
import { div, mul } from "./arithmetic.ts";
import { cast } from "./cast.ts";
import { equal } from "./compare.ts";
import { expand, reshape } from "./shape.ts";

/** Which axes to reduce (all of them by default) and whether they stay as size 1. */
export interface ReduceOptions {
  readonly axes?: readonly number[];
  readonly keepDims?: boolean;
}

interface Reduction {
  readonly axes: number[];
  readonly kept: Shape;
  readonly shape: Shape;
}

function reduction(opName: string, x: Tensor, options: ReduceOptions): Reduction {
  const axes = (options.axes ?? x.shape.map((_, i) => i)).map((axis) => normalizeAxis(opName, x, axis));
  const kept = x.shape.map((dim, i) => (axes.includes(i) ? 1 : dim));
  return { axes, kept, shape: options.keepDims ? kept : x.shape.filter((_, i) => !axes.includes(i)) };
}

/** Sum over axes. */
export function sum(x: Tensor, options: ReduceOptions = {}): Tensor {
  const { axes, kept, shape } = reduction("sum", x, options);
  if (axes.length === 0) return x;
  return op("ReduceSum", [x, int64s(axes)], {
    shape,
    dtype: x.dtype,
    attributes: { keepdims: options.keepDims ? 1 : 0 },
    gradient: (dy) => [expand(reshape(dy, kept), x.shape)],
  });
}

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
  const count = dimProduct(axes.map((axis) => x.shape[axis]));
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

/** Undoes broadcasting: sums `x` over the axes along which `shape` was repeated. */
export function sumTo(x: Tensor, shape: Shape): Tensor {
  if (sameShape(x.shape, shape)) return x;
  const lead = x.shape.length - shape.length;
  const axes = x.shape.flatMap((dim, i) => (i < lead || (shape[i - lead] === 1 && dim !== 1) ? [i] : []));
  const reduced = sum(x, { axes, keepDims: true });
  if (dimProduct(reduced.shape) !== dimProduct(shape)) {
    throw new TypeError(`internal: cannot sum ${describe(x)} to [${shape.join(", ")}]`);
  }
  return reshape(reduced, shape);
}
