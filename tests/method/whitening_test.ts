/** Whitening of an encoder's states: what is true of any states, and that the encoder applies it. */
import { ok } from "node:assert/strict";
import { createTextEncoder } from "../../lib/engine/onnx/encoder.ts";
import { tokenizerStep } from "../../lib/method/pretrain/tokenizer.ts";
import { loadTokenizer } from "../../lib/model/checkpoint/tokenizer.ts";
import { whiten } from "../../lib/method/pretrain/whitening.ts";
import { encoderConfig } from "../../lib/model/encoder/config.ts";
import { initEncoder } from "../../lib/model/encoder/model.ts";
import { stream } from "../../lib/random.ts";
import { mini } from "../../lib/world/mini/mod.ts";
import { bench, TINY } from "./_tiny.ts";

const { pretrain, whitened: _afterwards, digits: _ofCheckpoints, ...size } = TINY.encoder;
const input = { world: "mini", model: "encoder", vocab_size: size.vocab_size, seed: pretrain.seed } as const;
const tokenizer = loadTokenizer((await bench().step(tokenizerStep, input)).dir);
const d = size.hidden_size;
const fresh = initEncoder(
  encoderConfig({ ...size, vocab_size: tokenizer.vocabSize }),
  stream(1, "whitening"),
);
const texts = mini.monolingual("sw", { seed: 1, count: 200 });

async function statesOf(model: typeof fresh): Promise<Float32Array[]> {
  const encoder = await createTextEncoder(model, tokenizer, { device: "cpu", threads: 2 });
  try {
    return await encoder.encode(texts);
  } finally {
    await encoder.dispose();
  }
}

const before = await statesOf(fresh);
const after = await statesOf(whiten(fresh, before));

/** Mean and covariance of tokens' coordinates, by definition. */
function moments(states: readonly Float32Array[]) {
  const tokens = states.flatMap((text) =>
    Array.from({ length: text.length / d }, (_, t) => [...text.subarray(t * d, (t + 1) * d)])
  );
  const mean = Array.from({ length: d }, (_, i) => tokens.reduce((sum, x) => sum + x[i]!, 0) / tokens.length);
  const covariance = (i: number, j: number) =>
    tokens.reduce((sum, x) => sum + (x[i]! - mean[i]!) * (x[j]! - mean[j]!), 0) / tokens.length;
  return { tokens, mean, covariance };
}

Deno.test("whiten() leaves coordinates of mean 0 without correlation", () => {
  const { mean, covariance } = moments(after);
  for (let i = 0; i < d; i++) {
    ok(Math.abs(mean[i]!) < 1e-2, `mean ${mean[i]} of coordinate ${i}`);
    for (let j = 0; j < i; j++) ok(Math.abs(covariance(i, j)) < 2e-2, `covariance ${covariance(i, j)}`);
  }
});

Deno.test("whiten() leaves no coordinate with more variance than 1, and most with 1", () => {
  const { covariance } = moments(after);
  const variances = Array.from({ length: d }, (_, i) => covariance(i, i)).sort((a, b) => b - a);
  ok(variances[0]! < 1.02, `largest ${variances[0]}`);
  ok(variances[Math.floor(d / 2)]! > 0.9, `median ${variances[Math.floor(d / 2)]}`);
});
