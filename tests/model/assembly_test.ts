/** Alignment, assembly and the loss on targets. @module */
import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { atLeast, having } from "../../lib/checked.ts";
import { type BridgeConfig, bridgeParameterShapes, initBridge } from "../../lib/model/bridge/layer.ts";
import { assembleInputsEmbeds, assemblyFeeds, assemblyInputs } from "../../lib/model/bridge/assembly.ts";
import { createGenerator } from "../../lib/model/llama/generate.ts";
import { embedTokens, llamaStates, lmHead } from "../../lib/model/llama/graph.ts";
import { llamaConfig, llamaParameterShapes } from "../../lib/model/llama/config.ts";
import { initLlama } from "../../lib/model/llama/model.ts";
import { padIds } from "../../lib/model/padding.ts";
import { parameterFeeds, parameterInputs } from "../../lib/model/parameters.ts";
import {
  assembledTargets,
  causalTargets,
  targetFeeds,
  targetInputs,
  targetNegativeLogLikelihood,
} from "../../lib/model/llama/target_loss.ts";
import { stream } from "../../lib/random.ts";
import {
  compile,
  createTrainer,
  crossEntropy,
  float32Data,
  grad,
  input,
  int32,
  mean,
  negativeLogLikelihood,
  type Tensor,
} from "../../lib/tensor/mod.ts";

const D_ENC = 6;
const config = llamaConfig({
  hidden_size: 32,
  intermediate_size: 48,
  num_hidden_layers: 2,
  num_attention_heads: 2,
  num_key_value_heads: 1,
  vocab_size: 40,
  max_position_embeddings: 64,
  tie_word_embeddings: true,
  bos_token_id: 1,
});
const SHAPE = { activation: "gelu", boundaries: "both", standardised: false } as const;
const bridge: BridgeConfig = { d_enc: D_ENC, d_lm: 32, layers: 2, ...SHAPE };
const shapes = { ...llamaParameterShapes(config), ...bridgeParameterShapes(bridge) };
const weights = {
  ...initLlama(config, stream(1, "llm")).weights,
  ...initBridge(bridge, stream(1, "align")),
};

function states(length: number, seed: number): Float32Array {
  const random = stream(seed, "states");
  return Float32Array.from({ length: length * D_ENC }, () => random.normal());
}
const examples = [
  { hidden_states: states(4, 1), ids: [5, 6, 7, 8] },
  { hidden_states: states(1, 2), ids: [9] },
  { hidden_states: states(6, 3), ids: [10, 11, 12, 13, 14, 15] },
];

function assembled() {
  const parameters = parameterInputs(shapes);
  const inputs = assemblyInputs(bridge);
  const inputs_embeds = assembleInputsEmbeds(bridge, parameters, 1, inputs);
  const last = llamaStates(config, parameters, inputs_embeds, inputs.attention_mask, inputs.position_ids);
  const targets = targetInputs();
  const nll = targetNegativeLogLikelihood(last, targets, (x) => lmHead(config, parameters, x));
  return { parameters, inputs, inputs_embeds, nll };
}

Deno.test("bridgeParameterShapes() has the parameter counts of the paper's Table 24", () => {
  const millions = ([1, 2, 3] as const).map((layers) => {
    const counts = Object.values(
      bridgeParameterShapes({ d_enc: 1024, d_lm: 4096, layers, ...SHAPE }),
    );
    return Math.round(counts.reduce((sum, shape) => sum + shape.reduce((a, b) => a * b, 1), 0) / 1e5) / 10;
  });
  // The paper truncates: 4, 10 and 14.
  deepStrictEqual(millions, [4.2, 10.5, 14.7]);
});

