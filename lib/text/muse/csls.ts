/**
 * Translations of words by their vectors in one space: by cosine, or by cross-domain similarity local scaling (Lample et
 * al. 2018, Section 2.3), which takes from the cosine of two words how close each is to its k nearest neighbours in
 * the other language, so that words that are close to everything (hubs) are no longer everyone's translation:
 * CSLS(x, y) = 2 cos(x, y) - r_T(x) - r_S(y).
 * @module
 */
import { meanScores, nearest, type Neighbours, type SearchOptions } from "./neighbours.ts";
import { rowsOf, unitRows } from "./word_vectors.ts";

/** How translations are found; "nn" is LinguaLIFT's A.1, "csls" MUSE's `csls_knn_10`. */
export const MATCHINGS = ["nn", "csls"] as const;
export type Matching = typeof MATCHINGS[number];

/** Neighbours over which the mean similarity of a word is taken (MUSE: 10). */
const HUB_NEIGHBOURS = 10;

/** Two languages in one space, rows of length 1: float32 [words, dim]. */
export interface SharedSpace {
  readonly source: Float32Array;
  readonly target: Float32Array;
  readonly dim: number;
}

/** Two languages after mapping: `mapped` are the source's vectors in the target's space. */
export function sharedSpace(mapped: Float32Array, target: Float32Array, dim: number): SharedSpace {
  return { source: unitRows(mapped, dim), target: unitRows(target, dim), dim };
}

/**
 * The k best translations of the source words `ids` (default: all) among all target words, with their cosine or CSLS.
 * Neighbourhoods are over the whole vocabularies, whatever is asked for.
 */
export async function translate(
  space: SharedSpace,
  how: Matching,
  k: number,
  ids?: ArrayLike<number>,
  options: SearchOptions = {},
): Promise<Neighbours> {
  const { source, target, dim } = space;
  const queries = ids === undefined ? source : rowsOf(source, dim, ids);
  if (how === "nn") return nearest({ queries, keys: target, dim, k }, options);
  const hubs = (keys: Float32Array) => Math.min(HUB_NEIGHBOURS, keys.length / dim);
  const ofTargets = await meanScores({ queries: target, keys: source, dim, k: hubs(source) }, options);
  const ofQueries = await meanScores({ queries, keys: target, dim, k: hubs(target) }, options);
  const found = await nearest({ queries, keys: target, dim, k, scale: 2, penalty: ofTargets }, options);
  // The query's own mean changes no order, only the value.
  return { ...found, scores: found.scores.map((score, at) => score - ofQueries[Math.floor(at / k)]!) };
}

/** Word pairs, source first, that are each other's candidates; the surest first. */
export type Pairs = readonly (readonly [source: number, target: number])[];

/**
 * The dictionary that a mapping implies (MUSE `src/dico_builder.py` with `dico_build` S2T): each of the `maxRank` most
 * frequent source words with its best translation by CSLS, left out where that is rarer than rank `maxRank`, in order of
 * how far the best translation is ahead of the second.
 */
export async function impliedDictionary(
  space: SharedSpace,
  maxRank: number,
  options: SearchOptions = {},
): Promise<Pairs> {
  const count = Math.min(maxRank, space.source.length / space.dim);
  const found = await translate(space, "csls", 2, Uint32Array.from({ length: count }, (_, i) => i), options);
  const lead = (i: number) => found.scores[2 * i]! - found.scores[2 * i + 1]!;
  return Array.from({ length: count }, (_, i) => i)
    .filter((i) => found.ids[2 * i]! < maxRank)
    .sort((a, b) => lead(b) - lead(a) || a - b)
    .map((i) => [i, found.ids[2 * i]!] as const);
}

/**
 * How good a mapping is without knowing any translation (Lample et al. 2018, Section 3.5; MUSE's
 * `mean_cosine-csls_knn_10-S2T-10000`): the mean cosine of the pairs of its implied dictionary of the 10,000 most
 * frequent words.
 */
export async function meanPairCosine(space: SharedSpace, options: SearchOptions = {}): Promise<number> {
  const { source, target, dim } = space;
  const pairs = await impliedDictionary(space, 10_000, options);
  if (pairs.length === 0) return -1;
  let sum = 0;
  for (const [s, t] of pairs) {
    for (let i = 0; i < dim; i++) sum += source[s * dim + i]! * target[t * dim + i]!;
  }
  return sum / pairs.length;
}

/** Which target words translate a source word. */
export type Gold = ReadonlyMap<number, ReadonlySet<number>>;

/**
 * Of each word of `gold`, in its order, the place (from 0) of the first right translation among its neighbours, which
 * must be in the same order; Infinity where there is none. P@k is the share below k: several right translations count
 * as one hit (MUSE `src/evaluation/word_translation.py`).
 */
export function hitPlaces({ k, ids }: Neighbours, gold: Gold): number[] {
  return [...gold.values()].map((right, i) => {
    for (let place = 0; place < k; place++) if (right.has(ids[i * k + place]!)) return place;
    return Infinity;
  });
}
