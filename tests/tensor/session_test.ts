/** Compiled graphs: sizes, feeds, errors, memory. */
import { deepStrictEqual, ok, rejects, strictEqual } from "node:assert/strict";
import { atLeast, having } from "../../lib/checked.ts";
import { UserError } from "../../lib/errors.ts";
import * as t from "../../lib/tensor/mod.ts";
import { onnxGraph } from "../../lib/tensor/onnx_graph.ts";
import { tinyBatch, tinyLm } from "./tiny_lm.ts";
import fc from "fast-check";

/** A session of x w + 1 with x ["B", 2] and w [2, 3]. */
function linear(options: t.CompileOptions = {}): Promise<t.Session> {
  const y = t.add(t.matmul(t.input("x", ["B", 2]), t.input("w", [2, 3])), 1);
  return t.compile({ y }, { threads: 1, ...options });
}
const w = t.float32([1, 2, 3, 4, 5, 6], [2, 3]);

Deno.test("run() computes for every batch size with one session", async () => {
  const session = await linear();
  for (const rows of [1, 3, 0]) {
    const { y } = having(await session.run({ x: t.float32(new Array(rows * 2).fill(1), [rows, 2]), w }), "y");
    deepStrictEqual(y.dims, [rows, 3]);
    deepStrictEqual([...t.float32Data(y)], new Array(rows).fill([6, 8, 10]).flat());
  }
  await session.dispose();
});

Deno.test("run() names the feed that is missing, unknown, of a wrong dtype, rank or size", async () => {
  const session = await linear();
  const x = t.float32([1, 1], [1, 2]);
  const cases: [t.Feeds, RegExp][] = [
    [{ x }, /input "w" is missing \(float32\[2, 3\]\)/],
    [{ x, w, v: x }, /no input "v"; inputs are x, w/],
    [{ x: t.int32([1, 1], [1, 2]), w }, /Cannot feed "x": it is int32\[1, 2\], expected float32\[B, 2\]/],
    [{ x: t.float32([1, 1], [2]), w }, /Cannot feed "x": it is float32\[2\]/],
    [{ x: t.float32([1, 1, 1], [1, 3]), w }, /Cannot feed "x": axis 1 has 3 elements, expected 2/],
  ];
  for (const [feeds, message] of cases) await rejects(session.run(feeds), message);
  const wrong = { y: t.float32(new Float32Array(6), [2, 3]) };
  await rejects(
    session.run({ x, w }, wrong),
    /Cannot write "y": axis 0 has 2 elements, expected B \("B" is 1\)/,
  );
  await rejects(session.run({ x, w }, { z: x }), /no output "z"/);
  await session.dispose();
});

Deno.test("run() refuses feeds whose named sizes contradict each other", async () => {
  const y = t.add(t.input("a", ["B"]), t.input("b", ["B"]));
  const session = await t.compile({ y });
  const feeds = { a: t.float32([1, 2], [2]), b: t.float32([1, 2, 3], [3]) };
  await rejects(session.run(feeds), /Cannot feed "b": axis 0 has 3 elements, expected B \("B" is 2 in "a"\)/);
  await session.dispose();
});

Deno.test("run() writes into the memory given, also over the input that an output replaces", async () => {
  const x = t.input("x", [4]);
  const session = await t.compile({ next: t.mul(x, 2) }, { threads: 1 });
  const value = t.float32([1, 2, 3, 4], [4]);
  const { next } = await session.run({ x: value }, { next: value });
  strictEqual(next, value);
  deepStrictEqual([...t.float32Data(value)], [2, 4, 6, 8]);
  await session.dispose();
});

Deno.test("compile() builds weights in, so that they need not be fed", async () => {
  const weights = { w: t.float32Data(w).slice() };
  const session = await linear({ weights });
  weights.w.fill(0); // the session has its own copy
  deepStrictEqual([...session.inputs.keys()], ["x"]);
  const { y } = having(await session.run({ x: t.float32([1, 0], [1, 2]) }), "y");
  deepStrictEqual([...t.float32Data(y)], [2, 3, 4]);
  await session.dispose();
  await rejects(linear({ weights: { w: new Float32Array(5) } }), /weight "w" has 5 values/);
});

Deno.test("compile() refuses a trace that has no meaning", async () => {
  const [a, b] = [t.input("a", [2]), t.input("a", [2])];
  await rejects(t.compile({ y: t.add(a, b) }), /two inputs are called "a"/);
  await rejects(t.compile({ a: t.add(a, 1) }), /"a" is an input and an output/);
  await rejects(t.compile({ y: t.full(["N"], 1) }), /no input has the size "N"/);
});

Deno.test("compile() says what to install for a device that is not there", async () => {
  const y = t.add(t.input("a", [2]), 1);
  const isUserError = (message: RegExp) => (error: unknown) =>
    error instanceof UserError && message.test(error.message);
  await rejects(
    t.compile({ y }, { device: "tpu" as t.Device }),
    isUserError(/"tpu": valid are cpu, webgpu, cuda/),
  );
  await rejects(t.compile({ y }, { threads: 0 }), isUserError(/0 threads/));
  const { listSupportedBackends } = await import("onnxruntime-node");
  if (!listSupportedBackends().some(({ name }) => name === "cuda")) {
    await rejects(
      t.compile({ y }, { device: "cuda" }),
      isUserError(/"cuda": .* install CUDA 12 and cuDNN 9/),
    );
  }
});

