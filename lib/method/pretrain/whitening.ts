/**
 * Whitening of an encoder's states (Su et al., 2021, arXiv:2103.15316), per token and frozen with the encoder. What tells
 * the words of a small world apart lies in directions with a thousandth of the largest variance, which an alignment layer
 * learns to use last; uncorrelated coordinates of unit variance it can use at once. No parameter of it is learned.
 * @module
 */
import { EigenvalueDecomposition, Matrix } from "ml-matrix";
import { WHITENING } from "../../model/encoder/config.ts";
import type { EncoderModel } from "../../model/encoder/model.ts";

/** Directions with less variance than this part of the mean are not blown up to 1. */
const SHRINKAGE = 1e-3;

/**
 * The encoder with an affine map at its end after which the coordinates of `states` have mean 0, no correlation, and
 * variance 1 (less where there was next to none).
 * @param states float32 [tokens, hidden_size] a text, of the encoder as it is
 */
export function whiten({ config, weights }: EncoderModel, states: readonly Float32Array[]): EncoderModel {
  const d = config.hidden_size;
  const { mean, covariance } = moments(states, d);
  const { eigenvectorMatrix, realEigenvalues } = new EigenvalueDecomposition(covariance, {
    assumeSymmetric: true,
  });
  const floor = SHRINKAGE * realEigenvalues.reduce((sum, x) => sum + x, 0) / d;
  const scales = realEigenvalues.map((variance) => 1 / Math.sqrt(Math.max(variance, 0) + floor));
  const map = Matrix.diag(scales).mmul(eigenvectorMatrix.transpose());
  const bias = map.mmul(Matrix.columnVector(mean)).mul(-1);
  return {
    config: { ...config, whitened: true },
    weights: {
      ...weights,
      [`${WHITENING}.weight`]: Float32Array.from(map.to1DArray()),
      [`${WHITENING}.bias`]: Float32Array.from(bias.to1DArray()),
    },
  };
}

function moments(states: readonly Float32Array[], d: number): { mean: number[]; covariance: Matrix } {
  const count = states.reduce((sum, { length }) => sum + length / d, 0);
  const mean = Array<number>(d).fill(0);
  for (const text of states) text.forEach((x, i) => mean[i % d]! += x / count);
  const covariance = Matrix.zeros(d, d);
  for (const text of states) {
    const centred = Matrix.from1DArray(text.length / d, d, text.map((x, i) => x - mean[i % d]!));
    covariance.add(centred.transpose().mmul(centred).div(count));
  }
  return { mean, covariance };
}
