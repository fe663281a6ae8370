/**
 * Attention against a cache of keys and values, for decoding.
 * @module
 */
import { atLeast } from "../../checked.ts";
import { describe, float, opWithOutputs, requireDType, type Tensor } from "../tensor.ts";

/** What `cachedAttention` needs besides the queries, keys and values of the new tokens. */
export interface CacheInputs {
  /** float32 [batch, kvHeads, capacity, size]: token p of a sequence stands at place p. */
  readonly pastKeys: Tensor;
  readonly pastValues: Tensor;
  /** int32 [batch]: tokens of each sequence when the new ones have been read, less one. */
  readonly lastPlaces: Tensor;
  /** int32 []: the largest of `lastPlaces`, plus one. */
  readonly totalLength: Tensor;
  /** float32 [positions, size / 2] each, as for `rope`. */
  readonly cos: Tensor;
  readonly sin: Tensor;
  /** What scores are multiplied by; default 1 / sqrt(size). */
  readonly scale?: number;
}

/**
 * Causal grouped-query attention of new tokens, with rotary positions, against the cache and themselves: ONNX Runtime's
 * `GroupQueryAttention`. Either all sequences are new (their tokens from place 0 on; shorter ones padded on the right)
 * or each has one new token. It reads only the places in use, and writes into the cache without a copy when
 * `session.run` is given the memory of the past as that of the present. No gradient.
 * @param q float32 [batch, length, heads * size], not yet rotated; size a multiple of 16
 * @param k float32 [batch, length, kvHeads * size], likewise
 * @param v float32 [batch, length, kvHeads * size]
 * @returns `context` float32 [batch, length, heads * size], and the cache with the new tokens in their places
 */
export function cachedAttention(
  q: Tensor,
  k: Tensor,
  v: Tensor,
  cache: CacheInputs,
): { context: Tensor; presentKeys: Tensor; presentValues: Tensor } {
  const { pastKeys, pastValues, lastPlaces, totalLength, cos, sin } = cache;
  for (const x of [q, k, v, pastKeys, pastValues, cos, sin]) requireDType("attend with", x, "float32");
  for (const x of [lastPlaces, totalLength]) requireDType("attend with", x, "int32");
  const [batch, kvHeads, , size] = pastKeys.shape;
  const width = q.shape[2];
  const fits =
    [q, k, v].every((x) => x.shape.length === 3 && x.shape[0] === batch && x.shape[1] === q.shape[1]) &&
    pastKeys.shape.length === 4 && pastKeys.shape.join() === pastValues.shape.join() &&
    typeof kvHeads === "number" && typeof size === "number" && size % 16 === 0 && typeof width === "number" &&
    width % (kvHeads * size) === 0 && k.shape[2] === kvHeads * size && v.shape[2] === kvHeads * size &&
    lastPlaces.shape.join() === `${batch}` && totalLength.shape.length === 0;
  if (!fits) {
    throw new TypeError(
      `Cannot attend with q ${describe(q)}, k ${describe(k)}, v ${describe(v)} and the cache ${
        describe(pastKeys)
      }`,
    );
  }
  const [context, presentKeys, presentValues] = atLeast(
    opWithOutputs(
      "GroupQueryAttention",
      [q, k, v, pastKeys, pastValues, lastPlaces, totalLength, cos, sin],
      {
        outputs: [{ shape: q.shape }, { shape: pastKeys.shape }, { shape: pastValues.shape }],
        domain: "com.microsoft",
        attributes: {
          num_heads: width / size,
          kv_num_heads: kvHeads,
          do_rotary: 1,
          ...(cache.scale === undefined ? {} : { scale: float(cache.scale) }),
        },
      },
    ),
    3,
  );
  return { context, presentKeys, presentValues };
}
