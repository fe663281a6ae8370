/**
 * Which axes a reduction goes over, and the shapes before and after.
 * @module
 */
import type { Shape } from "../dims.ts";
import { normalizeAxis, type Tensor } from "../tensor.ts";

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

/** The axes, counted from the front, and the shape with them as size 1 and as asked. */
export function reduction(opName: string, x: Tensor, options: ReduceOptions): Reduction {
  const axes = (options.axes ?? x.shape.map((_, i) => i)).map((axis) => normalizeAxis(opName, x, axis));
  const kept = x.shape.map((dim, i) => (axes.includes(i) ? 1 : dim));
  return { axes, kept, shape: options.keepDims ? kept : x.shape.filter((_, i) => !axes.includes(i)) };
}
