/**
 * Mapping one language's vectors into another's space by a rotation: the orthogonal matrix that brings the words of a
 * dictionary closest to their translations (Schönemann 1966; Lample et al. 2018, Equation 2), and its refinement, in
 * which the dictionary is the one that the mapping itself implies (Section 2.2; MUSE `src/trainer.py`, `supervised.py`).
 * @module
 */
import { Matrix, SingularValueDecomposition } from "ml-matrix";
import { impliedDictionary, meanPairCosine, type Pairs, sharedSpace } from "./csls.ts";
import type { SearchOptions } from "./neighbours.ts";
import { rowsOf, type WordVectors } from "./word_vectors.ts";

/** A linear mapping W of source vectors, float32 [dim, dim], row-major: x becomes W x. */
export type Mapping = Float32Array;

/** The mapping that changes nothing. */
export function identity(dim: number): Mapping {
  return Float32Array.from({ length: dim * dim }, (_, at) => at % (dim + 1) === 0 ? 1 : 0);
}

/** Vectors under a mapping: float32 [rows, dim] -> [rows, dim]. Sums in float64. */
export function mapRows(data: Float32Array, mapping: Mapping, dim: number): Float32Array {
  const out = new Float32Array(data.length);
  for (let row = 0; row < data.length; row += dim) {
    for (let i = 0; i < dim; i++) {
      let sum = 0;
      for (let j = 0; j < dim; j++) sum += mapping[i * dim + j]! * data[row + j]!;
      out[row + i] = sum;
    }
  }
  return out;
}

/**
 * The orthogonal W that minimises |W x - y| over the pairs: U V^T of the singular value decomposition of Y^T X.
 * @param x float32 [pairs, dim]
 * @param y float32 [pairs, dim], the translations of `x`
 */
export function procrustes(x: Float32Array, y: Float32Array, dim: number): Mapping {
  if (x.length !== y.length || x.length % dim !== 0) {
    throw new RangeError(`Cannot align ${x.length} with ${y.length} numbers in rows of ${dim}`);
  }
  const product = new Float64Array(dim * dim);
  for (let row = 0; row < x.length; row += dim) {
    for (let i = 0; i < dim; i++) {
      const yi = y[row + i]!;
      for (let j = 0; j < dim; j++) product[i * dim + j]! += yi * x[row + j]!;
    }
  }
  const svd = new SingularValueDecomposition(Matrix.from1DArray(dim, dim, [...product]));
  const rotation = svd.leftSingularVectors.mmul(svd.rightSingularVectors.transpose());
  return Float32Array.from(rotation.to1DArray());
}

/** The best rotation for a dictionary of word pairs. */
export function procrustesOfPairs(source: WordVectors, target: WordVectors, pairs: Pairs): Mapping {
  return procrustes(
    rowsOf(source.data, source.dim, pairs.map(([s]) => s)),
    rowsOf(target.data, target.dim, pairs.map(([, t]) => t)),
    source.dim,
  );
}

/** A mapping with its unsupervised criterion (`meanPairCosine`). */
export interface Candidate {
  readonly mapping: Mapping;
  readonly criterion: number;
}

/** The mapping with its criterion. */
export async function judged(
  source: WordVectors,
  target: WordVectors,
  mapping: Mapping,
  options: SearchOptions = {},
): Promise<Candidate> {
  const space = sharedSpace(mapRows(source.data, mapping, source.dim), target.data, source.dim);
  return { mapping, criterion: await meanPairCosine(space, options) };
}

/** How a mapping is refined. */
export interface Refinement {
  /** MUSE: 5 */
  readonly iterations: number;
  /** Words of either language that a dictionary may hold, by frequency (MUSE's `dico_max_rank`): 15,000. */
  readonly max_rank: number;
}

/**
 * The mapping and its refinements, in order: each is the best rotation for the dictionary that the one before implies.
 * MUSE keeps the one with the best criterion (`best`).
 */
export async function refinements(
  source: WordVectors,
  target: WordVectors,
  start: Mapping,
  { iterations, max_rank }: Refinement,
  options: SearchOptions = {},
): Promise<Candidate[]> {
  const found = [await judged(source, target, start, options)];
  for (let i = 0; i < iterations; i++) {
    const space = sharedSpace(mapRows(source.data, found[i]!.mapping, source.dim), target.data, source.dim);
    const pairs = await impliedDictionary(space, max_rank, options);
    found.push(await judged(source, target, procrustesOfPairs(source, target, pairs), options));
  }
  return found;
}

/** The candidate with the highest criterion, of equal ones the first. */
export function best(candidates: readonly Candidate[]): Candidate {
  return candidates.reduce((a, b) => b.criterion > a.criterion ? b : a);
}
