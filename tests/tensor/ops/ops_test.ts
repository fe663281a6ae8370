/** Every op against its definition, and its gradient against finite differences. */
import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import { atLeast } from "../../../lib/checked.ts";
import { stream, streamAt } from "../../../lib/random.ts";
import * as t from "../../../lib/tensor/mod.ts";
import { checkGradient, type Drawn } from "./gradient_check.ts";

const positive = (normal: number) => 0.5 + Math.abs(normal);
/** At least 0.1 away from 0, where the function has a kink. */
const offZero = (normal: number) => normal + 0.1 * Math.sign(normal);
const ids = { ids: t.int32([2, 0, 2, 2], [2, 2]) };
const x34: Drawn = { shape: [3, 4] };

/** One row an op: a name, the op, its inputs, and feeds of the inputs that it makes itself. */
const CASES: [string, (...xs: t.Tensor[]) => t.Tensor, Drawn[], Record<string, t.Value>?][] = [
  ["add() with broadcasting on both sides", t.add, [{ shape: [3, 1] }, { shape: [2, 1, 4] }]],
  ["sub()", t.sub, [x34, { shape: [4] }]],
  ["mul()", t.mul, [x34, { shape: [3, 1] }]],
  ["mul() of a tensor with itself", (x) => t.mul(x, x), [x34]],
  ["div()", t.div, [x34, { shape: [4], map: positive }]],
  ["square()", t.square, [x34]],
  ["sqrt()", t.sqrt, [{ shape: [3], map: positive }]],
  ["exp()", t.exp, [x34]],
  ["log()", t.log, [{ shape: [3], map: positive }]],
  ["neg()", t.neg, [x34]],
  ["where()", (a, b) => t.where(t.less(a, b), t.mul(a, 2), b), [x34, { shape: [3, 4] }]],
  ["sigmoid()", t.sigmoid, [x34]],
  ["tanh()", t.tanh, [x34]],
  ["relu()", t.relu, [{ shape: [3, 4], map: offZero }]],
  ["leakyRelu()", (x) => t.leakyRelu(x, 0.2), [{ shape: [3, 4], map: offZero }]],
  ["silu()", t.silu, [x34]],
  ["gelu()", t.gelu, [x34]],
  ["geluTanh()", t.geluTanh, [x34]],
  ["softplus()", t.softplus, [x34]],
  ["logSigmoid()", t.logSigmoid, [x34]],
  ["sum() over an axis", (x) => t.sum(x, { axes: [1] }), [{ shape: [2, 3, 2] }]],
  ["sum() over everything", (x) => t.sum(x), [x34]],
  ["mean() that keeps axes", (x) => t.mean(x, { axes: [0, -1], keepDims: true }), [{ shape: [2, 3, 2] }]],
  ["max()", (x) => t.max(x, { axes: [-1] }), [x34]],
  ["reshape()", (x) => t.reshape(x, [2, 6]), [x34]],
  ["transpose()", (x) => t.transpose(x, [2, 0, 1]), [{ shape: [2, 3, 4] }]],
  ["expand()", (x) => t.expand(x, [2, 3, 4]), [{ shape: [3, 1] }]],
  ["concat()", (a, b) => t.concat([a, b], 1), [x34, { shape: [3, 2] }]],
  ["split()", (x) => t.mul(...t.split(x, [2, 2], 1) as [t.Tensor, t.Tensor]), [x34]],
  ["split() with an unused part", (x) => t.split(x, [1, 3], 1)[1]!, [x34]],
  ["slice()", (x) => t.slice(x, 1, 1, 2), [x34]],
  ["matmul()", (a, b) => t.matmul(a, b), [x34, { shape: [4, 2] }]],
  ["matmul() of many by a matrix", (a, b) => t.matmul(a, b), [{ shape: [2, 3, 4] }, { shape: [4, 2] }]],
  ["matmul() of many by a transposed matrix", (a, b) => t.matmul(a, b, { transB: true, alpha: 0.5 }), [
    { shape: [2, 3, 4] },
    { shape: [2, 4] },
  ]],
  ["matmul() with transA", (a, b) => t.matmul(a, b, { transA: true, alpha: 2 }), [
    { shape: [2, 4, 3] },
    { shape: [2, 4, 2] },
  ]],
  ["matmul() with both transposed", (a, b) => t.matmul(a, b, { transA: true, transB: true }), [
    { shape: [2, 4, 3] },
    { shape: [2, 2, 4] },
  ]],
  ["matmul() with broadcast leading axes", (a, b) => t.matmul(a, b), [{ shape: [2, 1, 2, 3] }, {
    shape: [4, 3, 2],
  }]],
  ["softmax()", t.softmax, [x34]],
  ["logSoftmax()", t.logSoftmax, [x34]],
  ["logSumExp()", t.logSumExp, [x34]],
  ["layerNorm()", (x, w, b) => t.layerNorm(x, w, b), [{ shape: [2, 3, 4] }, { shape: [4] }, { shape: [4] }]],
  ["layerNorm() without bias", (x, w) => t.layerNorm(x, w), [x34, { shape: [4] }]],
  ["rmsNorm()", (x, w) => t.rmsNorm(x, w), [{ shape: [2, 3, 4] }, { shape: [4] }]],
  ["l2Normalize()", (x) => t.l2Normalize(x), [x34]],
  ["gather() with repeated ids", (x) => t.gather(x, t.input("ids", [2, 2], "int32")), [x34], ids],
  ["gatherLast()", (x) => t.gatherLast(x, t.input("ids", [2, 2], "int32")), [{ shape: [2, 2, 3] }], ids],
  [
    "negativeLogLikelihood() with an ignored target",
    (x) => t.negativeLogLikelihood(x, t.input("targets", [3], "int32")),
    [x34],
    { targets: t.int32([1, t.IGNORE_INDEX, 3], [3]) },
  ],
  [
    "crossEntropy()",
    (x) => t.crossEntropy(x, t.input("targets", [3], "int32")),
    [x34],
    { targets: t.int32([1, t.IGNORE_INDEX, 3], [3]) },
  ],
  ["bceWithLogits()", t.bceWithLogits, [x34, { shape: [3, 4] }]],
  ["infoNce()", (a, b) => t.infoNce(a, b, 0.5), [x34, { shape: [3, 4] }]],
  [
    "dropout()",
    (x) => t.dropout(x, t.input("keep", [3, 4], "bool"), 0.25),
    [x34],
    { keep: t.dropoutMask(stream(1, "keep"), 0.25, [3, 4]) },
  ],
  ["attention()", (q, k, v) => t.attention(q, k, v), [1, 2, 3].map(() => ({ shape: [2, 2, 3, 4] }))],
  [
    "attention() with a mask and grouped heads",
    (q, k, v) => t.attention(q, k, v, { mask: t.input("mask", [2, 1, 3, 5]) }),
    [{ shape: [2, 4, 3, 2] }, { shape: [2, 2, 5, 2] }, { shape: [2, 2, 5, 2] }],
    { mask: t.float32(Float32Array.from({ length: 30 }, (_, i) => (i % 4 === 3 ? -1e9 : 0)), [2, 1, 3, 5]) },
  ],
  [
    "rope()",
    (x) => {
      const angles = Float32Array.from({ length: 12 }, (_, i) => i / 3);
      const [cos, sin] = atLeast([Math.cos, Math.sin].map((f) => t.constant(angles.map(f), [6, 2])), 2);
      return t.rope(x, t.input("positions", [2, 3], "int32"), cos, sin);
    },
    [{ shape: [2, 1, 3, 4] }],
    { positions: t.int32([0, 1, 2, 3, 4, 5], [2, 3]) },
  ],
];

