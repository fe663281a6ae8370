/** LayAlign's second attention: against an independent reference, and what it must leave alone. */
import { deepStrictEqual, notDeepStrictEqual, ok, rejects, strictEqual, throws } from "node:assert/strict";
import golden from "./fused_golden.json" with { type: "json" };
import { fusedGraph, type FusedModels } from "../../lib/engine/fused/graph.ts";
import { openLayers } from "../../lib/engine/fused/layers.ts";
import { checkFuses, fused } from "../../lib/engine/fused/mod.ts";
import type { FusedFolders } from "../../lib/engine/fused/models.ts";
import type { Answerer } from "../../lib/engine/mod.ts";
import { onnx } from "../../lib/engine/onnx/engine.ts";
import { hashJson } from "../../lib/hash.ts";
import type { Environment } from "../../lib/lab/experiment/types.ts";
import { checkAllLayers } from "../../lib/method/models/all_layers.ts";
import type { Bridge } from "../../lib/method/reader/reading.ts";
import { freshBridge } from "../../lib/method/train/fresh_bridge.ts";
import { loadBridge, saveBridge } from "../../lib/model/bridge/file.ts";
import { encoderConfig } from "../../lib/model/encoder/config.ts";
import { exportEncoder, initEncoder } from "../../lib/model/encoder/model.ts";
import { FUSION_FILE, loadFusion, saveFusion } from "../../lib/model/fusion/file.ts";
import { GATES, initFusion } from "../../lib/model/fusion/layer.ts";
import { llamaConfig } from "../../lib/model/llama/config.ts";
import { exportLlama, initLlama } from "../../lib/model/llama/model.ts";
import { embeddingsOf } from "../../lib/model/llm.ts";
import type { Weights } from "../../lib/model/parameters.ts";
import { stream } from "../../lib/random.ts";
import { compile, float32Data, grad, mean } from "../../lib/tensor/mod.ts";
import { stepContext } from "../method/_tiny.ts";
import { WORDS, writeLookupEncoder } from "../model/_lookup_encoder.ts";
import { withFolder } from "../model/_models.ts";
import { readSteps } from "./_loop.ts";
import { endsInTheSameBytes, jobOf, KNOWN, weightsOf } from "./_system.ts";

const LEARNS = ["bridge", "aligner", "gates"] as const;
const floats = (record: Readonly<Record<string, readonly number[]>>) =>
  Object.fromEntries(Object.entries(record).map(([name, values]) => [name, Float32Array.from(values)]));
const learned = floats(golden.learned);
const isBridge = (name: string) => name.startsWith("alignment");
const part = (keep: (name: string) => boolean) =>
  Object.fromEntries(Object.entries(learned).filter(([name]) => keep(name)));

/** The models of the golden values, with other gates if there are any. */
function goldenModels(gates?: readonly number[]): FusedModels {
  const { d_enc, d_lm } = golden.fusion;
  return {
    llm: { config: llamaConfig(golden.llm), weights: floats(golden.weights) },
    bridge: {
      config: { d_enc, d_lm, layers: 2, activation: "relu", boundaries: "end", standardised: false },
      weights: part(isBridge),
    },
    fusion: {
      config: golden.fusion,
      weights: {
        ...part((name) => !isBridge(name)),
        ...(gates === undefined ? {} : { [GATES]: Float32Array.from(gates) }),
      },
    },
  };
}
const EXAMPLES = golden.examples.map((one) => ({ ...one, states: Float32Array.from(one.states) }));

/** The loss of every target token of the examples in one batch, and the gradients of their mean. */
async function lossAndGradients(models: FusedModels) {
  const graph = fusedGraph(models);
  const { bridge, aligner, gates } = graph.parameters;
  const names = Object.keys({ ...bridge, ...aligner, ...gates });
  const parameters = { ...bridge, ...aligner, ...gates };
  const gradients = grad(mean(graph.nll), names.map((name) => parameters[name]!));
  const session = await compile(
    { nll: graph.nll, ...Object.fromEntries(gradients.map((one, i) => [`gradient.${i}`, one])) },
    { threads: 1, weights: graph.weights },
  );
  try {
    const { nll, ...rest } = await session.run(graph.examples(EXAMPLES));
    return {
      nll: [...float32Data(nll!)],
      gradients: Object.fromEntries(names.map((name, i) => [name, [...float32Data(rest[`gradient.${i}`]!)]])),
    };
  } finally {
    await session.dispose();
  }
}

