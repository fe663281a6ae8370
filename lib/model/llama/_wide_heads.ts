/**
 * Heads of any even size in a cache whose heads have a multiple of 16 numbers, as ONNX Runtime's cached attention wants
 * them: both halves of a head, which rotate together, are filled up with zeros. Scores and contexts stay the same.
 * @module
 */
import { atLeast } from "../../checked.ts";
import { constant, matmul, reshape, type Tensor } from "../../tensor/mod.ts";

/** The numbers that a head of `head_dim` takes in the cache. */
export function cachedSize(head_dim: number): number {
  return 16 * Math.ceil(head_dim / 16);
}

/** [B, T, heads * from] -> [B, T, heads * to]: halves of heads filled up with zeros, or these taken away again. */
export function resizeHeads(x: Tensor, heads: number, from: number, to: number): Tensor {
  if (from === to) return x;
  const [batch, length] = atLeast(x.shape, 2);
  // A product with rows of the unit matrix copies exactly.
  const unit = new Float32Array(from / 2 * (to / 2));
  for (let i = 0; i < Math.min(from, to) / 2; i++) unit[i * (to / 2) + i] = 1;
  const halves = reshape(x, [batch, length, 2 * heads, from / 2]);
  return reshape(matmul(halves, constant(unit, [from / 2, to / 2])), [batch, length, heads * to]);
}

/** Rows of `from` numbers filled up with zeros to `to`. */
export function widenRows(
  rows: Float32Array<ArrayBuffer>,
  from: number,
  to: number,
): Float32Array<ArrayBuffer> {
  if (from === to) return rows;
  const wide = new Float32Array(rows.length / from * to);
  for (let row = 0; row < rows.length / from; row++) {
    wide.set(rows.subarray(row * from, (row + 1) * from), row * to);
  }
  return wide;
}
