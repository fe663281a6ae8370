/**
 * One vector for a text from its states.
 * @module
 */

/** The mean of the rows of `states` [tokens, size], summed in float64: float32 [size]. */
export function meanState(states: Float32Array, size: number): Float32Array {
  const sums = new Float64Array(size);
  for (let at = 0; at < states.length; at++) sums[at % size]! += states[at]!;
  return Float32Array.from(sums, (sum) => sum * size / states.length);
}

/** The first row of `states` [tokens, size], for BERT that of [CLS]: float32 [size]. */
export function firstState(states: Float32Array, size: number): Float32Array {
  return states.slice(0, size);
}

/** A vector divided by its length. */
export function unitVector(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector);
  return vector.map((x) => x / length);
}