function near(got: readonly number[], wanted: readonly number[], what: string): void {
  strictEqual(got.length, wanted.length, what);
  wanted.forEach((x, i) =>
    ok(Math.abs(got[i]! - x) <= 1e-5 * Math.max(1, Math.abs(x)), `${what} ${i}: ${got[i]}, not ${x}`)
  );
}

Deno.test("losses and gradients of bridge, aligner and gates are those of a reference that knows no batch and no padding", async () => {
  const { nll, gradients } = await lossAndGradients(goldenModels());
  near(nll, golden.nll, "nll");
  deepStrictEqual(Object.keys(gradients).sort(), Object.keys(golden.gradients).sort());
  for (const [name, wanted] of Object.entries(golden.gradients)) near(gradients[name]!, wanted, name);
});

Deno.test("at gate 0 the aligner's gradient is exactly 0 and the gates' is not", async () => {
  const { gradients } = await lossAndGradients(goldenModels([0, 0]));
  for (const [name, values] of Object.entries(gradients)) {
    const moves = values.some((x) => x !== 0);
    strictEqual(moves, !name.startsWith("aligner"), name);
  }
  ok(gradients[GATES]!.every((x) => Math.abs(x) > 1e-6), `${gradients[GATES]}`);
});

/** A system of a few thousand weights in folders, its gates at these values. */
function writeFused(folder: string, gates: readonly number[]): FusedFolders {
  const config = llamaConfig({
    ...{ hidden_size: 32, intermediate_size: 32, num_hidden_layers: 2, num_attention_heads: 4 },
    ...{ num_key_value_heads: 2, vocab_size: 20, max_position_embeddings: 64 },
    ...{ bos_token_id: 1, eos_token_id: 2 },
  });
  const drawn = initLlama(config, stream(1, "llm"));
  // Spread out, so that rounding decides no answer.
  const llm = { config, weights: timesMatrices(drawn.weights, 8) };
  exportLlama(`${folder}/start/llm`, llm);
  const encoder = encoderConfig({
    ...{ hidden_size: 8, intermediate_size: 12, num_hidden_layers: 3, num_attention_heads: 2 },
    vocab_size: WORDS.length,
  });
  // Words and places far apart, so that what is read of them tells.
  const states = initEncoder(encoder, stream(2, "encoder")).weights;
  exportEncoder(`${folder}/encoder`, { config: encoder, weights: timesMatrices(states, 20) });
  // For its tokenizer.json.
  writeLookupEncoder(`${folder}/tokenizer`);
  const bridge = `${folder}/start/bridge.safetensors`;
  saveBridge(bridge, freshBridge(MINDMERGERS, encoder.hidden_size, embeddingsOf(llm), stream(1, "bridge")));
  const fusion = `${folder}/start/${FUSION_FILE}`;
  const sizes = { d_enc: encoder.hidden_size, d_lm: 32, encoder_layers: 3, llm_layers: 2 };
  const fresh = initFusion(sizes, stream(1, "fusion"));
  saveFusion(fusion, { config: sizes, weights: { ...fresh, [GATES]: Float32Array.from(gates) } });
  return {
    llm: `${folder}/start/llm`,
    states: {
      encoder: { kind: "mini", encoder: `${folder}/encoder`, tokenizer: `${folder}/tokenizer` },
      bridge,
      fusion,
    },
  };
}

function timesMatrices(weights: Weights, factor: number): Weights {
  return Object.fromEntries(
    Object.entries(weights).map((
      [name, data],
    ) => [name, /norm|bias/.test(name) ? data : data.map((x) => x * factor)]),
  );
}

const MINDMERGERS: Bridge = {
  ...{ layers: 2, activation: "relu", boundaries: "end", boundary_init: "zeros" },
  standardised: false,
};
const OPEN_GATES = [1.5, -2];
const CPU = { device: "cpu", threads: 1 };

