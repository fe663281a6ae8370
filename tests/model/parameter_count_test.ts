/** How large a model is, of which nothing but headers is read. */
import { ok, strictEqual } from "node:assert/strict";
import { parameterCount } from "../../lib/model/llama/parameter_count.ts";
import { llamaConfig, llamaParameterShapes } from "../../lib/model/llama/config.ts";
import { elsewhere } from "../_elsewhere.ts";
import { writeSparseLlama } from "./_sparse.ts";
import { withFolder } from "./_models.ts";

const LLAMA_2_7B = llamaConfig({
  hidden_size: 4096,
  intermediate_size: 11008,
  num_hidden_layers: 32,
  num_attention_heads: 32,
  vocab_size: 32000,
  max_position_embeddings: 4096,
  bos_token_id: 1,
  eos_token_id: 2,
});

Deno.test("parameterCount() of Llama 2 7B is the published 6,738,415,616", () => {
  strictEqual(parameterCount(LLAMA_2_7B), 6_738_415_616);
});

Deno.test("a 7B-shaped checkpoint in shards opens and is checked in the memory of its headers, and gives one tensor", async () => {
  await withFolder(async (folder) => {
    writeSparseLlama(folder, LLAMA_2_7B, 3);
    const args = [folder, llamaParameterShapes(LLAMA_2_7B), "model.norm.weight"];
    const { value, grown } = await elsewhere<number[]>("tests/model/_sparse.ts", "openedTensor", args);
    strictEqual(value.length, 4096);
    ok(grown < 64 * 2 ** 20, `memory grew by ${Math.round(grown / 2 ** 20)} MiB`);
  });
});
