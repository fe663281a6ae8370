/** Llama models on disk and fresh ones. @module */
import { deepStrictEqual, notDeepStrictEqual, ok, throws } from "node:assert/strict";
import { atLeast } from "../../lib/checked.ts";
import { llamaConfig, llamaParameterShapes } from "../../lib/model/llama/config.ts";
import { exportLlama, initLlama, loadLlama } from "../../lib/model/llama/model.ts";
import { writeSafetensors } from "../../lib/tensor/safetensors.ts";
import { stream } from "../../lib/random.ts";
import { testWithStories, withFolder } from "./_models.ts";

const config = llamaConfig({
  hidden_size: 32,
  intermediate_size: 48,
  num_hidden_layers: 2,
  num_attention_heads: 2,
  vocab_size: 40,
  eos_token_id: [2, 3],
});

Deno.test("exportLlama() then loadLlama() gives the same model, in one file and in shards", async () => {
  const model = initLlama(config, stream(1, "model"));
  for (const maxShardBytes of [undefined, 10_000]) {
    await withFolder((folder) => {
      exportLlama(folder, model, { maxShardBytes });
      const read = loadLlama(folder);
      deepStrictEqual(read.config, config);
      deepStrictEqual(read.weights, model.weights);
    });
  }
});

testWithStories(
  "loadLlama() of an exported stories15M gives the same weights as the original",
  async (original) => {
    const model = loadLlama(original);
    await withFolder((folder) => {
      exportLlama(folder, model, { maxShardBytes: 20e6 });
      ok([...Deno.readDirSync(folder)].filter(({ name }) => name.endsWith(".safetensors")).length > 2);
      deepStrictEqual(loadLlama(folder), model);
    });
  },
);

Deno.test("loadLlama() names a missing tensor and one of the wrong shape", async () => {
  await withFolder((folder) => {
    exportLlama(folder, initLlama(config, stream(1, "model")));
    const shapes = Object.entries(llamaParameterShapes(config));
    const write = (entries: typeof shapes) =>
      writeSafetensors(
        `${folder}/model.safetensors`,
        entries.map(([name, shape]) => ({
          name,
          shape,
          dtype: "F32",
          data: new Float32Array(shape.reduce((a, b) => a * b, 1)),
        })),
      );
    write(shapes.filter(([name]) => !name.includes("layers.1.mlp.up_proj")));
    throws(() => loadLlama(folder), {
      message: /missing tensor "model.layers.1.mlp.up_proj.weight"; its config.json/,
    });
    write(shapes.map(([name, shape]) => [name, name === "lm_head.weight" ? [32, 40] : shape]));
    throws(() => loadLlama(folder), { message: /"lm_head.weight" has shape \[32,40\].*asks for \[40,32\]/ });
  });
});

Deno.test("initLlama() depends on the stream alone, tensor by tensor", () => {
  const weights = initLlama(config, stream(1, "model")).weights;
  deepStrictEqual(initLlama(config, stream(1, "model")).weights, weights);
  notDeepStrictEqual(initLlama(config, stream(2, "model")).weights, weights);
  const deeper = initLlama({ ...config, num_hidden_layers: 3 }, stream(1, "model")).weights;
  const [q, o] = atLeast(["q_proj", "o_proj"].map((name) => `model.layers.1.self_attn.${name}.weight`), 2);
  deepStrictEqual(deeper[q], weights[q]);
  ok(std(weights[q]!) > 0.017 && std(weights[q]!) < 0.023, `${std(weights[q]!)}`);
  ok(Math.abs(std(weights[o]!) / std(weights[q]!) - 0.5) < 0.1);
});

function std(data: Float32Array): number {
  return Math.sqrt(data.reduce((sum, x) => sum + x * x, 0) / data.length);
}
