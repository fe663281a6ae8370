/** The adversarial game on vectors whose rotation is known. */
import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { stream } from "../../../lib/random.ts";
import { adversarialEpochs } from "../../../lib/text/muse/adversarial.ts";
import { type Adversarial, MUSE } from "../../../lib/text/muse/adversarial_settings.ts";
import { orthogonalized } from "../../../lib/text/muse/adversarial_graph.ts";
import { best, mapRows, refinements } from "../../../lib/text/muse/procrustes.ts";
import { compile, float32, float32Data, input } from "../../../lib/tensor/mod.ts";
import { gaussian, largestDifference, orthogonalError, randomRotation, wordVectors } from "./_vectors.ts";

const ONE = { threads: 1 };
const DIM = 3;
const SMALL: Adversarial = { ...MUSE, epochs: 3, epoch_size: 32 * 150, dis_hidden: 64, map_beta: 0.02 };

/** Words in four lopsided clouds: no rotation but one brings them onto themselves. */
function clouds(seed: number, words: number): Float32Array {
  const centres = [[1, 0.2, 0.1], [-0.3, 0.9, 0], [0.2, -0.1, -0.8], [-0.5, -0.6, 0.4]];
  return gaussian(seed, words, DIM).map((x, i) =>
    centres[Math.floor(4 * (Math.floor(i / DIM) / words) ** 2)]![i % DIM]! + 0.1 * x
  );
}

Deno.test("orthogonalized() leaves a rotation alone and brings other matrices closer to one", async () => {
  const session = await compile({ w: orthogonalized(input("x", [5, 5]), 0.01) }, ONE);
  const next = async (w: Float32Array) => float32Data((await session.run({ x: float32(w, [5, 5]) })).w!);
  const rotation = randomRotation(1, 5);
  ok(largestDifference(await next(rotation), rotation) < 1e-6);
  let w = rotation.map((x, i) => 1.1 * x + 0.02 * (i % 3));
  for (let i = 0; i < 20; i++) {
    const closer = await next(w);
    ok(orthogonalError(closer, 5) < orthogonalError(w, 5));
    w = closer.slice();
  }
  await session.dispose();
});

Deno.test("adversarialEpochs() and refinements() find a rotation without any pair of words, and the criterion picks it", async () => {
  const data = clouds(1, 300);
  const rotation = Float32Array.of(0, -1, 0, 0.8, 0, -0.6, 0.6, 0, 0.8);
  const [source, target] = [wordVectors(data, DIM), wordVectors(mapRows(data, rotation, DIM), DIM)];
  // The game has other ends too, where the clouds lie on each other wrongly; no pair of words is needed to see it.
  const ends = [];
  for (const seed of [1, 2, 3]) {
    const epochs = await adversarialEpochs(source, target, SMALL, stream(seed, "test"), ONE);
    ok(orthogonalError(epochs[2]!.mapping, DIM) < 0.25, "the mapping stays close to orthogonal");
    const start = best(epochs).mapping;
    ends.push(best(await refinements(source, target, start, { iterations: 5, max_rank: 300 }, ONE)));
  }
  const { mapping, criterion } = best(ends);
  ok(largestDifference(mapping, rotation) < 0.01);
  ok(criterion > 0.9995);
});

Deno.test("adversarialEpochs() gives the same bytes for the same seed, and lowers the mapping's rate", async () => {
  const [source, target] = [wordVectors(clouds(1, 60), DIM), wordVectors(clouds(2, 60), DIM)];
  const settings = { ...SMALL, epoch_size: 32 * 20, dis_hidden: 16 };
  const run = (seed: number) => adversarialEpochs(source, target, settings, stream(seed, "test"), ONE);
  const [one, again, other] = [await run(1), await run(1), await run(2)];
  deepStrictEqual(again, one);
  ok(largestDifference(one[2]!.mapping, other[2]!.mapping) > 0);
  strictEqual(one[1]!.lr, MUSE.lr * MUSE.lr_decay);
  ok(one.every(({ lr }, i) => i === 0 || lr < one[i - 1]!.lr));
});
