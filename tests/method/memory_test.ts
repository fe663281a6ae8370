/** How much memory a system's training of a real LLM is taken to need: what says how many run side by side. */
import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { applyPatch } from "../../lib/lab/plan/patch.ts";
import type { Environment } from "../../lib/lab/experiment/types.ts";
import type { Recipe } from "../../lib/method/recipe/fields.ts";
import { MICRO } from "../../lib/method/recipe/scales.ts";
import type { DefinedSystem } from "../../lib/method/system.ts";
import { langbridge } from "../../lib/method/systems/langbridge.ts";
import { lingualift } from "../../lib/method/systems/lingualift.ts";
import { layalign } from "../../lib/method/systems/layalign.ts";
import { merlin } from "../../lib/method/systems/merlin.ts";
import { mindmerger } from "../../lib/method/systems/mindmerger.ts";
import { monoSft } from "../../lib/method/systems/mono_sft.ts";
import { multiSft } from "../../lib/method/systems/multi_sft.ts";
import { translateEn } from "../../lib/method/systems/translate_en.ts";
import { llamaConfig } from "../../lib/model/llama/config.ts";
import { exportLlama, initLlama } from "../../lib/model/llama/model.ts";
import { stream } from "../../lib/random.ts";
import { withFolder } from "../model/_models.ts";

Deno.test("systems whose LLM reads other scripts as tokens are taken to need more memory than those that read English or states", async () => {
  await withFolder((models) => {
    const config = llamaConfig({
      ...{
        hidden_size: 32,
        intermediate_size: 48,
        num_hidden_layers: 2,
        num_attention_heads: 2,
        vocab_size: 40,
      },
      ...{ max_position_embeddings: 2048, bos_token_id: 1, eos_token_id: 2 },
    });
    exportLlama(`${models}/tiny`, initLlama(config, stream(1, "tiny")), { json: { "tokenizer.json": {} } });
    const environment = { world: "open", models, data: models } as Environment;
    const limits = { max_chars: 200 };
    const recipe = applyPatch(MICRO, {
      llm: { checkpoint: "tiny" },
      align: limits,
      transfer: limits,
    }) as Recipe;
    const runtime = { device: "cpu", engine: "onnx", threads: 1 };
    const device = { name: "any", bytes: 2 ** 33, flops: 1e11, bytes_per_s: 1e10 };
    const costs = (system: unknown, own: Recipe) => {
      const { costs, from } = system as DefinedSystem<unknown>;
      return costs!(from(own), environment, { runtime, device, benchmarks: ["mgsm"] });
    };
    const memory = (system: unknown) =>
      Math.max(
        ...costs(system, recipe).filter(({ step }) => step.startsWith("fit")).map(({ bytes }) => bytes),
      );
    const plain = memory(monoSft);
    for (const system of [lingualift, langbridge, translateEn]) strictEqual(memory(system), plain, system.id);
    for (const system of [multiSft, mindmerger, merlin, layalign]) ok(memory(system) > 2 * plain, system.id);
    deepStrictEqual(costs(monoSft, MICRO), []);
    deepStrictEqual(costs(lingualift, recipe).map(({ step }) => step), [
      "fit align",
      "fit transfer",
      "answer mgsm",
    ]);
  });
});
