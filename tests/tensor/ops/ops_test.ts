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
  ["split() with an unused part", (x) => t.split(x, [1, 3], 1)[1], [x34]],
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
      const [cos, sin] = [Math.cos, Math.sin].map((f) => t.constant(angles.map(f), [6, 2]));
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
