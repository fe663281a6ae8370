/**
 * Pieces that several models share.
 * @module
 */
import { atLeast } from "../checked.ts";
import { add, matmul, reshape, type Tensor, transpose } from "../tensor/mod.ts";

/** x W^T + b: float32 [..., in], weight [out, in], bias [out] -> [..., out]. */
export function linear(x: Tensor, weight: Tensor, bias?: Tensor): Tensor {
  const y = matmul(x, weight, { transB: true });
  return bias === undefined ? y : add(y, bias);
}

/** [B, T, heads * size] -> [B, heads, T, size] */
export function toHeads(x: Tensor, heads: number): Tensor {
  const [batch, length, width] = atLeast(x.shape, 2);
  return transpose(reshape(x, [batch, length, heads, (width as number) / heads]), [0, 2, 1, 3]);
}

/** [B, heads, T, size] -> [B, T, heads * size] */
export function fromHeads(x: Tensor): Tensor {
  const [batch, heads, length, size] = atLeast(x.shape, 3);
  return reshape(transpose(x, [0, 2, 1, 3]), [batch, length, (heads as number) * (size as number)]);
}

/** What hides a key from a query when added to its score: large, and far from the overflow of float32. */
export const HIDDEN = -1e9;