/** Questions of very different lengths. */
const PROMPTS = Array.from({ length: 8 }, (_, i) => ({
  text: Array.from({ length: 1 + 5 * (i % 4) }, (_, k) => KNOWN[(i + k * k) % KNOWN.length]).join(" "),
  ids: [4, 5, 6 + i].slice(0, 1 + i % 3),
}));
/** Two ids end an answer, so that sequences leave the batch one after the other. */
const LENGTHS = { max_new_tokens: 12, stop_ids: [2, 13] };
/** Each of the LLM's tokens as what might come next. */
const NEXT = Array.from({ length: 20 }, (_, id) => id);

async function opened<T>(
  open: () => Promise<Answerer>,
  use: (system: Answerer) => Promise<T>,
): Promise<T> {
  const system = await open();
  try {
    return await use(system);
  } finally {
    await system.dispose();
  }
}

Deno.test("gates held at 0 give MindMerger's logits bit for bit, and its answers; other gates give others", () =>
  withFolder(async (folder) => {
    const folders = writeFused(folder, [0, 0]);
    const scored = (system: Answerer) =>
      system.score(PROMPTS.flatMap((prompt) => NEXT.map((id) => ({ ...prompt, target: [id] }))));
    const said = (system: Answerer) => system.generate(PROMPTS, LENGTHS);
    const both = async (system: Answerer) => [await scored(system), await said(system)] as const;
    const own = await opened(() => fused.open(folders, CPU), both);
    const plain = await opened(() => onnx.open(folders, CPU), both);
    deepStrictEqual(own, plain);
    const gated = await opened(() => fused.open(writeFused(folder, OPEN_GATES), CPU), both);
    gated.forEach((values, i) => notDeepStrictEqual(values, plain[i]));
  }));

Deno.test("an answer, and how likely it is, does not depend on its batch: 1 against 8", () =>
  withFolder((folder) =>
    opened(() => fused.open(writeFused(folder, OPEN_GATES), CPU), async (system) => {
      const together = await system.generate(PROMPTS, LENGTHS);
      const lengths = new Set(together.map(({ length }) => length));
      ok(lengths.size > 3, `answers have ${[...lengths]} tokens`);
      const examples = PROMPTS.map((prompt, i) => ({ ...prompt, target: [...together[i]!, 2] }));
      const scores = await system.score(examples);
      for (const [i, prompt] of PROMPTS.entries()) {
        deepStrictEqual(await system.generate([prompt], LENGTHS), [together[i]]);
        const [alone] = await system.score([examples[i]!]);
        ok(Math.abs(alone! - scores[i]!) < 1e-4, `${alone} ${scores[i]}`);
      }
    })
  ));

Deno.test("with a cache the system writes what the trained graph finds likeliest, token by token", () =>
  withFolder((folder) =>
    opened(() => fused.open(writeFused(folder, OPEN_GATES), CPU), async (system) => {
      for (const prompt of PROMPTS) {
        const [written] = await system.generate([prompt], LENGTHS);
        for (const at of written!.keys()) {
          const ids = [...prompt.ids, ...written!.slice(0, at)];
          const scores = await system.score(NEXT.map((id) => ({ ...prompt, ids, target: [id] })));
          strictEqual(written![at], scores.indexOf(Math.max(...scores)));
        }
      }
    })
  ));

const TARGETS = PROMPTS.map((prompt, i) => ({ ...prompt, target: [6 + i % 4, 2] }));

for (const trains of [["bridge"], ["aligner"], ["gates"], LEARNS, ["llm"]] as const) {
  Deno.test(`fit() of ${trains.join(", ")} moves these and leaves everything else byte for byte`, () =>
    withFolder(async (folder) => {
      const model = writeFused(folder, OPEN_GATES);
      const context = stepContext(folder);
      await fused.fit({ ...jobOf(folder, model, TARGETS), model, trains }, context);
      const moved = (["llm", "bridge", "aligner", "gates"] as const).filter((module) =>
        bytesOf(context.dir)[module] !== bytesOf(`${folder}/start`)[module]
      );
      deepStrictEqual([...moved].sort(), [...trains].sort());
    }));
}

