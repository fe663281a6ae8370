/**
 * jax-js on its WebAssembly backend (threads where SharedArrayBuffer is, as in Deno), as the benchmark's peer for the
 * training step. `jax.ts train WORKLOAD_JSON`; protocol: bench/serve.ts.
 *
 * The whole step is one `jit`. Embedding and loss use one-hot products: the gradient of a gather cannot be jitted in
 * this version. Arrays are reference-counted and functions own their arguments, hence every `.ref`.
 * @module
 */
import { defaultDevice, init, jit, nn, numpy as np, valueAndGrad } from "@jax-js/jax";
import { serve } from "../serve.ts";
import { gptWeights, trainBatch, type TrainWorkload } from "../workload.ts";

type Arrays = Record<string, np.Array>;

const workload: TrainWorkload = JSON.parse(Deno.args[1]);
await init("wasm");
defaultDevice("wasm");
const weights = gptWeights(workload);
let parameters: Arrays = Object.fromEntries(
  weights.map((
    { name, shape, data },
  ) => [name, np.array(data).reshape([...shape])]),
);
let first = zeros();
let second = zeros();
const batch = trainBatch(workload);
const ids = np.array(batch.ids);
const targets = np.array(batch.targets);
const train = jit(step);
let count = 0;

await serve({
  name: "jax-js (wasm)",
  version: "0.1.25",
  threads: workload.threads,
  parameters: weights.reduce((sum, w) => sum + w.data.length, 0),
}, async ({ steps = 1 }) => {
  let last = NaN;
  for (let i = 0; i < steps; i++) {
    count++;
    const correction = np.array([1 - 0.9 ** count, 1 - 0.999 ** count]);
    const [value, p, m, v] = train(
      parameters,
      first,
      second,
      correction,
      ids.ref,
      targets.ref,
    );
    [parameters, first, second] = [p, m, v];
    last = (await value.data())[0];
  }
  return { tokens: steps * workload.batch * workload.length, loss: last };
});

// Its workers would keep the process alive.
Deno.exit(0);

function zeros(): Arrays {
  return Object.fromEntries(
    weights.map(({ name, shape }) => [name, np.zeros([...shape])]),
  );
}

/** One AdamW step with global-norm clipping: the loss before it, new parameters, new moments. */
function step(
  parameters: Arrays,
  first: Arrays,
  second: Arrays,
  correction: np.Array,
  ids: np.Array,
  targets: np.Array,
): [np.Array, Arrays, Arrays, Arrays] {
  const copy = Object.fromEntries(
    Object.entries(parameters).map(([name, p]) => [name, p.ref]),
  );
  const [value, grads] = valueAndGrad(loss)(copy, ids, targets);
  const norm = np.sqrt(
    Object.values(grads).map((g) => np.sum(np.square(g.ref))).reduce((a, b) => a.add(b)),
  );
  const scale = np.minimum(1, np.divide(workload.clip, norm.add(1e-6)));
  const [correction1, correction2] = np.split(correction, 2);
  const out: [Arrays, Arrays, Arrays] = [{}, {}, {}];
  for (const { name, shape } of weights) {
    const g = grads[name].mul(scale.ref);
    const m = first[name].mul(0.9).add(g.ref.mul(0.1));
    const v = second[name].mul(0.999).add(np.square(g).mul(0.001));
    const update = m.ref.div(correction1.ref).div(
      np.sqrt(v.ref.div(correction2.ref)).add(1e-8),
    );
    const decay = shape.length > 1 ? 1 - workload.lr * workload.weightDecay : 1;
    out[0][name] = parameters[name].mul(decay).sub(update.mul(workload.lr));
    out[1][name] = m;
    out[2][name] = v;
  }
  for (const used of [scale, correction1, correction2]) used.dispose();
  return [value, ...out];
}

function loss(p: Arrays, ids: np.Array, targets: np.Array): np.Array {
  const { width: d, heads, layers, length, batch: size, vocab } = workload;
  let x = np.matmul(nn.oneHot(ids, vocab), p.embedding).reshape([
    size,
    length,
    d,
  ]).add(p.position);
  for (let layer = 0; layer < layers; layer++) {
    const at = (name: string): np.Array => p[`layers.${layer}.${name}`];
    const normed = layerNorm(x.ref, at("norm1"));
    const split = (name: string): np.Array =>
      np.matmul(normed.ref, at(name)).reshape([size, length, heads, d / heads])
        .transpose([0, 2, 1, 3]);
    const [q, k, v] = [split("q"), split("k"), split("v")];
    normed.dispose();
    const future = np.triu(np.ones([length, length]), 1).mul(-1e9);
    const scores = np.matmul(q, k.transpose([0, 1, 3, 2])).mul(
      1 / Math.sqrt(d / heads),
    ).add(future);
    const mixed = np.matmul(nn.softmax(scores, -1), v).transpose([0, 2, 1, 3])
      .reshape([size, length, d]);
    x = x.add(np.matmul(mixed, at("out")));
    const hidden = np.matmul(layerNorm(x.ref, at("norm2")), at("up"));
    x = x.add(np.matmul(nn.gelu(hidden, { approximate: true }), at("down")));
  }
  const logits = np.matmul(layerNorm(x, p.norm), p.head).reshape([
    size * length,
    vocab,
  ]);
  return np.sum(nn.logSoftmax(logits, -1).mul(nn.oneHot(targets, vocab))).mul(
    -1 / (size * length),
  );
}

function layerNorm(x: np.Array, weight: np.Array): np.Array {
  return nn.standardize(x, -1, { epsilon: 1e-5 }).mul(weight);
}
