/** Attention against a cache equals attention over everything at once. @module */
import { ok, throws } from "node:assert/strict";
import { stream } from "../../lib/random.ts";
import {
  attention,
  cachedAttention,
  compile,
  constant,
  float32,
  float32Data,
  input,
  int32,
  reshape,
  rope,
  type Tensor,
  transpose,
  type Value,
} from "../../lib/tensor/mod.ts";

const [HEADS, KV_HEADS, SIZE, CAPACITY] = [4, 2, 16, 10];
const LENGTHS = [6, 3, 4];
const BATCH = LENGTHS.length;
const LONGEST = Math.max(...LENGTHS);

const angles = (f: (x: number) => number) =>
  constant(
    Float32Array.from({ length: CAPACITY * SIZE / 2 }, (_, i) =>
      f(Math.floor(i / (SIZE / 2)) / 10 ** (i % (SIZE / 2)))),
    [CAPACITY, SIZE / 2],
  );
const [cos, sin] = [angles(Math.cos), angles(Math.sin)];

function cacheInputs() {
  const shape = ["B", KV_HEADS, "C", SIZE];
  return {
    pastKeys: input("pastKeys", shape),
    pastValues: input("pastValues", shape),
    lastPlaces: input("lastPlaces", ["B"], "int32"),
    totalLength: input("totalLength", [], "int32"),
    cos,
    sin,
  };
}

/** All tokens of one sequence at once, with the ops that training uses. */
async function reference(q: Value, k: Value, v: Value): Promise<Float32Array> {
  const heads = (name: string, n: number) =>
    transpose(reshape(input(name, [1, "T", n * SIZE]), [1, "T", n, SIZE]), [0, 2, 1, 3]);
  const positions = input("positions", [1, "T"], "int32");
  const turn = (x: Tensor) => rope(x, positions, cos, sin);
  const length = q.dims[1]!;
  const mask = Float32Array.from(
    { length: length ** 2 },
    (_, i) => i % length > Math.floor(i / length) ? -1e9 : 0,
  );
  const y = attention(turn(heads("q", HEADS)), turn(heads("k", KV_HEADS)), heads("v", KV_HEADS), {
    mask: input("mask", ["T", "T"]),
  });
  const session = await compile({ y: reshape(transpose(y, [0, 2, 1, 3]), [1, "T", HEADS * SIZE]) });
  const results = await session.run({
    ...{ q, k, v },
    positions: int32(Int32Array.from({ length }, (_, i) => i), [1, length]),
    mask: float32(mask, [length, length]),
  });
  await session.dispose();
  return float32Data(results.y!);
}

Deno.test("cachedAttention() token by token and all at once equals attention() with rope()", async () => {
  const random = stream(3, "cached attention");
  const draw = (heads: number) =>
    Float32Array.from({ length: BATCH * LONGEST * heads * SIZE }, () => random.normal());
  const [q, k, v] = [draw(HEADS), draw(KV_HEADS), draw(KV_HEADS)];
  const inputs = [HEADS, KV_HEADS, KV_HEADS].map((n, i) => input("qkv"[i]!, ["B", "T", n * SIZE]));
  const { context, presentKeys, presentValues } = cachedAttention(
    inputs[0]!,
    inputs[1]!,
    inputs[2]!,
    cacheInputs(),
  );
  const session = await compile({ context, presentKeys, presentValues });

  const emptyCache = () =>
    float32(new Float32Array(BATCH * KV_HEADS * CAPACITY * SIZE), [BATCH, KV_HEADS, CAPACITY, SIZE]);
  /** Tokens from ... to of every sequence; the cache is written in place. */
  async function run(keys: Value, values: Value, start: number, end: number): Promise<Float32Array> {
    const part = (data: Float32Array, heads: number) => {
      const row = heads * SIZE;
      const rows = Array.from(
        { length: BATCH },
        (_, b) => [...data.subarray((b * LONGEST + start) * row, (b * LONGEST + end) * row)],
      );
      return float32(rows.flat(), [BATCH, end - start, row]);
    };
    const lengths = LENGTHS.map((length) => Math.min(length, end));
    const results = await session.run({
      q: part(q, HEADS),
      k: part(k, KV_HEADS),
      v: part(v, KV_HEADS),
      pastKeys: keys,
      pastValues: values,
      lastPlaces: int32(start === 0 ? lengths.map((n) => n - 1) : LENGTHS.map(() => end - 1), [BATCH]),
      totalLength: int32([end], []),
    }, { presentKeys: keys, presentValues: values });
    return float32Data(results.context!);
  }
  const once = await run(emptyCache(), emptyCache(), 0, LONGEST);
  const [keys, values] = [emptyCache(), emptyCache()];
  const steps: Float32Array[] = [await run(keys, values, 0, 2)];
  for (let t = 2; t < LONGEST; t++) steps.push(await run(keys, values, t, t + 1));
  await session.dispose();

  const width = HEADS * SIZE;
  for (let b = 0; b < BATCH; b++) {
    const own = (data: Float32Array, heads: number) =>
      float32(data.slice(b * LONGEST * heads * SIZE, (b * LONGEST + LENGTHS[b]!) * heads * SIZE), [
        1,
        LENGTHS[b]!,
        heads * SIZE,
      ]);
    const expected = await reference(own(q, HEADS), own(k, KV_HEADS), own(v, KV_HEADS));
    for (let t = 0; t < LENGTHS[b]!; t++) {
      for (let i = 0; i < width; i++) {
        const wanted = expected[t * width + i]!;
        const whole = once[(b * LONGEST + t) * width + i]!;
        const stepped = t < 2 ? steps[0]![(b * 2 + t) * width + i]! : steps[t - 1]![b * width + i]!;
        ok(Math.abs(whole - wanted) < 1e-5, `at once: row ${b}, token ${t}: ${whole} is not ${wanted}`);
        ok(
          Math.abs(stepped - wanted) < 1e-5,
          `step by step: row ${b}, token ${t}: ${stepped} is not ${wanted}`,
        );
      }
    }
  }
});

Deno.test("cachedAttention() refuses shapes that do not fit", () => {
  const x = (width: number) => input(`x${width}`, ["B", 1, width]);
  throws(() => cachedAttention(x(64), x(16), x(32), cacheInputs()), {
    message: /Cannot attend with q "x64"/,
  });
});
