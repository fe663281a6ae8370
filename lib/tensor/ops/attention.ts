/**
 * Attention and rotary positions.
 * @module
 */
import { type AtLeast, atLeast } from "../../checked.ts";
import type { Dim, Shape } from "../dims.ts";
import { dimProduct } from "../dims.ts";
import { describe, op, requireDType, type Tensor, withGradient } from "../tensor.ts";
import { add, mul, sub } from "./arithmetic.ts";
import { matmul } from "./matmul.ts";
import { neg } from "./arithmetic.ts";
import { sum } from "./broadcast.ts";
import { reshape } from "./shape.ts";
import { softmax } from "./softmax.ts";
import { cast } from "./cast.ts";

/** `mask` is added to the scores (0 keeps, a large negative number hides); `scale` defaults to 1 / sqrt(head size). */
export interface AttentionOptions {
  readonly mask?: Tensor;
  readonly scale?: number;
}

/**
 * softmax(scale q k^T + mask) v (arXiv:1706.03762, equation 1), also with fewer key heads than query heads
 * (grouped-query attention, arXiv:2305.13245): query head h reads key head h / (heads / kvHeads).
 * @param q float32 [batch, heads, length, size]
 * @param k float32 [batch, kvHeads, keys, size]
 * @param v float32 [batch, kvHeads, keys, size]
 * @returns float32 [batch, heads, length, size]
 * `options.mask` is float32 and broadcasts to [batch, 1, length, keys]; no gradient reaches it.
 */
export function attention(q: Tensor, k: Tensor, v: Tensor, options: AttentionOptions = {}): Tensor {
  for (const x of [q, k, v]) requireDType("attend with", x, "float32");
  const [batch, heads, length, size] = q.shape;
  const [, kvHeads, keys] = k.shape;
  const fits = batch !== undefined && length !== undefined && keys !== undefined && q.shape.length === 4 &&
    k.shape.join() === v.shape.join() && k.shape.length === 4 &&
    k.shape[0] === batch && k.shape[3] === size && typeof size === "number" && typeof heads === "number" &&
    typeof kvHeads === "number" && heads % kvHeads === 0;
  if (!fits) throw new TypeError(`Cannot attend with q ${describe(q)}, k ${describe(k)}, v ${describe(v)}`);
  const groups = heads / kvHeads;
  const alpha = options.scale ?? 1 / Math.sqrt(size);
  // The query heads of one key head become more rows of one product, so that keys and values are never repeated.
  const rows = dimProduct([groups, length]);
  const grouped: Shape = [batch, kvHeads, rows, size];
  const [query, scoresShape] = [reshape(q, grouped), [batch, kvHeads, rows, keys]];
  let scores = matmul(query, k, { transB: true, alpha });
  if (options.mask !== undefined) {
    scores = groups === 1
      ? add(scores, options.mask)
      : addGroupedMask(scores, options.mask, [groups, length, keys]);
  }
  const p = softmax(scores);
  const y = reshape(matmul(p, v), q.shape);
  return withGradient("attention", [q, k, v], y, (dy) => {
    const dout = reshape(dy, grouped);
    // sum over keys of p dp equals sum over size of y dy, which is much less to read (arXiv:2205.14135, appendix B.2).
    const dot = sum(mul(dout, reshape(y, grouped)), { axes: [-1], keepDims: true });
    const dp = matmul(dout, v, { transB: true });
    const ds = mul(p, sub(dp, dot));
    if (ds.shape.join() !== scoresShape.join()) {
      throw new TypeError(`internal: attention scores ${describe(ds)}`);
    }
    return [
      reshape(matmul(ds, k, { alpha }), q.shape),
      matmul(ds, query, { transA: true, alpha }),
      matmul(p, dout, { transA: true }),
    ];
  });
}

/** The mask has one row a query position; the scores of a group have those rows once for each of its heads. */
function addGroupedMask(scores: Tensor, mask: Tensor, [groups, length, keys]: AtLeast<Dim, 3>): Tensor {
  const [batch, kvHeads] = atLeast(scores.shape, 2);
  const unfolded = reshape(scores, [batch, kvHeads, groups, length, keys]);
  const rank = mask.shape.length;
  const spread = rank < 3 ? mask : reshape(mask, [...mask.shape.slice(0, -2), 1, ...mask.shape.slice(-2)]);
  return reshape(add(unfolded, spread), scores.shape);
}

/**
 * Rotary position embedding in the "rotate half" convention of Hugging Face's Llama (arXiv:2104.09864): the pair
 * (x[i], x[i + size/2]) is turned by the angle of its position.
 * @param x float32 [batch, heads, length, size]
 * @param positions int32 [batch, length], rows of cos and sin
 * @param cos float32 [positions, size / 2]
 * @param sin float32 [positions, size / 2]
 */
export function rope(x: Tensor, positions: Tensor, cos: Tensor, sin: Tensor): Tensor {
  requireDType("rope", x, "float32");
  requireDType("rope by", positions, "int32", "int64");
  const size = x.shape[3];
  const fits = x.shape.length === 4 && typeof size === "number" && cos.shape.join() === sin.shape.join() &&
    cos.shape.length === 2 && cos.shape[1] === size / 2 &&
    positions.shape.join() === [x.shape[0], x.shape[2]].join();
  if (!fits) {
    throw new TypeError(
      `Cannot rope ${describe(x)} by ${describe(positions)} with ${describe(cos)} and ${describe(sin)}`,
    );
  }
  return op("RotaryEmbedding", [x, cast(positions, "int64"), cos, sin], {
    shape: x.shape,
    domain: "com.microsoft",
    // The inverse of a rotation is its transpose: turn back by the same angle.
    gradient: (dy) => [rope(dy, positions, cos, neg(sin))],
  });
}
