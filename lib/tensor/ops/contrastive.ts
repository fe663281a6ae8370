/**
 * Contrastive loss over a batch.
 * @module
 */
import { describe, type Tensor } from "../tensor.ts";
import { crossEntropy } from "./cross_entropy.ts";
import { iota } from "./fill.ts";
import { matmul } from "./matmul.ts";
import { l2Normalize } from "./norm.ts";

/**
 * InfoNCE (arXiv:1807.03748, equation 4) with the other rows of the batch as negatives and cosine similarity: the mean
 * over i of -log softmax_j(cos(queries i, keys j) / temperature) at j = i.
 * @param queries float32 [n, d]
 * @param keys float32 [n, d]; row i belongs to row i of the queries
 * @returns float32 []
 */
export function infoNce(queries: Tensor, keys: Tensor, temperature: number): Tensor {
  if (queries.shape.length !== 2 || queries.shape.join() !== keys.shape.join()) {
    throw new TypeError(`Cannot contrast ${describe(queries)} with ${describe(keys)}: both must be [n, d]`);
  }
  if (!(temperature > 0)) throw new TypeError(`A temperature must be positive, not ${temperature}`);
  const logits = matmul(l2Normalize(queries), l2Normalize(keys), { transB: true, alpha: 1 / temperature });
  return crossEntropy(logits, iota(queries.shape[0]!));
}
