/** Rotations between word vectors: laws on random vectors, and real ones against numpy. */
import { deepStrictEqual, ok } from "node:assert/strict";
import { atLeast } from "../../../lib/checked.ts";
import { hitPlaces, sharedSpace, translate } from "../../../lib/text/muse/csls.ts";
import {
  best,
  type Mapping,
  mapRows,
  procrustes,
  procrustesOfPairs,
  refinements,
} from "../../../lib/text/muse/procrustes.ts";
import type { WordVectors } from "../../../lib/text/muse/word_vectors.ts";
import { loadConcepts } from "../../../lib/world/open/concept_vectors.ts";
import { dataTest } from "../../world/open/_data.ts";
import golden from "./concepts_golden.json" with { type: "json" };
import { gaussian, largestDifference, orthogonalError, randomRotation, wordVectors } from "./_vectors.ts";

const ONE = { threads: 1 };

Deno.test("procrustes() recovers an exact rotation", () => {
  for (const dim of [1, 2, 9, 40]) {
    const [x, rotation] = [gaussian(dim, 3 * dim, dim), randomRotation(dim, dim)];
    ok(largestDifference(procrustes(x, mapRows(x, rotation, dim), dim), rotation) < 1e-5);
  }
});

Deno.test("procrustes() gives an orthogonal mapping whatever the pairs, also from fewer pairs than directions", () => {
  for (const [rows, dim] of [[50, 10], [10, 10], [3, 10], [1, 4]] as const) {
    const mapping = procrustes(gaussian(1, rows, dim), gaussian(2, rows, dim), dim);
    ok(orthogonalError(mapping, dim) < 1e-5, `${rows} pairs in ${dim} directions`);
  }
});

Deno.test("procrustes() is closer than other rotations, and turns back when the languages are exchanged", () => {
  const dim = 6;
  const [x, y] = [gaussian(3, 40, dim), gaussian(4, 40, dim)];
  const mapping = procrustes(x, y, dim);
  const error = (w: Mapping) => mapRows(x, w, dim).reduce((sum, value, i) => sum + (value - y[i]!) ** 2, 0);
  for (let seed = 0; seed < 20; seed++) ok(error(mapping) < error(randomRotation(seed, dim)));
  const back = procrustes(y, x, dim);
  for (let i = 0; i < dim; i++) {
    for (let j = 0; j < dim; j++) ok(Math.abs(mapping[i * dim + j]! - back[j * dim + i]!) < 1e-5);
  }
});

Deno.test("refinements() find the whole rotation from a few pairs of words, and the criterion knows it", async () => {
  const dim = 8;
  const data = gaussian(5, 200, dim);
  const rotation = randomRotation(6, dim);
  const noise = gaussian(7, 200, dim);
  const turned = mapRows(data, rotation, dim).map((value, i) => value + 0.02 * noise[i]!);
  const [source, target] = [wordVectors(data, dim), wordVectors(turned, dim)];
  const start = procrustesOfPairs(source, target, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((i) => [i, i] as const));
  const found = await refinements(source, target, start, { iterations: 5, max_rank: 15_000 }, ONE);
  const top = best(found);
  ok(top.criterion > found[0]!.criterion);
  ok(largestDifference(top.mapping, rotation) < 0.02);
  ok(found.every(({ mapping }) => orthogonalError(mapping, dim) < 1e-5));
});

/** Concepts that two languages share, in order of gloss, without those whose vector in either came before. */
function sharedConcepts(folder: string, language: string): [WordVectors, WordVectors] {
  const [ours, theirs] = atLeast(
    ["en", language].map((code) =>
      new Map(loadConcepts(folder, code).map(({ gloss, vector }) => [gloss, vector]))
    ),
    2,
  );
  const seen = new Set<string>();
  const words = [...ours.keys()].filter((gloss) => theirs.has(gloss)).sort().filter((gloss) => {
    const vectors = [`en ${ours.get(gloss)}`, `${language} ${theirs.get(gloss)}`];
    const isNew = !vectors.some((vector) => seen.has(vector));
    for (const vector of vectors) seen.add(vector);
    return isNew;
  });
  const of = (vectors: ReadonlyMap<string, readonly number[]>) => ({
    words,
    dim: 128,
    data: Float32Array.from(words.flatMap((gloss) => vectors.get(gloss)!)),
  });
  return [of(ours), of(theirs)];
}

/** Hits at 1, 5 and 10 of every second concept, as the golden file has them. */
async function hits(source: WordVectors, target: WordVectors, mapping: Mapping) {
  const asked = source.words.map((_, i) => i).filter((i) => i % 2 === 1);
  const space = sharedSpace(mapRows(source.data, mapping, source.dim), target.data, source.dim);
  const entries: [string, number][] = [];
  for (const how of ["nn", "csls"] as const) {
    const places = hitPlaces(
      await translate(space, how, 10, asked, ONE),
      new Map(asked.map((i) => [i, new Set([i])])),
    );
    for (const k of [1, 5, 10]) entries.push([`${how}@${k}`, places.filter((place) => place < k).length]);
  }
  return Object.fromEntries(entries);
}

for (const [pair, expected] of Object.entries(golden)) {
  dataTest(
    `Procrustes and CSLS translate the concepts of ${pair} as numpy does (concepts_golden.py)`,
    async (folder) => {
      const [source, target] = sharedConcepts(folder, pair.slice(3));
      const known = source.words.map((_, i) => i).filter((i) => i % 2 === 0);
      const start = procrustesOfPairs(source, target, known.map((i) => [i, i] as const));
      const found = await refinements(source, target, start, { iterations: 5, max_rank: 15_000 }, ONE);
      deepStrictEqual({
        concepts: source.words.length,
        asked: source.words.length - known.length,
        procrustes: await hits(source, target, start),
      }, { concepts: expected.concepts, asked: expected.asked, procrustes: expected.procrustes });
      // Of the refined mapping one near tie falls by rounding: numpy has one hit more in float64 than in float32.
      const refined = await hits(source, target, found[5]!.mapping);
      for (const [name, count] of Object.entries(expected.refined)) {
        ok(Math.abs(refined[name]! - count) <= 1, `${name}: ${refined[name]}, numpy ${count}`);
      }
    },
  );
}
