/** Random vectors and rotations for tests. */
import { Matrix, QrDecomposition } from "ml-matrix";
import { stream } from "../../../lib/random.ts";
import type { WordVectors } from "../../../lib/text/muse/word_vectors.ts";

/** float32 [rows, dim] from N(0, 1). */
export function gaussian(seed: number, rows: number, dim: number): Float32Array {
  const source = stream(seed, "gaussian");
  return Float32Array.from({ length: rows * dim }, () => source.normal());
}

export function wordVectors(data: Float32Array, dim: number): WordVectors {
  return { words: Array.from({ length: data.length / dim }, (_, i) => `word ${i}`), dim, data };
}

/** A random orthogonal matrix, float32 [dim, dim]. */
export function randomRotation(seed: number, dim: number): Float32Array {
  const { orthogonalMatrix } = new QrDecomposition(
    Matrix.from1DArray(dim, dim, [...gaussian(seed, dim, dim)]),
  );
  return Float32Array.from(orthogonalMatrix.to1DArray());
}

/** The largest difference between W W^T and the identity. */
export function orthogonalError(w: Float32Array, dim: number): number {
  let worst = 0;
  for (let i = 0; i < dim; i++) {
    for (let j = 0; j < dim; j++) {
      let sum = 0;
      for (let k = 0; k < dim; k++) sum += w[i * dim + k]! * w[j * dim + k]!;
      worst = Math.max(worst, Math.abs(sum - (i === j ? 1 : 0)));
    }
  }
  return worst;
}

/** The largest difference between two lists of numbers. */
export function largestDifference(a: Float32Array, b: Float32Array): number {
  return a.reduce((worst, x, i) => Math.max(worst, Math.abs(x - b[i]!)), 0);
}
