/** What every engine promises: what a job changes and what it leaves, on a system of a few thousand weights. */
import { deepStrictEqual, notStrictEqual, ok, strictEqual } from "node:assert/strict";
import { atLeast } from "../../lib/checked.ts";
import type { Engine, FitJob, ModelFolders } from "../../lib/engine/mod.ts";
import type { StepContext } from "../../lib/lab/experiment/types.ts";
import type { Bridge } from "../../lib/method/reader/reading.ts";
import { loadBridge } from "../../lib/model/bridge/file.ts";
import { loraParameterShapes, mergeLora } from "../../lib/model/llama/lora.ts";
import { loadLlama } from "../../lib/model/llama/model.ts";
import { openSafetensors } from "../../lib/tensor/mod.ts";
import { withFolder } from "../model/_models.ts";
import { digests, stepContext } from "../method/_tiny.ts";
import { TESTED } from "./_engines.ts";
import { BRIDGE, endsInTheSameBytes, examplesOf, jobOf, KNOWN, weightsOf, writeSystem } from "./_system.ts";

for (const { engine, compute } of TESTED) {
  const test = (name: string, run: (folder: string) => Promise<void>) =>
    Deno.test({
      name: `${engine.name}: ${name}`,
      fn: () => withFolder(run),
      ignore: compute === null,
    });
  const runtime = { engine: engine.name, device: "cpu", threads: 1, ...compute };
  const contextIn = (folder: string, changes: Partial<StepContext> = {}) =>
    stepContext(folder, { runtime, ...changes });

  test("fit() of the bridge alone leaves the LLM byte for byte and moves the bridge", async (folder) => {
    const { before, after } = await moved({ engine, context: contextIn(folder) }, folder, ["bridge"]);
    strictEqual(after.llm, before.llm);
    notStrictEqual(after.bridge, before.bridge);
  });

  test("fit() of the LLM alone leaves the bridge byte for byte and moves the LLM", async (folder) => {
    const { before, after } = await moved({ engine, context: contextIn(folder) }, folder, ["llm"]);
    strictEqual(after.bridge, before.bridge);
    notStrictEqual(after.llm, before.llm);
  });

  test("fit() of both moves every weight, boundary vectors included", async (folder) => {
    const { dir } = await moved({ engine, context: contextIn(folder) }, folder, ["bridge", "llm"]);
    const pairs = [
      [
        loadBridge(`${folder}/start/bridge.safetensors`).weights,
        loadBridge(`${dir}/bridge.safetensors`).weights,
      ],
      [loadLlama(`${folder}/start/llm`).weights, loadLlama(`${dir}/llm`).weights],
    ] as const;
    for (const [before, after] of pairs) {
      for (const [name, values] of Object.entries(after)) {
        ok(values.some((value, i) => value !== before[name]![i]), name);
      }
    }
  });

  test("fit() of adapters leaves bridge and embeddings, writes the adapter, and the LLM with it merged", async (folder) => {
    const model = writeSystem(folder);
    const adapters = { rank: 2, alpha: 4, targets: ["q_proj", "up_proj"], magnitude: false, seed: 3 };
    const context = contextIn(folder);
    const job = jobOf(folder, model, examplesOf(model), { trains: ["lora"], steps: 30 });
    const { first, last } = await engine.fit({ ...job, adapters }, context);
    ok(last < first, `${first} ${last}`);
    strictEqual(weightsOf(context.dir).bridge, weightsOf(`${folder}/start`).bridge);
    const [before, after] = [loadLlama(`${folder}/start/llm`), loadLlama(`${context.dir}/llm`)];
    const file = openSafetensors(`${context.dir}/adapter/adapter_model.safetensors`);
    const factors = Object.fromEntries(
      Object.keys(loraParameterShapes(before.config, adapters))
        .map((name) => [name, file.float32(`base_model.model.${name}`)]),
    );
    deepStrictEqual(after.weights, await mergeLora(before, adapters, factors, 1));
    const moved = Object.keys(after.weights).filter((name) =>
      after.weights[name]!.some((value, i) => value !== before.weights[name]![i])
    );
    deepStrictEqual(
      moved.sort(),
      ["mlp.up_proj", "self_attn.q_proj"].map((name) => `model.layers.0.${name}.weight`),
    );
  });

  test("fit() without a bridge trains the LLM on its own tokens and writes no bridge", async (folder) => {
    const { before, after } = await moved({ engine, context: contextIn(folder) }, folder, ["llm"], null);
    notStrictEqual(after.llm, before.llm);
    strictEqual(after.bridge, null);
  });

  test("fit() takes a job that has been through JSON, and gives the same bytes again", async (folder) => {
    const model = writeSystem(folder);
    const job = jobOf(folder, model, examplesOf(model), { trains: ["bridge", "llm"] });
    const [one, two] = [contextIn(folder), contextIn(folder)];
    await engine.fit(job, one);
    await engine.fit(JSON.parse(JSON.stringify(job)), two);
    deepStrictEqual(digests(one.dir), digests(two.dir));
  });

  for (const [name, bridge] of readings()) {
    test(`fit() learns to write what only the question says, and generate() writes it: ${name}`, async (folder) => {
      const model = writeSystem(folder, bridge);
      const examples = examplesOf(model);
      const context = contextIn(folder);
      const options = { steps: 300, lr: 1e-2, trains: ["bridge", "llm"] as const, batch_size: 10 };
      const trains = bridge === null ? ["llm"] as const : options.trains;
      const loss = await engine.fit(jobOf(folder, model, examples, { ...options, trains }), context);
      // One of four tokens, then eos: whoever does not read the question pays ln 4 for one of two tokens.
      ok(loss.last < Math.log(4) / 8, `the loss went from ${loss.first} to ${loss.last}`);
      const system = await engine.open(trained(model, context.dir), runtime);
      try {
        const answers = await system.generate(examples, { max_new_tokens: 4, stop_ids: [2] });
        deepStrictEqual(answers.map(([id]) => id), examples.map(({ target }) => target[0]));
        // An answer does not depend on its batch.
        const alone = [];
        for (const example of examples) {
          alone.push(...await system.generate([example], { max_new_tokens: 4, stop_ids: [2] }));
        }
        deepStrictEqual(alone, answers);
      } finally {
        await system.dispose();
      }
    });
  }

  test("fit() interrupted after a checkpoint goes on to the same bytes", async (folder) => {
    const model = writeSystem(folder);
    const job = jobOf(folder, model, examplesOf(model), { steps: 206, trains: ["bridge", "llm"] });
    await endsInTheSameBytes(engine, job, 204, (changes) => contextIn(folder, changes));
  });

  test("fit() reads what stands beside the states: other tokens, or none, give another loss", async (folder) => {
    const model = writeSystem(folder);
    const losses = [];
    for (const beside of [[4, 5], [7, 8], []]) {
      const job = jobOf(folder, model, examplesOf(model, beside), { steps: 1, batch_size: 10 });
      losses.push((await engine.fit(job, contextIn(folder))).first);
    }
    strictEqual(new Set(losses).size, 3);
  });

  test("fit() takes long texts and long targets in one batch, though its rows are then longer than the LLM's positions", async (folder) => {
    const model = writeSystem(folder);
    const example = (words: number, target: number) => ({
      text: Array(words).fill(KNOWN[0]).join(" "),
      ids: [4],
      target: [...Array<number>(target).fill(7), 2],
    });
    const examples = [example(53, 2), example(1, 54)];
    const job = jobOf(folder, model, examples, { steps: 2, batch_size: 2, trains: ["bridge"] });
    const { first, last } = await engine.fit(job, contextIn(folder));
    ok(last < first, `from ${first} to ${last}`);
  });

  test("bridged() gives the states of encoder() through the bridge, text by text", async (folder) => {
    const { states } = writeSystem(folder, { ...BRIDGE, layers: 1 });
    const texts = Array.from({ length: 70 }, (_, i) => Array(1 + i % 5).fill(KNOWN[i % 4]).join(" "));
    const encoder = await engine.encoder(states!.encoder, runtime);
    const bridged = await engine.bridged(states!, runtime);
    const { weights } = loadBridge(states!.bridge);
    const [weight, bias] = atLeast(
      ["weight", "bias"].map((part) => weights[`alignment.layers.0.${part}`]!),
      2,
    );
    try {
      const before = await encoder.encode(texts);
      const after = await bridged.encode(texts);
      for (const [i, rows] of before.entries()) {
        const [d_enc, d_lm] = [encoder.hidden_size, bridged.hidden_size];
        strictEqual(after[i]!.length / d_lm, rows.length / d_enc);
        after[i]!.forEach((value, at) => {
          const [row, out] = [Math.floor(at / d_lm), at % d_lm];
          let wanted = bias[out]!;
          for (let d = 0; d < d_enc; d++) wanted += weight[out * d_enc + d]! * rows[row * d_enc + d]!;
          ok(Math.abs(value - wanted) < 1e-4, `${value} is not ${wanted}`);
        });
      }
    } finally {
      await bridged.dispose();
      await encoder.dispose();
    }
  });
}

/** The weights before and after a job that trains these. */
async function moved(
  { engine, context }: { engine: Engine; context: StepContext },
  folder: string,
  trains: FitJob["trains"],
  bridge: Bridge | null = BRIDGE,
) {
  const model = writeSystem(folder, bridge);
  await engine.fit(jobOf(folder, model, examplesOf(model), { trains }), context);
  return { before: weightsOf(`${folder}/start`), after: weightsOf(context.dir), dir: context.dir };
}

function readings(): [string, Bridge | null][] {
  return [
    ["tokens", null],
    ["LinguaLIFT's bridge", BRIDGE],
    ["LangBridge's", { ...BRIDGE, layers: 1, boundaries: "end" }],
    ["MindMerger's", { ...BRIDGE, activation: "relu", boundaries: "end", boundary_init: "zeros" }],
  ];
}

function trained({ states }: ModelFolders, dir: string): ModelFolders {
  return { llm: `${dir}/llm`, states: states && { ...states, bridge: `${dir}/bridge.safetensors` } };
}