Deno.test("a session cannot run after dispose(), which may be called twice", async () => {
  const session = await linear();
  await session.dispose();
  await session.dispose();
  await rejects(session.run({ x: t.float32([1, 1], [1, 2]), w }), /after dispose/);
});

Deno.test("an index out of range is an exception", async () => {
  const y = t.gather(t.input("table", [3, 2]), t.input("ids", [1], "int32"));
  const session = await t.compile({ y });
  const table = t.float32(new Float32Array(6), [3, 2]);
  await rejects(session.run({ table, ids: t.int32([3], [1]) }), /Cannot run the graph: .*Gather/);
  await session.dispose();
});

Deno.test("the same trace is the same model, byte for byte", () => {
  const bytes = () => {
    const { loss, parameters } = tinyLm();
    const [g] = atLeast(t.grad(loss, [parameters.embed!]), 1);
    return onnxGraph({ loss, g }).bytes;
  };
  deepStrictEqual(bytes(), bytes());
});

Deno.test("the gradient of a whole small language model agrees with central differences", async () => {
  const { loss, parameters, values } = tinyLm();
  const names = Object.keys(parameters);
  const outputs = Object.fromEntries(
    t.grad(loss, names.map((n) => parameters[n]!)).map((g, i) => [`g.${names[i]}`, g]),
  );
  const [session, forward] = [await t.compile({ ...outputs }), await t.compile({ loss })];
  const batch = tinyBatch(0);
  const shapeOf = (name: string) => parameters[name]!.shape as number[];
  const feeds = { ...batch, ...Object.fromEntries(names.map((n) => [n, t.float32(values[n]!, shapeOf(n))])) };
  const gradients = await session.run(feeds);
  const lossNow = async () => t.float32Data((await forward.run(feeds)).loss!)[0]!;
  // Along one random direction a parameter, the loss moves by the gradient times the direction: one number that every
  // element enters. float32 gives the quotient an error near 6e-8 * 3 / 2e-3 = 1e-4, its curvature about as much.
  for (const name of names) {
    const gradient = t.float32Data(gradients[`g.${name}`]!);
    const size = Math.hypot(...gradient);
    ok(size > 1e-4, `${name} has a gradient of ${size}`);
    const kept = values[name]!.slice();
    const step = 4e-3;
    const moved = async (sign: number) => {
      values[name]!.forEach((_, i) => values[name]![i] = kept[i]! + sign * step * gradient[i]! / size);
      return await lossNow();
    };
    const quotient = (await moved(1) - await moved(-1)) / (2 * step);
    values[name]!.set(kept);
    ok(
      Math.abs(quotient - size) < 2e-3 * Math.max(1, size) && Math.abs(quotient / size - 1) < 0.03,
      `${name}: ${quotient} and not ${size}`,
    );
  }
  await session.dispose();
  await forward.dispose();
});

Deno.test("dimProduct() and dimSum() are commutative, and numbers stay numbers", () => {
  const dim = fc.oneof(fc.integer({ min: 0, max: 9 }), fc.constantFrom("B", "T", "2*B*T", "P+T", "B+3"));
  fc.assert(fc.property(fc.array(dim, { maxLength: 4 }), (dims) => {
    const back = [...dims].reverse();
    strictEqual(t.dimProduct(dims), t.dimProduct(back));
    strictEqual(t.dimSum(dims), t.dimSum(back));
    if (dims.every((d) => typeof d === "number")) {
      strictEqual(t.dimProduct(dims), (dims as number[]).reduce((a, b) => a * b, 1));
      strictEqual(t.dimSum(dims), (dims as number[]).reduce((a, b) => a + b, 0));
    }
  }));
  strictEqual(t.dimProduct(["T", 2, "B"]), "2*B*T");
  strictEqual(t.dimProduct(["P+T", 2]), "2*T+2*P");
});

Deno.test("sizes that are sums and products of names are computed from the feeds", async () => {
  const past = t.input("past", ["B", "P", 2]);
  const now = t.input("now", ["B", "T", 2]);
  const all = t.concat([past, now], 1);
  const y = t.reshape(t.mean(t.reshape(all, [t.dimProduct(["B", t.dimSum(["P", "T"])]), 2]), { axes: [0] }), [
    1,
    2,
  ]);
  const session = await t.compile({ all, y });
  const [a, b] = [t.float32([1, 2], [1, 1, 2]), t.float32([3, 4, 5, 6], [1, 2, 2])];
  const results = await session.run({ past: a, now: b });
  deepStrictEqual(results.all!.dims, [1, 3, 2]);
  deepStrictEqual([...t.float32Data(results.y!)], [3, 4]);
  await session.dispose();
});