Deno.test("an assembled batch is [bos; enc_start; align(H); enc_end; text], and its mask counts both boundaries", async () => {
  const { inputs_embeds } = assembled();
  const batch = assemblyFeeds(examples, bridge);
  deepStrictEqual([batch.length, batch.encEnd, batch.textStart], [6 + 6 + 3, 8, 9]);
  deepStrictEqual(
    [...batch.feeds.attention_mask!.data as Int32Array],
    [
      [1, 1, 1, 1, 1, 1, 0, 0, 1, 1, 1, 1, 1, 0, 0],
      [1, 1, 1, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0],
      Array(15).fill(1),
    ].flat(),
  );
  deepStrictEqual(
    [...batch.feeds.position_ids!.data as Int32Array].slice(0, 15),
    [0, 1, 2, 3, 4, 5, 0, 0, 6, 7, 8, 9, 10, 0, 0],
  );
  const session = await compile({ inputs_embeds });
  const { hidden_states, ids } = batch.feeds;
  const results = await session.run({
    ...parameterFeeds(shapes, weights, session.inputs.keys()),
    hidden_states,
    ids,
  });
  await session.dispose();
  const row = (position: number) =>
    float32Data(results.inputs_embeds!).slice(position * 32, (position + 1) * 32);
  const token = (id: number) => weights["model.embed_tokens.weight"]!.slice(id * 32, (id + 1) * 32);
  deepStrictEqual(row(0), token(1));
  deepStrictEqual(row(1), weights["alignment.enc_start"]);
  deepStrictEqual(row(8), weights["alignment.enc_end"]);
  deepStrictEqual(row(9), token(5));
  // The first aligned state by hand: W1 gelu(W0 h + b0) + b1, with erf from its series.
  const [w0, b0, w1, b1] = atLeast(
    ["0.weight", "0.bias", "1.weight", "1.bias"].map((n) => weights[`alignment.layers.${n}`]!),
    4,
  );
  const h = examples[0]!.hidden_states.subarray(0, D_ENC);
  const inner = [...b0].map((b, i) => gelu(h.reduce((sum, x, j) => sum + x * w0[i * D_ENC + j]!, b)));
  const expected = [...b1].map((b, i) => inner.reduce((sum, x, j) => sum + x * w1[i * inner.length + j]!, b));
  row(2).forEach((x, i) => ok(Math.abs(x - expected[i]!) < 1e-5, `${x} is not ${expected[i]}`));
});

Deno.test("the loss of an assembled example does not depend on what it is batched with", async () => {
  const { nll } = assembled();
  const session = await compile({ nll });
  const feeds = parameterFeeds(shapes, weights, session.inputs.keys());
  async function losses(some: typeof examples, starts: number[]): Promise<Float32Array> {
    const batch = assemblyFeeds(some, bridge);
    const targets = assembledTargets(some.map(({ ids }) => ids), starts, batch.encEnd);
    const { encoder_attention_mask: _, ...inputs } = batch.feeds;
    const results = await session.run({
      ...feeds,
      ...inputs,
      ...targetFeeds(targets, some.length, batch.length),
    });
    return float32Data(results.nll!);
  }
  const starts = [2, 0, 3];
  const together = await losses(examples, starts);
  const alone: number[] = [];
  for (const [i, example] of examples.entries()) alone.push(...await losses([example], [starts[i]!]));
  await session.dispose();
  strictEqual(together.length, 2 + 1 + 3);
  together.forEach((x, i) => ok(Math.abs(x - alone[i]!) < 1e-5, `${x} is not ${alone[i]}`));
});

