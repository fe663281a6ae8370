/**
 * Pieces that several models share.
 * @module
 */
import { atLeast } from "../checked.ts";
import {
  add,
  constant,
  equal,
  layerNorm,
  matmul,
  reshape,
  type Tensor,
  transpose,
  where,
} from "../tensor/mod.ts";
import type { Parameters } from "./parameters.ts";

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

/** What is added to the scores of padding, and of tokens: int32 [B, T], 1 for a token, to float32 [B, 1, 1, T]. */
export function paddingMask(attention_mask: Tensor): Tensor {
  const [batch, length] = atLeast(attention_mask.shape, 2);
  const isToken = equal(reshape(attention_mask, [batch, 1, 1, length]), constant(Int32Array.of(1), []));
  return where(isToken, 0, HIDDEN);
}

/** Layers whose parameters are a weight and a bias of their name. */
export function namedLayers(parameters: Parameters, epsilon: number) {
  const both = (name: string) => [parameters[`${name}.weight`]!, parameters[`${name}.bias`]] as const;
  return {
    norm: (x: Tensor, name: string) => layerNorm(x, ...both(name), epsilon),
    affine: (x: Tensor, name: string) => linear(x, ...both(name)),
  };
}