Deno.test("from gates at 0 the aligner is asleep for one update and then wakes", () =>
  withFolder(async (folder) => {
    const model = writeFused(folder, [0, 0]);
    const moves = async (steps: number) => {
      const context = stepContext(folder);
      // Without decay: it would move the aligner by itself.
      const job = jobOf(folder, model, TARGETS, { steps });
      const training = { ...job.training, weight_decay: 0 };
      await fused.fit({ ...job, training, model, trains: LEARNS }, context);
      const columns = Deno.readTextFileSync(`${context.dir}/loss.csv`).split("\n")[0]!.split(",");
      strictEqual(columns.at(-1), "gates");
      const gates = readSteps(context.dir).map((row) => row.at(-1)!);
      ok(gates[0] === 0 && gates.slice(1).every((one) => one > 0), `${gates}`);
      return bytesOf(context.dir).aligner !== bytesOf(`${folder}/start`).aligner;
    };
    deepStrictEqual([await moves(1), await moves(2)], [false, true]);
  }));

Deno.test("fit() learns to write what only the question says behind a bridge that says nothing", () =>
  withFolder(async (folder) => {
    const model = writeFused(folder, [0.1, 0.1]);
    const { config, weights } = loadBridge(model.states.bridge);
    const silent = Object.entries(weights).map(([name, data]) => [name, data.map(() => 0)]);
    saveBridge(model.states.bridge, { config, weights: Object.fromEntries(silent) });
    const examples = KNOWN.map((text, i) => ({ text, ids: [4], target: [6 + i, 2] }));
    const job = jobOf(folder, model, examples, { steps: 300, lr: 1e-2 });
    const loss = await fused.fit({ ...job, model, trains: ["aligner", "gates", "llm"] }, stepContext(folder));
    // One of four tokens, then eos: whoever does not read the question pays ln 4 for one of two tokens.
    ok(loss.last < Math.log(4) / 8, `the loss went from ${loss.first} to ${loss.last}`);
  }));

Deno.test("fit() interrupted after a checkpoint goes on to the same bytes: second attention", () =>
  withFolder(async (folder) => {
    const model = writeFused(folder, [0, 0]);
    const job = { ...jobOf(folder, model, TARGETS, { steps: 206 }), model, trains: LEARNS };
    await endsInTheSameBytes(fused, job, 204, (changes) => stepContext(folder, changes));
  }));

Deno.test("an engine, a device and an encoder that cannot are refused with what to do", async () => {
  throws(() => checkFuses({ engine: "torch", device: "cpu" }), {
    name: "UserError",
    message: /with --engine torch: only the lab's own engine has it; leave the row out with --variant/,
  });
  throws(() => checkFuses({ engine: "onnx", device: "webgpu" }), {
    name: "UserError",
    message: /on "webgpu".*use --device cpu/,
  });
  checkFuses({ engine: "onnx", device: "cpu" });
  await withFolder(async (folder) => {
    writeLookupEncoder(`${folder}/graph`);
    const environment = { world: "mini", models: folder } as Environment;
    throws(() => checkAllLayers({ checkpoint: "graph", dtype: null }, environment), {
      name: "UserError",
      message: /Cannot read all layers of the encoder "graph" \(LayAlign\): its graph gives the last one/,
    });
    const graph = { kind: "checkpoint", encoder: `${folder}/graph`, dtype: "fp32", graph: "model" } as const;
    await rejects(() => openLayers(graph, CPU), /^UserError: Cannot take the states of all layers/);
    checkAllLayers({ checkpoint: null, dtype: null }, environment);
  });
});

/** SHA-256 of each module of a trained system. */
function bytesOf(dir: string): Readonly<Record<"llm" | "bridge" | "aligner" | "gates", string>> {
  const { weights } = loadFusion(`${dir}/${FUSION_FILE}`);
  const { [GATES]: gates, ...aligner } = Object.fromEntries(
    Object.entries(weights).map(([name, data]) => [name, [...data]]),
  );
  const { llm, bridge } = weightsOf(dir);
  return { llm, bridge: bridge!, aligner: hashJson(aligner), gates: hashJson(gates) };
}
