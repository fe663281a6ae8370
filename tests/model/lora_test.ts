/** Low-rank adapters against peft's own numbers (lora_golden.py), and what a fresh one must not change. */
import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { type LlamaConfig, llamaConfig } from "../../lib/model/llama/config.ts";
import { embedTokens, llamaLogits, llamaParameters } from "../../lib/model/llama/graph.ts";
import {
  exportLora,
  initLora,
  type LoraConfig,
  loraParameterShapes,
  mergeLora,
  withLora,
} from "../../lib/model/llama/lora.ts";
import { initLlama } from "../../lib/model/llama/model.ts";
import { countParameters, parameterInputs, type Weights } from "../../lib/model/parameters.ts";
import { stream } from "../../lib/random.ts";
import { compile, float32Data, input, int32, openSafetensors } from "../../lib/tensor/mod.ts";
import { withFolder } from "./_models.ts";
import golden from "./lora_golden.json" with { type: "json" };

const CONFIG = llamaConfig({ ...golden.config, bos_token_id: 1, eos_token_id: 2 });
const LORA: LoraConfig = {
  rank: golden.lora.r,
  alpha: golden.lora.lora_alpha,
  targets: golden.lora.target_modules,
  magnitude: false,
};

const floats = (values: Readonly<Record<string, readonly number[]>>): Weights =>
  Object.fromEntries(Object.entries(values).map(([name, list]) => [name, Float32Array.from(list)]));

/** Logits of one text, with adapters or without. */
async function logits(
  config: LlamaConfig,
  weights: Weights,
  ids: readonly number[],
  adapters?: { readonly lora: LoraConfig; readonly factors: Weights },
): Promise<Float32Array> {
  const own = llamaParameters(config);
  const parameters = adapters === undefined
    ? own
    : withLora(config, adapters.lora, own, parameterInputs(loraParameterShapes(config, adapters.lora)));
  const tokens = input("ids", ["B", "T"], "int32");
  const [mask, positions] = ["mask", "positions"].map((name) => input(name, ["B", "T"], "int32"));
  const output = llamaLogits(config, parameters, embedTokens(parameters, tokens), mask!, positions!);
  const session = await compile({ output }, { threads: 1, weights: { ...weights, ...adapters?.factors } });
  const row = (values: Iterable<number>) => int32(Int32Array.from(values), [1, ids.length]);
  try {
    const feeds = { ids: row(ids), mask: row(ids.map(() => 1)), positions: row(ids.keys()) };
    return float32Data((await session.run(feeds)).output!);
  } finally {
    await session.dispose();
  }
}

function close(found: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number, name = ""): void {
  strictEqual(found.length, expected.length, name);
  for (let i = 0; i < found.length; i++) {
    ok(Math.abs(found[i]! - expected[i]!) <= tolerance, `${name} ${i}: ${found[i]} and ${expected[i]}`);
  }
}

for (const [name, magnitude] of [["plain", false], ["magnitude", true]] as const) {
  const lora = { ...LORA, magnitude };
  const expected = golden[name];

  Deno.test(`a Llama with adapters (${name}) has peft's logits, beside its weights and merged into them`, async () => {
    const weights = floats(golden.weights);
    const factors = floats(expected.factors);
    deepStrictEqual(Object.keys(loraParameterShapes(CONFIG, lora)).sort(), Object.keys(factors).sort());
    close(await logits(CONFIG, weights, golden.ids, { lora, factors }), expected.logits, 1e-5);
    const merged = await mergeLora({ config: CONFIG, weights }, lora, factors, 1);
    close(await logits(CONFIG, merged, golden.ids), expected.logits, 1e-5);
    const adapted = Object.entries(expected.merged);
    strictEqual(adapted.length, lora.targets.length * CONFIG.num_hidden_layers);
    for (const [name, values] of adapted) close(merged[name]!, values, 2e-6, name);
    for (const [name, values] of Object.entries(weights)) {
      if (!(name in expected.merged)) strictEqual(merged[name], values);
    }
  });
}

Deno.test("a fresh adapter gives the base's logits bit for bit, whatever it stands beside", async () => {
  const { config, weights } = initLlama(CONFIG, stream(1, "llm"));
  const plain = await logits(config, weights, golden.ids);
  for (const targets of [["q_proj"], LORA.targets]) {
    const lora = { ...LORA, targets };
    const factors = initLora({ config, weights }, lora, stream(2, "lora"));
    deepStrictEqual(await logits(config, weights, golden.ids, { lora, factors }), plain);
    deepStrictEqual(await mergeLora({ config, weights }, lora, factors, 1), weights);
    ok(
      Object.entries(factors).every(([name, values]) =>
        name.includes("lora_B") ? values.every((x) => x === 0) : values.some((x) => x !== 0)
      ),
    );
  }
});

Deno.test("a fresh adapter with magnitudes has the lengths of the rows, and changes logits by rounding alone", async () => {
  const { config, weights } = initLlama(CONFIG, stream(1, "llm"));
  const lora = { ...LORA, magnitude: true };
  const factors = initLora({ config, weights }, lora, stream(2, "lora"));
  close(
    await logits(config, weights, golden.ids, { lora, factors }),
    await logits(config, weights, golden.ids),
    1e-6,
  );
  for (const [name, values] of Object.entries(await mergeLora({ config, weights }, lora, factors, 1))) {
    close(values, weights[name]!, 1e-7, name);
  }
});

Deno.test("an adapter has rank times inputs and outputs of each layer it stands beside", () => {
  const size = (rank: number, targets: readonly string[]) =>
    countParameters(loraParameterShapes(CONFIG, { rank, alpha: 1, targets, magnitude: false }));
  const { hidden_size: d, intermediate_size: f, num_hidden_layers: layers } = CONFIG;
  strictEqual(size(1, ["q_proj"]), layers * 2 * d);
  strictEqual(size(4, ["down_proj"]), layers * 4 * (d + f));
  strictEqual(
    countParameters(
      loraParameterShapes(CONFIG, { rank: 4, alpha: 1, targets: ["down_proj"], magnitude: true }),
    ),
    size(4, ["down_proj"]) + layers * d,
  );
  strictEqual(size(4, ["q_proj", "down_proj"]), size(4, ["q_proj"]) + size(4, ["down_proj"]));
});

Deno.test("an exported adapter has peft's names, shapes and settings", async () => {
  await withFolder((folder) => {
    const factors = floats(golden.magnitude.factors);
    exportLora(`${folder}/adapter`, CONFIG, { ...LORA, magnitude: true }, factors);
    const file = openSafetensors(`${folder}/adapter/adapter_model.safetensors`);
    for (const [name, values] of Object.entries(factors)) {
      deepStrictEqual(file.float32(`base_model.model.${name}`), values);
    }
    const config = JSON.parse(Deno.readTextFileSync(`${folder}/adapter/adapter_config.json`));
    const { r, lora_alpha, target_modules } = golden.lora;
    deepStrictEqual(
      { ...config, ...golden.lora },
      { ...config, r, lora_alpha, target_modules, peft_type: "LORA", use_dora: true },
    );
  });
});
