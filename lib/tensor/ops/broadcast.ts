/**
 * Repeating along axes and summing over them, each the gradient of the other.
 * @module
 */
import { broadcastShapes, canonicalDim, dimProduct, sameShape, type Shape } from "../dims.ts";
import { describe, int64s, op, sizes, type Tensor } from "../tensor.ts";
import { type ReduceOptions, reduction } from "./_reduction.ts";
import { reshape } from "./shape.ts";

/** `x` repeated along axes of size 1 (and new leading axes) up to `shape`. */
export function expand(x: Tensor, shape: Shape): Tensor {
  const to = shape.map(canonicalDim);
  if (sameShape(x.shape, to)) return x;
  if (!sameShape(broadcastShapes(x.shape, to) ?? [], to)) {
    throw new TypeError(`Cannot expand ${describe(x)} to [${to.join(", ")}]`);
  }
  return op("Expand", [x, sizes(to)], { shape: to, dtype: x.dtype, gradient: (dy) => [sumTo(dy, x.shape)] });
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