for (const [name, build, inputs, feeds] of CASES) {
  Deno.test(`the gradient of ${name} agrees with central differences`, async () => {
    await checkGradient(build, inputs, feeds);
  });
}

/** Compiles `y`, runs it and returns its data. */
async function evaluated(y: t.Tensor, feeds: Record<string, t.Value> = {}): Promise<number[]> {
  const session = await t.compile({ y }, { threads: 2 });
  try {
    return [...t.float32Data((await session.run(feeds)).y!)];
  } finally {
    await session.dispose();
  }
}

function close(got: readonly number[], expected: readonly number[], tolerance = 1e-5): void {
  strictEqual(got.length, expected.length);
  got.forEach((x, i) =>
    ok(Math.abs(x - expected[i]!) <= tolerance * Math.max(1, Math.abs(expected[i]!)), `${x} ${expected[i]}`)
  );
}

Deno.test("gather() adds up the gradients of many repeated ids, to the same bytes each time", async () => {
  for (const rows of [50, 5000]) { // below and above the size at which the gradient's algorithm changes
    const [count, width] = [3000, 8];
    const draws = stream(2, "gather", rows);
    const ids = Int32Array.from({ length: count }, () => draws.int(0, 9) * (rows / 10));
    const table = t.input("table", [rows, width]);
    const weights = Float32Array.from({ length: count * width }, () => draws.normal());
    const picked = t.gather(table, t.input("ids", [count], "int32"));
    const [y] = atLeast(t.grad(t.sum(t.mul(picked, t.input("weights", [count, width]))), [table]), 1);
    const feeds = {
      ids: t.int32(ids, [count]),
      weights: t.float32(weights, [count, width]),
    };
    const expected = new Array<number>(rows * width).fill(0);
    weights.forEach((weight, i) => expected[ids[Math.floor(i / width)]! * width + i % width]! += weight);
    const [first, second] = [await evaluated(y, feeds), await evaluated(y, feeds)];
    close(first, expected, 1e-4);
    deepStrictEqual(first, second);
  }
});

