/**
 * A first mapping without a dictionary and without a game (Artetxe, Labaka & Agirre 2018, Section 3.2): words are
 * compared by how similar they are to the other words of their own language, as a sorted list, which no rotation
 * changes. Words whose lists are each other's nearest by CSLS are taken for translations. Unlike the paper's, the
 * similarities are plain cosines, without the square root of their matrix. Deterministic, and made for few words: of n
 * words it keeps n x n similarities of each language.
 * @module
 */
import { impliedDictionary, type Pairs, sharedSpace } from "./csls.ts";
import { nearest, type SearchOptions } from "./neighbours.ts";
import { prepare, unitRows, type WordVectors } from "./word_vectors.ts";

/** Words that are compared, by frequency (the paper's 4,000). */
const MOST_FREQUENT = 4000;

/** Pairs of words, source first, that are most alike in their similarities to their own languages' words. */
export async function similarPairs(
  source: WordVectors,
  target: WordVectors,
  options: SearchOptions = {},
): Promise<Pairs> {
  const count = Math.min(MOST_FREQUENT, source.words.length, target.words.length);
  const ours = await sortedSimilarities(source, count, options);
  const theirs = await sortedSimilarities(target, count, options);
  const there = await impliedDictionary(sharedSpace(ours, theirs, count), count, options);
  const back = new Map(await impliedDictionary(sharedSpace(theirs, ours, count), count, options));
  return there.filter(([s, t]) => back.get(t) === s);
}

/** For each of the first words the cosines with all of them, falling; centred, of length 1: float32 [count, count]. */
async function sortedSimilarities(
  { words, dim, data }: WordVectors,
  count: number,
  options: SearchOptions,
): Promise<Float32Array> {
  const unit = unitRows(data.subarray(0, count * dim), dim);
  const { scores } = await nearest({ queries: unit, keys: unit, dim, k: count }, options);
  return prepare({ words: words.slice(0, count), dim: count, data: scores }, "center,renorm").data;
}
