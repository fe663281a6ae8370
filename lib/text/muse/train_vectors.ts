/**
 * Word vectors from plain text: the truncated singular value decomposition of the positive pointwise mutual information
 * of words and their neighbours, U_d S_d^p (Levy & Goldberg 2014, Section 4; Levy, Goldberg & Dagan 2015). With little
 * text these do no worse than skip-gram, which factorises the same matrix, and they need no training run. The
 * decomposition is by random projection with power iterations (Halko, Martinsson & Tropp 2011, Algorithms 4.4, 5.1).
 * @module
 */
import { EigenvalueDecomposition, Matrix, QrDecomposition } from "ml-matrix";
import { UserError } from "../../errors.ts";
import type { Stream } from "../../random.ts";
import { countContexts, positivePmi, type SparseMatrix, vocabularyOf } from "./cooccurrence.ts";
import type { WordVectors } from "./word_vectors.ts";

/** Settings of {@link trainVectors}. */
export interface VectorSettings {
  /** Words to either side that count as neighbours, within one text. */
  readonly window: number;
  /** Rarer words are left out. */
  readonly min_count: number;
  /** Numbers a word. */
  readonly dim: number;
  /** Exponent of the contexts' frequencies; 0.75 in the paper and in word2vec. */
  readonly context_smoothing: number;
  /** p: exponent of the singular values; 0.5 is the paper's advice, 1 keeps the distances. */
  readonly eigenvalue_weight: number;
}

/** Extra directions and power iterations of the random projection; more change nothing that matters. */
const OVERSAMPLING = 16;
const POWER_ITERATIONS = 4;

/**
 * Vectors of the words of some texts, most frequent first.
 * @param texts each as its words
 * @throws {UserError} when there are fewer frequent words than `dim`
 */
export function trainVectors(
  texts: readonly (readonly string[])[],
  settings: VectorSettings,
  random: Stream,
): WordVectors {
  const { dim } = settings;
  const words = vocabularyOf(texts, settings.min_count);
  if (words.length < dim) {
    throw new UserError(
      `Cannot make vectors of ${dim} numbers from ${words.length} words: give more text, or lower dim or min_count`,
    );
  }
  const counts = countContexts(texts, words, settings.window);
  const { left, values } = truncatedSvd(positivePmi(counts, settings.context_smoothing), dim, random);
  const data = new Float32Array(words.length * dim);
  for (let i = 0; i < data.length; i++) {
    const column = i % dim;
    data[i] = left.get((i - column) / dim, column) * values[column]! ** settings.eigenvalue_weight;
  }
  return { words, dim, data };
}

/** The first `rank` left singular vectors (columns) and singular values, falling. */
export function truncatedSvd(
  matrix: SparseMatrix,
  rank: number,
  random: Stream,
): { left: Matrix; values: number[] } {
  const width = Math.min(matrix.size, rank + OVERSAMPLING);
  const start = new Matrix(matrix.size, width);
  for (let r = 0; r < matrix.size; r++) {
    for (let c = 0; c < width; c++) start.set(r, c, random.normal());
  }
  let basis = orthonormal(times(matrix, start));
  for (let i = 0; i < POWER_ITERATIONS; i++) {
    basis = orthonormal(times(matrix, orthonormal(times(matrix, basis, true))));
  }
  // B = basis^T matrix is small in one direction; B B^T has its left vectors and its values squared.
  const projected = times(matrix, basis, true);
  const { eigenvectorMatrix, realEigenvalues } = new EigenvalueDecomposition(
    projected.transpose().mmul(projected),
    { assumeSymmetric: true },
  );
  const order = realEigenvalues.map((value, i) => [value, i] as const).sort(([a], [b]) => b - a).slice(
    0,
    rank,
  );
  return {
    left: basis.mmul(eigenvectorMatrix.subMatrixColumn(order.map(([, i]) => i))),
    values: order.map(([value]) => Math.sqrt(Math.max(0, value))),
  };
}

function orthonormal(matrix: Matrix): Matrix {
  return new QrDecomposition(matrix).orthogonalMatrix;
}

/** matrix dense, or matrix^T dense. */
function times({ size, starts, columns, values }: SparseMatrix, dense: Matrix, transposed = false): Matrix {
  const width = dense.columns;
  const from = Float64Array.from(dense.to1DArray());
  const sums = new Float64Array(size * width);
  for (let r = 0; r < size; r++) {
    for (let at = starts[r]!; at < starts[r + 1]!; at++) {
      const [to, of] = transposed ? [columns[at]! * width, r * width] : [r * width, columns[at]! * width];
      const value = values[at]!;
      for (let c = 0; c < width; c++) sums[to + c]! += value * from[of + c]!;
    }
  }
  return Matrix.from1DArray(size, width, [...sums]);
}
