/** What a training is taken to need, beside what it was seen to need. */
import { ok, strictEqual } from "node:assert/strict";
import { cardDevice, cardLike, fitCost, type FitSize } from "../../lib/engine/cost/mod.ts";
import { llamaConfig, type LlamaConfigInput } from "../../lib/model/llama/config.ts";
import type { LlmConfig } from "../../lib/model/llm.ts";
import { encoderSizeIn, knownEncoder, knownLlm } from "../../lib/model/sizes.ts";
import { parameterCount } from "../../lib/model/llama/parameter_count.ts";
import { withFolder } from "../model/_models.ts";

const GIB = 2 ** 30;

function ofLlama(input: LlamaConfigInput): LlmConfig {
  const config = llamaConfig(input);
  return { ...config, family: "llama", parameters: parameterCount(config) };
}

const LLAMA_2_7B = knownLlm("meta-llama/Llama-2-7b-hf")!;
const SIZE: FitSize = {
  llm: LLAMA_2_7B,
  trains: ["llm"],
  ...{ encoder_parameters: 1.7e9, bridge_parameters: 25e6, lora_parameters: 0 },
  ...{ steps: 1000, batch_size: 64, longest: 512, usual: 128 },
};
const TORCH = { engine: "torch", device: "cuda", threads: 1 } as const;

for (const engine of ["onnx", "torch"]) {
  const compute = { engine, device: "cpu", threads: 1 };

  Deno.test(`${engine}: a training costs more with steps, rows, longer rows and more that learns, and never less than its weights`, () => {
    const cost = fitCost(SIZE, compute);
    ok(cost.bytes > 16 * LLAMA_2_7B.parameters);
    strictEqual(fitCost({ ...SIZE, steps: 2000 }, compute).flops, 2 * cost.flops);
    const frozen = fitCost({ ...SIZE, trains: ["bridge"] }, compute);
    ok(frozen.bytes < cost.bytes && frozen.flops < cost.flops && frozen.scratch_bytes < cost.scratch_bytes);
    ok(fitCost({ ...SIZE, batch_size: 128 }, compute).bytes > cost.bytes);
    ok(fitCost({ ...SIZE, longest: 1024 }, compute).bytes > cost.bytes);
    strictEqual(fitCost({ ...SIZE, longest: 1024 }, compute).flops, cost.flops);
  });
}

Deno.test("torch: processes share what learns and the rows; smaller micro-batches and activations computed again take less memory", () => {
  const alone = fitCost(SIZE, TORCH);
  const eight = fitCost(SIZE, { ...TORCH, processes: 8 });
  ok(eight.bytes < alone.bytes);
  strictEqual(eight.flops, alone.flops);
  const micro = fitCost(SIZE, { ...TORCH, processes: 8, micro_batch: 1 });
  ok(micro.bytes < eight.bytes);
  const again = fitCost(SIZE, { ...TORCH, processes: 8, activation_checkpointing: true });
  ok(again.bytes < eight.bytes && again.flops > eight.flops);
  // The parts that do not depend on rows: ../shared/reference/scale.md, section 4.
  const least = 16 * LLAMA_2_7B.parameters / 8 + 2 * 1.7e9;
  const small = fitCost({ ...SIZE, batch_size: 8, longest: 1 }, {
    ...TORCH,
    processes: 8,
    dtype: "bfloat16",
  });
  ok(small.bytes > least);
});

/** SmolLM2-135M on a processor, one thread, `deno task bench cost` on an AMD EPYC: GB at their highest. */
const SMOLLM2 = ofLlama({
  ...{ hidden_size: 576, intermediate_size: 1536, num_hidden_layers: 30, num_attention_heads: 9 },
  ...{ num_key_value_heads: 3, vocab_size: 49_152, max_position_embeddings: 8192, tie_word_embeddings: true },
});
const MEASURED = [
  { batch_size: 2, longest: 64, gb: 2.99 },
  { batch_size: 8, longest: 128, gb: 4.18 },
  { batch_size: 8, longest: 256, gb: 6.19 },
  { batch_size: 8, longest: 256, activation_checkpointing: true, gb: 4.13 },
  { batch_size: 8, longest: 256, dtype: "bfloat16", gb: 5.30 },
  { batch_size: 8, longest: 256, dtype: "bfloat16", activation_checkpointing: true, gb: 3.86 },
] as const;

Deno.test("torch: the memory that trainings of SmolLM2-135M took is foretold within a fifth", () => {
  strictEqual(SMOLLM2.parameters, 134_515_008);
  for (const { gb, batch_size, longest, ...compute } of MEASURED) {
    const size = { ...SIZE, llm: SMOLLM2, encoder_parameters: 0, bridge_parameters: 0, batch_size, longest };
    const { bytes } = fitCost(size, { ...TORCH, device: "cpu", ...compute });
    const error = bytes / (gb * 1e9) - 1;
    ok(
      Math.abs(error) < 0.2,
      `${batch_size} x ${longest}, ${JSON.stringify(compute)}: ${(100 * error).toFixed(0)} %`,
    );
  }
});

Deno.test("the paper's models have their published sizes, and an encoder's is read from its folder", async () => {
  strictEqual(LLAMA_2_7B.parameters, 6_738_415_616);
  strictEqual(knownLlm("meta-llama/Llama-2-13b-hf")!.parameters, 13_015_864_320);
  strictEqual(knownLlm("mistralai/Mistral-7B-v0.1")!.parameters, 7_241_732_096);
  const xl = knownEncoder("DKYoon/mt5-xl-lm-adapt")!;
  ok(Math.abs(xl.parameters / 1.67e9 - 1) < 0.01, `${xl.parameters}`);
  await withFolder((folder) => {
    strictEqual(encoderSizeIn(folder), undefined);
    const config = { d_model: 8, d_ff: 16, d_kv: 4, num_heads: 2, num_layers: 3, vocab_size: 100 };
    Deno.writeTextFileSync(`${folder}/config.json`, JSON.stringify(config));
    strictEqual(encoderSizeIn(folder)!.parameters, 100 * 8 + 3 * (4 * 64 + 2 * 8 * 16));
  });
});

Deno.test("a card that is here is the one of the table with its name and memory, and as fast; of another nobody knows", () => {
  const here = { name: "NVIDIA A100-SXM4-80GB", bytes: 79.1 * GIB };
  strictEqual(cardLike(here, "bfloat16").flops, cardDevice("a100-80gb", "bfloat16").flops);
  strictEqual(cardLike(here).bytes, here.bytes);
  ok(Number.isNaN(cardLike({ name: "Tesla T4", bytes: 15 * GIB }).flops));
});