Deno.test("stopGradient() is the value and hides it from grad()", async () => {
  const x = t.input("x", [2]);
  const loss = t.sum(t.mul(x, t.stopGradient(x)));
  close(await evaluated(t.grad(loss, [x])[0]!, { x: t.float32([3, -5], [2]) }), [3, -5]);
});

Deno.test("grad() is zero where the loss does not depend on a tensor", async () => {
  const [x, other] = [t.input("x", [2]), t.input("other", [3])];
  const [, zero] = atLeast(t.grad(t.sum(x), [x, other]), 2);
  deepStrictEqual(await evaluated(zero), [0, 0, 0]);
});

Deno.test("crossEntropy() is exact where softmax underflows, and 0 when nothing counts", async () => {
  const x = t.constant(new Float32Array([0, 300, -300]), [1, 3]);
  const at = (target: number) => evaluated(t.crossEntropy(x, t.constant(new Int32Array([target]), [1])));
  close(await at(0), [300]);
  close(await at(1), [0]);
  close(await at(2), [600]);
  deepStrictEqual(await at(t.IGNORE_INDEX), [0]);
});

Deno.test("bceWithLogits() is exact for large logits", async () => {
  const x = t.constant(new Float32Array([200, -200, 0]), [3]);
  close(await evaluated(t.bceWithLogits(x, 1)), [0, 200, Math.LN2]);
  close(await evaluated(t.bceWithLogits(x, 0)), [200, 0, Math.LN2]);
});

Deno.test("attention() with a causal mask reads no later position", async () => {
  const shape = [1, 2, 4, 3];
  const [q, k, v] = atLeast(["q", "k", "v"].map((name) => t.input(name, shape)), 3);
  const at = t.iota(4);
  const causal = t.lessOrEqual(t.reshape(at, [1, 4]), t.reshape(at, [4, 1]));
  const y = t.attention(q, k, v, { mask: t.where(causal, t.scalar(0), t.scalar(-1e9)) });
  const draws = stream(4, "attention");
  const random = () => Float32Array.from({ length: 24 }, () => draws.normal());
  const [qs, ks, vs] = [random(), random(), random()];
  const run = (last: number) => {
    const changed = vs.map((x, i) => (i % 12 >= 9 ? last : x));
    return evaluated(y, { q: t.float32(qs, shape), k: t.float32(ks, shape), v: t.float32(changed, shape) });
  };
  const [a, b] = [await run(0), await run(100)];
  a.forEach((x, i) => strictEqual(x === b[i], i % 12 < 9, `${i}`));
  close(a.slice(0, 3), [...vs.slice(0, 3)]);
});

