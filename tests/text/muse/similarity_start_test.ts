/** Word pairs from similarities within each language. */
import { deepStrictEqual, ok } from "node:assert/strict";
import { mapRows } from "../../../lib/text/muse/procrustes.ts";
import { similarPairs } from "../../../lib/text/muse/similarity_start.ts";
import { gaussian, randomRotation, wordVectors } from "./_vectors.ts";

const ONE = { threads: 1 };
const DIM = 6;

Deno.test("similarPairs() finds every word under any rotation, in whatever order the words stand", async () => {
  const data = gaussian(1, 60, DIM);
  const turned = mapRows(data, randomRotation(2, DIM), DIM);
  const shuffled = Float32Array.from(turned, (_, i) => turned[(59 - Math.floor(i / DIM)) * DIM + i % DIM]!);
  const pairs = await similarPairs(wordVectors(data, DIM), wordVectors(shuffled, DIM), ONE);
  deepStrictEqual([...pairs].sort(([a], [b]) => a - b), Array.from({ length: 60 }, (_, i) => [i, 59 - i]));
});

Deno.test("similarPairs() finds hardly any word where the languages have nothing to do with each other", async () => {
  const [source, target] = [wordVectors(gaussian(1, 60, DIM), DIM), wordVectors(gaussian(2, 60, DIM), DIM)];
  const right = (await similarPairs(source, target, ONE)).filter(([s, t]) => s === t);
  ok(right.length < 6, `${right.length} of 60`);
});
