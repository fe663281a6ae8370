/**
 * TensorFlow.js on its WebAssembly backend (SIMD; threads only exist in browsers), as the benchmark's peer for the
 * training step. `tfjs.ts train WORKLOAD_JSON`; protocol: bench/serve.ts.
 *
 * The backend has no UnsortedSegmentSum, which the gradient of `gather` needs, so the embedding's gradient is a
 * `scatterND` here: cheaper than the one-hot product one would write otherwise.
 * @module
 */
import "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs";
import { serve } from "../serve.ts";
import { gptWeights, trainBatch, type TrainWorkload } from "../workload.ts";

type Parameters = Record<string, tf.Variable>;

const workload: TrainWorkload = JSON.parse(Deno.args[1]);
await tf.setBackend("wasm");
const parameters: Parameters = Object.fromEntries(
  gptWeights(workload).map((
    { name, shape, data },
  ) => [name, tf.variable(tf.tensor(data, [...shape]), true, name)]),
);
const batch = trainBatch(workload);
const ids = tf.tensor1d(batch.ids, "int32");
const targets = tf.oneHot(tf.tensor1d(batch.targets, "int32"), workload.vocab);
const future = tf.tidy(() =>
  tf.mul(
    tf.sub(
      1,
      tf.linalg.bandPart(tf.ones([workload.length, workload.length]), -1, 0),
    ),
    -1e9,
  )
);
const optimizer = tf.train.adam(workload.lr, 0.9, 0.999, 1e-8);

await serve({
  name: "tfjs (wasm)",
  version: tf.version.tfjs,
  threads: 1,
  parameters: Object.values(parameters).reduce((sum, p) => sum + p.size, 0),
}, ({ steps = 1 }) => {
  let last = NaN;
  for (let i = 0; i < steps; i++) last = step();
  return { tokens: steps * workload.batch * workload.length, loss: last };
});

/** One AdamW step with global-norm clipping; the loss before it. */
function step(): number {
  return tf.tidy(() => {
    const { value, grads } = tf.variableGrads(loss);
    const norm = tf.sqrt(
      tf.addN(Object.values(grads).map((g) => tf.sum(tf.square(g)))),
    );
    const scale = tf.minimum(1, tf.div(workload.clip, tf.add(norm, 1e-6)));
    for (const p of Object.values(parameters)) {
      if (p.rank > 1) {
        p.assign(tf.mul(p, 1 - workload.lr * workload.weightDecay));
      }
    }
    optimizer.applyGradients(
      Object.fromEntries(
        Object.entries(grads).map(([name, g]) => [name, tf.mul(g, scale)]),
      ),
    );
    return value.dataSync()[0];
  });
}

function loss(): tf.Scalar {
  const { width: d, heads, layers, length, batch: count, vocab } = workload;
  const embedded = tf.reshape(embed(parameters.embedding, ids), [
    count,
    length,
    d,
  ]);
  let x: tf.Tensor = tf.add(embedded, parameters.position);
  for (let layer = 0; layer < layers; layer++) {
    const p = (name: string): tf.Tensor => parameters[`layers.${layer}.${name}`];
    const normed = layerNorm(x, p("norm1"));
    const split = (name: string): tf.Tensor =>
      tf.transpose(
        tf.reshape(linear(normed, p(name)), [count, length, heads, d / heads]),
        [0, 2, 1, 3],
      );
    const scores = tf.add(
      tf.mul(
        product(split("q"), swapped(split("k"))),
        1 / Math.sqrt(d / heads),
      ),
      future,
    );
    const mixed = tf.transpose(product(tf.softmax(scores), split("v")), [
      0,
      2,
      1,
      3,
    ]);
    x = tf.add(x, linear(tf.reshape(mixed, [count, length, d]), p("out")));
    x = tf.add(
      x,
      linear(gelu(linear(layerNorm(x, p("norm2")), p("up"))), p("down")),
    );
  }
  const logits = tf.reshape(
    linear(layerNorm(x, parameters.norm), parameters.head),
    [count * length, vocab],
  );
  return tf.div(
    tf.sum(tf.mul(tf.logSoftmax(logits), targets)),
    -count * length,
  );
}

/** Rows of `table`; the gradient adds up repeated rows. */
function embed(table: tf.Tensor, rows: tf.Tensor1D): tf.Tensor {
  const lookUp = tf.customGrad((t) => ({
    value: tf.gather(t as tf.Tensor, rows),
    gradFunc: (dy: tf.Tensor) => tf.scatterND(tf.expandDims(rows, 1), dy, table.shape),
  }));
  return lookUp(table);
}

/** (..., in) x (in, out) as one flat matmul. */
function linear(x: tf.Tensor, weight: tf.Tensor): tf.Tensor {
  const [inner, outer] = weight.shape;
  return tf.reshape(product(tf.reshape(x, [-1, inner]), weight), [
    ...x.shape.slice(0, -1),
    outer,
  ]);
}

/** Batched matmul whose gradient transposes first: the backend's own transposed matmul is ten times slower. */
function product(left: tf.Tensor, right: tf.Tensor): tf.Tensor {
  const multiply = tf.customGrad((a, b, save) => {
    (save as tf.GradSaveFunc)([a as tf.Tensor, b as tf.Tensor]);
    return {
      value: tf.matMul(a as tf.Tensor, b as tf.Tensor),
      gradFunc: (
        dy: tf.Tensor,
        [a, b]: tf.Tensor[],
      ) => [tf.matMul(dy, swapped(b)), tf.matMul(swapped(a), dy)],
    };
  });
  return multiply(left, right);
}

/** The last two axes exchanged. */
function swapped(x: tf.Tensor): tf.Tensor {
  const axes = x.shape.map((_, axis) => axis);
  return tf.transpose(x, [...axes.slice(0, -2), x.rank - 1, x.rank - 2]);
}

function layerNorm(x: tf.Tensor, weight: tf.Tensor): tf.Tensor {
  const centred = tf.sub(x, tf.mean(x, -1, true));
  const variance = tf.mean(tf.square(centred), -1, true);
  return tf.mul(tf.mul(centred, tf.rsqrt(tf.add(variance, 1e-5))), weight);
}

function gelu(x: tf.Tensor): tf.Tensor {
  const inner = tf.mul(
    tf.mul(x, tf.add(tf.mul(tf.square(x), 0.044715), 1)),
    Math.sqrt(2 / Math.PI),
  );
  return tf.mul(tf.mul(x, 0.5), tf.add(tf.tanh(inner), 1));
}
