/**
 * Problem-clustered randomisation test of a paired difference: under "no difference" each problem's whole difference
 * (all its languages together) could as well have the other sign. Exact up to 14 problems that differ, else 9,999 draws.
 *
 * Fisher (1935), The Design of Experiments, section 21; Phipson & Smyth (2010) for the (hits + 1) / (draws + 1) rule.
 * @module
 */
import { stream } from "../random.ts";
import type { ClusteredScores } from "./clusters.ts";

const EXACT_UP_TO = 14;
const DRAWS = 9_999;

/** Two-sided p for "the macro mean of `differences` (a - b) is 0"; 1 when no problem differs. */
export function signFlipTest(differences: ClusteredScores, options: { readonly seed?: number } = {}): number {
  const weights = contributions(differences).filter((w) => Math.abs(w) > 1e-12);
  if (weights.length === 0) return 1;
  const observed = Math.abs(weights.reduce((sum, w) => sum + w, 0)) - 1e-12;
  if (weights.length <= EXACT_UP_TO) return exact(weights, observed);
  const source = stream(options.seed ?? 0, "metric", "sign_flip");
  let hits = 0;
  for (let draw = 0; draw < DRAWS; draw++) {
    let sum = 0, bits = 0;
    for (let i = 0; i < weights.length; i++) {
      if (i % 30 === 0) bits = source.int(0, 2 ** 30 - 1);
      sum += bits & 1 ? weights[i] : -weights[i];
      bits >>= 1;
    }
    if (Math.abs(sum) >= observed) hits++;
  }
  return (hits + 1) / (DRAWS + 1);
}

function exact(weights: readonly number[], observed: number): number {
  let hits = 0;
  for (let signs = 0; signs < 2 ** weights.length; signs++) {
    let sum = 0;
    for (let i = 0; i < weights.length; i++) sum += signs >> i & 1 ? weights[i] : -weights[i];
    if (Math.abs(sum) >= observed) hits++;
  }
  return hits / 2 ** weights.length;
}

/** What each problem adds to the macro mean; the counts stay as they are under a flip, so the mean is their sum. */
function contributions(scores: ClusteredScores): number[] {
  const width = scores.strata.length;
  const counts = new Float64Array(width);
  scores.count.forEach((n, cell) => counts[cell % width] += n);
  return scores.clusters.map((_, row) => {
    let sum = 0;
    for (let s = 0; s < width; s++) sum += scores.total[row * width + s] / (counts[s] * width);
    return sum;
  });
}
