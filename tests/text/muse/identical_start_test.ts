/** Word pairs from words that two languages write alike. */
import { deepStrictEqual, ok } from "node:assert/strict";
import { identicalPairs } from "../../../lib/text/muse/identical_start.ts";
import { mapRows, procrustesOfPairs } from "../../../lib/text/muse/procrustes.ts";
import { gaussian, largestDifference, randomRotation } from "./_vectors.ts";

const DIM = 4;
const vectors = (words: readonly string[], data: Float32Array) => ({ words, dim: DIM, data });

Deno.test("identicalPairs() are the words written alike wherever they stand, and enough of them fix the rotation", () => {
  const data = gaussian(1, 6, DIM);
  const rotation = randomRotation(2, DIM);
  const source = vectors(["3", "dog", "5", "7", "anna", "cat"], data);
  const target = vectors(["3", "mbwa", "5", "7", "anna", "paka"], mapRows(data, rotation, DIM));
  const pairs = identicalPairs(source, target);
  deepStrictEqual(pairs, [[0, 0], [2, 2], [3, 3], [4, 4]]);
  ok(largestDifference(procrustesOfPairs(source, target, pairs), rotation) < 1e-4);
  const swapped = vectors(["paka", "3"], gaussian(3, 2, DIM));
  deepStrictEqual(identicalPairs(source, swapped), [[0, 1]]);
});

Deno.test("identicalPairs() of languages that write no word alike are none", () => {
  const data = gaussian(1, 1, DIM);
  deepStrictEqual(identicalPairs(vectors(["dog"], data), vectors(["пёс"], data)), []);
});