Deno.test("dropoutMask() drops its share, moves its stream on, and repeats from the same position", () => {
  const source = stream(9, "dropout");
  const state = source.state();
  const mask = t.dropoutMask(source, 0.3, [100, 100]);
  const dropped = [...mask.data as Uint8Array].filter((x) => x === 0).length;
  // 10,000 draws of probability 0.3 have a standard deviation of 46.
  ok(Math.abs(dropped - 3000) < 250, `${dropped}`);
  deepStrictEqual(t.dropoutMask(streamAt(state, 9, "dropout"), 0.3, [100, 100]).data, mask.data);
  ok(source.state().join() !== state.join());
  throws(() => t.dropoutMask(source, 1, [1]), /probability/);
});

Deno.test("padUnaliased() leaves a feed-forward layer and its gradients as they are", async () => {
  const draws = stream(6, "pad");
  const random = (size: number) => Float32Array.from({ length: size }, () => draws.normal() / 30);
  const [x, up, down] = [t.input("x", [3, 4]), t.input("up", [4, 1024]), t.input("down", [1024, 2])];
  const feeds = {
    x: t.float32(random(12), [3, 4]),
    up: t.float32(random(4096), [4, 1024]),
    down: t.float32(random(2048), [1024, 2]),
  };
  const layer = (a: t.Tensor, b: t.Tensor) => t.sum(t.exp(t.matmul(t.geluTanh(t.matmul(x, a)), b)));
  const padded = layer(t.padUnaliased(up, 1), t.padUnaliased(down, 0));
  for (const weight of [x, up, down]) {
    const plain = await evaluated(t.grad(layer(up, down), [weight])[0]!, feeds);
    close(await evaluated(t.grad(padded, [weight])[0]!, feeds), plain);
  }
  strictEqual(t.padUnaliased(x, 1), x);
});

Deno.test("argmax() takes the first of equals", async () => {
  const y = t.cast(t.argmax(t.constant(new Float32Array([1, 3, 3, 2, 0, 1]), [2, 3])), "float32");
  deepStrictEqual(await evaluated(y), [1, 0]);
});

Deno.test("ops name themselves, the tensors and what does not fit", () => {
  const a = t.input("a", ["B", 4]);
  const ids = t.input("ids", ["B"], "int32");
  const cases: [() => unknown, RegExp][] = [
    [
      () => t.add(a, t.input("b", ["C", 4])),
      /Cannot add "a" float32\[B, 4\] and "b" float32\[C, 4\]: the shapes do not broadcast/,
    ],
    [() => t.mul(a, ids), /Cannot mul .* dtypes differ/],
    [() => t.matmul(a, t.input("w", [5, 2])), /Cannot matmul .* inner sizes 4 and 5 differ/],
    [
      () => t.reshape(a, ["B", 5]),
      /Cannot reshape "a" float32\[B, 4\] to \[B, 5\]: 4\*B elements are not 5\*B/,
    ],
    [() => t.transpose(a, [0, 0]), /Cannot transpose/],
    [() => t.sum(a, { axes: [2] }), /Cannot sum .* no axis 2/],
    [() => t.gather(t.input("w", [3, 2]), a), /Cannot gather by "a"/],
    [() => t.crossEntropy(a, a), /dtype must be int32/],
    [() => t.layerNorm(a, t.input("w", [3])), /Cannot layerNorm "a" float32\[B, 4\] with "w" float32\[3\]/],
    [() => t.attention(a, a, a), /Cannot attend with q "a"/],
    [() => t.split(a, [1, 2], 1), /Cannot split/],
    [() => t.concat([a, ids], 0), /Cannot concat/],
    [() => t.slice(a, 1, 3, 2), /Cannot slice .* no elements 3 to 5/],
    [() => t.expand(a, ["B", 5]), /Cannot expand/],
    [() => t.where(a, 1, 2), /Cannot choose by .* must be bool/],
    [() => t.grad(a, [a]), /Cannot differentiate "a"/],
    [() => t.grad(t.sum(t.minimum(a, 1)), [a]), /Cannot differentiate through/],
    [() => t.input("x", [-1]), /whole number/],
    [() => t.input("x", ["B-1"]), /"B-1"/],
    [() => t.constant(new Float32Array(3), [2]), /takes 2 values, not 3/],
  ];
  for (const [make, message] of cases) throws(make, message);
});
