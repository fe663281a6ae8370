/**
 * Rearranging elements without changing them.
 * @module
 */
import { canonicalDim, type Dim, dimProduct, dimSum, sameShape, type Shape } from "../dims.ts";
import { describe, int64s, normalizeAxis, op, opWithOutputs, sizes, type Tensor } from "../tensor.ts";
import { full } from "./fill.ts";

/** `x` in another shape with as many elements; names may be multiplied ("B*T"). Free of copies on cpu. */
export function reshape(x: Tensor, shape: Shape): Tensor {
  const to = shape.map(canonicalDim);
  if (sameShape(x.shape, to)) return x;
  if (dimProduct(x.shape) !== dimProduct(to)) {
    throw new TypeError(
      `Cannot reshape ${describe(x)} to [${to.join(", ")}]: ${dimProduct(x.shape)} elements are not ${
        dimProduct(to)
      }`,
    );
  }
  return op("Reshape", [x, sizes(to)], {
    shape: to,
    dtype: x.dtype,
    // Without it a size of 0 would mean "as in the input".
    attributes: { allowzero: 1 },
    gradient: (dy) => [reshape(dy, x.shape)],
  });
}

/** `x` with its axes in the order `permutation`. */
export function transpose(x: Tensor, permutation: readonly number[]): Tensor {
  if (
    [...permutation].sort((a, b) => a - b).some((axis, i) => axis !== i) ||
    permutation.length !== x.shape.length
  ) {
    throw new TypeError(`Cannot transpose ${describe(x)}: [${permutation}] is no order of its axes`);
  }
  const inverse: number[] = [];
  permutation.forEach((axis, i) => inverse[axis] = i);
  return op("Transpose", [x], {
    shape: permutation.map((axis) => x.shape[axis]!),
    dtype: x.dtype,
    attributes: { perm: permutation },
    gradient: (dy) => [transpose(dy, inverse)],
  });
}

/** Tensors one after the other along `axis`; their other sizes agree. */
export function concat(tensors: readonly Tensor[], axis: number): Tensor {
  const [first, ...rest] = tensors;
  if (first === undefined) throw new TypeError("Cannot concat nothing");
  const at = normalizeAxis("concat", first, axis);
  for (const other of rest) {
    const fits = other.dtype === first.dtype && other.shape.length === first.shape.length &&
      other.shape.every((dim, i) => i === at || dim === first.shape[i]);
    if (!fits) {
      throw new TypeError(`Cannot concat ${describe(first)} and ${describe(other)} along axis ${axis}`);
    }
  }
  if (rest.length === 0) return first;
  const dims = tensors.map((tensor) => tensor.shape[at]!);
  return op("Concat", tensors, {
    shape: first.shape.map((dim, i) => (i === at ? dimSum(dims) : dim)),
    dtype: first.dtype,
    attributes: { axis: at },
    gradient: (dy) => split(dy, dims, at),
  });
}

/** `x` cut along `axis` into pieces of the given sizes, in order; their sum is the size of the axis. */
export function split(x: Tensor, dims: readonly Dim[], axis: number): readonly Tensor[] {
  const at = normalizeAxis("split", x, axis);
  if (dimSum(dims) !== x.shape[at]) {
    throw new TypeError(`Cannot split ${describe(x)} along axis ${axis} into [${dims.join(", ")}]`);
  }
  const shapes = dims.map((dim) => x.shape.map((old, i) => (i === at ? canonicalDim(dim) : old)));
  return opWithOutputs("Split", [x, sizes(dims)], {
    outputs: shapes.map((shape) => ({ shape, dtype: x.dtype })),
    attributes: { axis: at },
    gradient: (dys) => [concat(shapes.map((shape, i) => dys[i] ?? full(shape, 0)), at)],
  });
}

/** The `length` elements of `axis` from `start` on. */
export function slice(x: Tensor, axis: number, start: number, length: number): Tensor {
  const at = normalizeAxis("slice", x, axis);
  const size = x.shape[at];
  if (start < 0 || length < 0 || (typeof size === "number" && start + length > size)) {
    throw new TypeError(
      `Cannot slice ${describe(x)}: axis ${axis} has no elements ${start} to ${start + length}`,
    );
  }
  const shape = x.shape.map((dim, i) => (i === at ? length : dim));
  return op("Slice", [x, int64s([start]), int64s([start + length]), int64s([at])], {
    shape,
    dtype: x.dtype,
    gradient: (dy) => {
      if (typeof size !== "number") {
        throw new TypeError(
          `Cannot differentiate a slice of ${describe(x)}: use split, which knows what is left`,
        );
      }
      const fill = (dim: number) => full(shape.map((d, i) => (i === at ? dim : d)), 0);
      const parts = [
        start > 0 ? [fill(start)] : [],
        [dy],
        start + length < size ? [fill(size - start - length)] : [],
      ];
      return [concat(parts.flat(), at)];
    },
  });
}
