/**
 * Top-1 retrieval as XTREME scores Tatoeba: vectors are normalised, English sentences are the queries, the other
 * language is the index, sentence i belongs to sentence i, and duplicates count as errors.
 * google-research/xtreme 838c13b, third_party/evaluate_retrieval.py.
 * @module
 */

export interface Retrieval {
  /** Queries whose nearest vector is their own translation. */
  readonly k: number;
  readonly n: number;
  readonly accuracy: number;
  /** `[n]`: the index found for each query; among equals the first. */
  readonly nearest: Int32Array;
}

/**
 * Nearest neighbours by cosine of `queries` `[n, dim]` in `index` `[n, dim]`, both row-major float32. Swap the two for the
 * other direction (LASER reports both).
 * @throws {RangeError} when the shapes do not fit or a vector has no direction (length zero or not finite).
 */
export function retrievalTop1(queries: Float32Array, index: Float32Array, dim: number): Retrieval {
  const n = queries.length / dim;
  if (!Number.isInteger(n) || n === 0 || queries.length !== index.length) {
    throw new RangeError(
      `Cannot retrieve: ${queries.length} and ${index.length} numbers are not two lists of n vectors of size ${dim}`,
    );
  }
  const q = normalised(queries, dim), x = normalised(index, dim);
  const nearest = new Int32Array(n);
  let k = 0;
  for (let i = 0; i < n; i++) {
    let best = -Infinity;
    for (let j = 0; j < n; j++) {
      let dot = 0;
      for (let d = 0; d < dim; d++) dot += q[i * dim + d]! * x[j * dim + d]!;
      if (dot > best) {
        best = dot;
        nearest[i] = j;
      }
    }
    if (nearest[i] === i) k++;
  }
  return { k, n, accuracy: k / n, nearest };
}

function normalised(vectors: Float32Array, dim: number): Float32Array {
  const out = new Float32Array(vectors.length);
  for (let row = 0; row < vectors.length; row += dim) {
    let squares = 0;
    for (let d = 0; d < dim; d++) squares += vectors[row + d]! ** 2;
    if (!(squares > 0 && Number.isFinite(squares))) {
      throw new RangeError(`Cannot retrieve: vector ${row / dim} has length ${Math.sqrt(squares)}`);
    }
    const scale = 1 / Math.sqrt(squares);
    for (let d = 0; d < dim; d++) out[row + d] = vectors[row + d]! * scale;
  }
  return out;
}
