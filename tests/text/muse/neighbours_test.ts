/** Nearest neighbours in blocks, and CSLS. */
import { deepStrictEqual, ok, rejects, strictEqual } from "node:assert/strict";
import { hitPlaces, sharedSpace, translate } from "../../../lib/text/muse/csls.ts";
import { nearest } from "../../../lib/text/muse/neighbours.ts";
import { gaussian, largestDifference } from "./_vectors.ts";

const [ROWS, COLUMNS, DIM, K] = [37, 53, 7, 10];
const queries = gaussian(1, ROWS, DIM);
const keys = gaussian(2, COLUMNS, DIM);
const ONE = { threads: 1 };

/** Scores in float64, one by one. */
function scoresOf(i: number, penalty?: Float32Array): number[] {
  return Array.from({ length: COLUMNS }, (_, j) => {
    let sum = 0;
    for (let d = 0; d < DIM; d++) sum += queries[i * DIM + d]! * keys[j * DIM + d]!;
    return sum - (penalty?.[j] ?? 0);
  });
}

Deno.test("nearest() finds what comparing with every key finds, with and without penalties", async () => {
  for (const penalty of [undefined, gaussian(3, COLUMNS, 1)]) {
    const { ids, scores } = await nearest({ queries, keys, dim: DIM, k: K, penalty }, ONE);
    for (let i = 0; i < ROWS; i++) {
      const all = scoresOf(i, penalty);
      const order = all.map((_, j) => j).sort((a, b) => all[b]! - all[a]!).slice(0, K);
      deepStrictEqual([...ids.subarray(i * K, (i + 1) * K)], order);
      order.forEach((j, place) => ok(Math.abs(scores[i * K + place]! - all[j]!) < 1e-5));
    }
  }
});

Deno.test("nearest() gives the same for every size of blocks", async () => {
  const search = { queries, keys, dim: DIM, k: K, penalty: gaussian(3, COLUMNS, 1), scale: 2 };
  const whole = await nearest(search, { ...ONE, queryBlock: ROWS, keyBlock: COLUMNS });
  for (const [queryBlock, keyBlock] of [[1, 1], [5, 8], [16, 52], [37, 11], [100, 100]] as const) {
    const found = await nearest(search, { ...ONE, queryBlock, keyBlock });
    deepStrictEqual(found.ids, whole.ids);
    ok(largestDifference(found.scores, whole.scores) < 1e-5);
  }
});

Deno.test("nearest() takes the lower key of equal ones, also across blocks", async () => {
  const same = new Float32Array(9 * 2).fill(1);
  for (const keyBlock of [2, 100]) {
    const { ids } = await nearest({ queries: Float32Array.of(1, 1), keys: same, dim: 2, k: 4 }, {
      ...ONE,
      keyBlock,
    });
    deepStrictEqual([...ids], [0, 1, 2, 3]);
  }
});

Deno.test("nearest() refuses more neighbours than there are words, and sizes that do not fit", async () => {
  await rejects(nearest({ queries, keys, dim: DIM, k: 54 }), /Cannot find 54 neighbours among 53 words/);
  await rejects(nearest({ queries: keys.subarray(1), keys, dim: DIM, k: 1 }), /not a multiple of 7/);
  await rejects(nearest({ queries, keys, dim: DIM, k: 1, penalty: queries }), /259 penalties for 53 words/);
});

Deno.test("translate() gives a pair of words the same CSLS from either side", async () => {
  const space = sharedSpace(queries, keys, DIM);
  const there = await translate(space, "csls", COLUMNS, undefined, ONE);
  const back = await translate(
    { source: space.target, target: space.source, dim: DIM },
    "csls",
    ROWS,
    undefined,
    ONE,
  );
  const value = ({ k, ids, scores }: typeof there, from: number, to: number) =>
    scores[from * k + ids.subarray(from * k, (from + 1) * k).indexOf(to)]!;
  for (let s = 0; s < ROWS; s++) {
    for (let t = 0; t < COLUMNS; t++) ok(Math.abs(value(there, s, t) - value(back, t, s)) < 1e-5);
  }
});

Deno.test("translate() of some words gives what it gives for all, because neighbourhoods are those of the vocabulary", async () => {
  const space = sharedSpace(queries, keys, DIM);
  const all = await translate(space, "csls", 3, undefined, ONE);
  const some = await translate(space, "csls", 3, [30, 2], ONE);
  deepStrictEqual([...some.ids], [30, 2].flatMap((i) => [...all.ids.subarray(3 * i, 3 * i + 3)]));
});

Deno.test("CSLS takes hubs back: a word that is close to all of them is no longer everyone's translation", async () => {
  // Twelve words around the circle's quarter, their translations a little further on, and one word in their middle.
  const at = (angle: number, height: number) => [Math.cos(angle), Math.sin(angle), height];
  const angles = Array.from({ length: 12 }, (_, i) => 2 * Math.PI * i / 12);
  const source = Float32Array.from(angles.flatMap((a) => at(a, 1)));
  const target = Float32Array.from([
    ...angles.flatMap((a) => at(a, -0.2)),
    ...at(0, 0).map(() => 0).fill(1, 2),
  ]);
  const space = sharedSpace(source, target, 3);
  const gold = new Map(angles.map((_, i) => [i, new Set([i])]));
  const right = async (how: "nn" | "csls") =>
    hitPlaces(await translate(space, how, 1, undefined, ONE), gold).filter((place) => place === 0).length;
  strictEqual(await right("nn"), 0);
  strictEqual(await right("csls"), 12);
});

Deno.test("hitPlaces(): P@k grows with k and counts several right translations once", async () => {
  const found = await nearest({ queries, keys, dim: DIM, k: K }, ONE);
  const gold = new Map(Array.from({ length: ROWS }, (_, i) => [i, new Set([i, i + 1, i + 2])]));
  const places = hitPlaces(found, gold);
  strictEqual(places.length, ROWS);
  const precision = (k: number) => places.filter((place) => place < k).length / ROWS;
  for (let k = 1; k < K; k++) ok(precision(k) <= precision(k + 1));
  ok(precision(1) < precision(K) && precision(K) <= 1);
});