Deno.test("a loss on targets is the cross-entropy over all logits, and so is its gradient, wherever it is cut", async () => {
  const parameters = parameterInputs(llamaParameterShapes(config));
  const [ids, attention_mask, position_ids, labels] = atLeast(
    ["ids", "attention_mask", "position_ids", "labels"].map(
      (name) => input(name, ["B", "T"], "int32"),
    ),
    4,
  );
  const embeds = embedTokens(parameters, ids);
  const last = llamaStates(config, parameters, embeds, attention_mask, position_ids);
  const head = (x: Tensor) => lmHead(config, parameters, x);
  const inputs = targetInputs();
  const few = mean(targetNegativeLogLikelihood(last, inputs, head));
  // The same rows, cut within the last layer.
  const rows = llamaStates(config, parameters, embeds, attention_mask, position_ids, inputs.target_rows);
  const early = mean(negativeLogLikelihood(head(rows), inputs.targets));
  const all = crossEntropy(head(last), labels);
  const of = Object.values(parameters);
  const session = await compile({
    few,
    early,
    all,
    ...Object.fromEntries(grad(few, of).map((x, i) => [`few.${i}`, x])),
    ...Object.fromEntries(grad(early, of).map((x, i) => [`early.${i}`, x])),
    ...Object.fromEntries(grad(all, of).map((x, i) => [`all.${i}`, x])),
  });
  const sequences = [[1, 5, 6, 7, 8], [1, 9, 10], [1, 11, 12, 13]];
  const starts = [2, 1, 3];
  const shifted = sequences.map((s, row) =>
    Array.from({ length: 5 }, (_, t) => t + 1 >= starts[row]! ? s[t + 1] ?? -100 : -100)
  );
  const results = await session.run({
    ...parameterFeeds(llamaParameterShapes(config), weights),
    ...padIds(sequences),
    labels: int32(shifted.flat(), [3, 5]),
    ...targetFeeds(causalTargets(sequences, starts), 3, 5),
  });
  await session.dispose();
  for (const name of ["", ...of.keys()].map((i) => `${i === "" ? "" : `.${i}`}`)) {
    const y = float32Data(results[`all${name}`]!);
    for (const cut of ["few", "early"]) {
      const x = float32Data(results[`${cut}${name}`]!);
      x.forEach((value, i) => ok(Math.abs(value - y[i]!) < 1e-5, `${cut}${name}: ${value} is not ${y[i]}`));
    }
  }
});

Deno.test("stage 1 trains the alignment alone: the loss falls and the LLM's weights stay", async () => {
  const { parameters, nll } = assembled();
  const trainable = new Set(Object.keys(bridgeParameterShapes(bridge)));
  const trainer = createTrainer({ loss: mean(nll), parameters, trainable, threads: 1 }, weights);
  const batch = assemblyFeeds(examples, bridge);
  const targets = assembledTargets(examples.map(({ ids }) => ids), [0, 0, 0], batch.encEnd);
  const { encoder_attention_mask: _, ...inputs } = batch.feeds;
  const feeds = { ...inputs, ...targetFeeds(targets, examples.length, batch.length) };
  const before = (await trainer.evaluate(feeds)).loss;
  for (let step = 0; step < 60; step++) await trainer.update(feeds, 1e-2);
  const after = (await trainer.evaluate(feeds)).loss;
  const state = await trainer.state();
  await trainer.dispose();
  deepStrictEqual(new Set(Object.keys(state.parameters)), trainable);
  ok(after < before - 0.05, `${before} to ${after}`);
});

Deno.test("generate() continues an assembled prompt as the training graph would", async () => {
  const { parameters, inputs, inputs_embeds } = assembled();
  const states = llamaStates(config, parameters, inputs_embeds, inputs.attention_mask, inputs.position_ids);
  const session = await compile({ inputs_embeds, logits: lmHead(config, parameters, states) });
  const feeds = parameterFeeds(shapes, weights);
  const batch = assemblyFeeds(examples, bridge);
  const { encoder_attention_mask: _, ...inputFeeds } = batch.feeds;
  const assembledPrompts = await session.run({ ...feeds, ...inputFeeds });
  const generator = createGenerator({ config, weights });
  const generated = await generator.generate(
    { inputs_embeds: assembledPrompts.inputs_embeds!, attention_mask: batch.feeds.attention_mask },
    { maxNewTokens: 5 },
  );
  await generator.dispose();
  for (const [i, example] of examples.entries()) {
    const ids = [...example.ids];
    for (const next of generated[i]!.ids) {
      const one = assemblyFeeds([{ ...example, ids }], bridge);
      const { encoder_attention_mask: _, ...oneFeeds } = one.feeds;
      const { logits } = having(await session.run({ ...feeds, ...oneFeeds }), "logits");
      const last = float32Data(logits).subarray(-config.vocab_size);
      strictEqual(next, last.indexOf(Math.max(...last)));
      ids.push(next);
    }
  }
  await session.dispose();
});

/** x Phi(x); erf from its Maclaurin series, exact to double precision for the small x here. */
function gelu(x: number): number {
  const z = x / Math.SQRT2;
  let [term, erf] = [z, z];
  for (let n = 1; n < 60; n++) {
    term *= -(z * z) / n;
    erf += term / (2 * n + 1);
  }
  return x * (1 + 2 / Math.sqrt(Math.PI) * erf) / 2;
}
