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
export function signFlipTest(
  differences: ClusteredScores,
  options: { readonly seed?: number | undefined } = {},
): number {
  const weights = contributions(differences).filter((w) => Math.abs(w) > 1e-12);
  if (weights.length === 0) return 1;
  const observed = Math.abs(weights.reduce((sum, w) => sum + w, 0)) - 1e-12;
  if (weights.length <= EXACT_UP_TO) return exact(weights, observed);
  const sums = sumsOfTens(weights);
  const words = sums.length / 3;
  const flips = drawnFlips(options.seed ?? 0, words);
  let hits = 0;
  for (let draw = 0; draw < DRAWS; draw++) {
    let sum = 0;
    for (let word = 0, ten = 0; word < words; word++, ten += 3) {
      const bits = flips[draw * words + word]!;
      sum += sums[ten]![bits & 1023]! + sums[ten + 1]![bits >> 10 & 1023]! + sums[ten + 2]![bits >> 20]!;
    }
    if (Math.abs(sum) >= observed) hits++;
  }
  return (hits + 1) / (DRAWS + 1);
}

/** Random bits of all draws, 30 a word; the tests of a table share them. */
const drawn = new Map<string, Uint32Array>();
const DRAWN_AT_MOST = 8;

function drawnFlips(seed: number, words: number): Uint32Array {
  const key = JSON.stringify([seed, words]);
  const known = drawn.get(key);
  if (known) return known;
  const source = stream(seed, "metric", "sign_flip");
  const flips = Uint32Array.from({ length: DRAWS * words }, () => source.int(0, 2 ** 30 - 1));
  if (drawn.size >= DRAWN_AT_MOST) drawn.delete(drawn.keys().next().value!);
  drawn.set(key, flips);
  return flips;
}

/**
 * For every ten weights the sum under each of the 1,024 choices of signs: a draw then takes a tenth of the additions.
 * Three tens to a word of 30 bits; the last may be empty.
 */
function sumsOfTens(weights: readonly number[]): Float64Array[] {
  return Array.from({ length: 3 * Math.ceil(weights.length / 30) }, (_, ten) => {
    const mine = weights.slice(ten * 10, ten * 10 + 10);
    const sums = new Float64Array(1024);
    sums[0] = -mine.reduce((sum, w) => sum + w, 0);
    // Each choice is one with its lowest sign still negative, plus twice that weight.
    for (let signs = 1; signs < 1024; signs++) {
      sums[signs] = sums[signs & (signs - 1)]! + 2 * (mine[31 - Math.clz32(signs & -signs)] ?? 0);
    }
    return sums;
  });
}

function exact(weights: readonly number[], observed: number): number {
  let hits = 0;
  for (let signs = 0; signs < 2 ** weights.length; signs++) {
    let sum = 0;
    for (let i = 0; i < weights.length; i++) sum += signs >> i & 1 ? weights[i]! : -weights[i]!;
    if (Math.abs(sum) >= observed) hits++;
  }
  return hits / 2 ** weights.length;
}

/** What each problem adds to the macro mean; the counts stay as they are under a flip, so the mean is their sum. */
function contributions(scores: ClusteredScores): number[] {
  const width = scores.strata.length;
  const counts = new Float64Array(width);
  scores.count.forEach((n, cell) => counts[cell % width]! += n);
  return scores.clusters.map((_, row) => {
    let sum = 0;
    for (let s = 0; s < width; s++) sum += scores.total[row * width + s]! / (counts[s]! * width);
    return sum;
  });
}
