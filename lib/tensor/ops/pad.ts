/**
 * Keeping matrix rows apart in the processor's cache.
 * @module
 */
import { normalizeAxis, type Tensor } from "../tensor.ts";
import { concat } from "./shape.ts";
import { full } from "./fill.ts";

/** Floats between two rows that fall into the same place of a first-level cache: 4096 bytes. */
const ALIASED = 1024;
/** Enough to leave it, and still a multiple of a vector register. */
const EXTRA = 16;

/**
 * `weight` with 16 more rows or columns of zeros along `axis` where its size is a multiple of 1024, else itself.
 *
 * ONNX Runtime's matrix product on cpu walks twelve rows of its left factor at once; rows a multiple of 4096 bytes long
 * evict each other, and the product runs at half its speed (107 against 200 GFLOPS for [2048, 1024] times [1024, 256]).
 * So widen the inside of a feed-forward layer: f(x padUnaliased(up, 1)) padUnaliased(down, 0) is the same function with
 * the same gradients if f(0) = 0, and its hidden rows are 1040 floats long.
 */
export function padUnaliased(weight: Tensor, axis: number): Tensor {
  const at = normalizeAxis("pad", weight, axis);
  const size = weight.shape[at];
  if (typeof size !== "number" || size === 0 || size % ALIASED !== 0) return weight;
  return concat([weight, full(weight.shape.map((dim, i) => (i === at ? EXTRA : dim)), 0)], at);
}
