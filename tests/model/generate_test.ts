/** Greedy decoding: PyTorch's tokens on real weights; laws on fresh mini models. @module */
import { deepStrictEqual, ok, rejects } from "node:assert/strict";
import { atLeast } from "../../lib/checked.ts";
import { createGenerator } from "../../lib/model/llama/generate.ts";
import { generateUncached } from "../../lib/model/llama/generate_uncached.ts";
import { loadLlama } from "../../lib/model/llama/model.ts";
import { padIds } from "../../lib/model/padding.ts";
import { float32 } from "../../lib/tensor/mod.ts";
import { miniModel, raggedPrompts } from "./_mini_llama.ts";
import { testWithStories } from "./_models.ts";

testWithStories(
  "generate() gives PyTorch's 60 tokens on stories15M: alone, batched, cached and not",
  async (folder) => {
    const golden = JSON.parse(Deno.readTextFileSync(`${folder}/golden.json`)).generation;
    const model = loadLlama(folder);
    const options = { maxNewTokens: golden.greedy_ids.length };
    const generator = createGenerator(model);
    const alone = await generator.generate([golden.prompt_ids], options);
    deepStrictEqual(alone, [{ ids: golden.greedy_ids, finish_reason: "length" }]);

    // Rows that begin further into the story end where the golden text ends; the batch is ragged and finishes early.
    const starts = [0, 7, 1, 30];
    const prompts = starts.map((n) => [...golden.prompt_ids, ...golden.greedy_ids.slice(0, n)]);
    const batched = await generator.generate(prompts, options);
    starts.forEach((n, i) =>
      deepStrictEqual([...golden.greedy_ids.slice(0, n), ...batched[i]!.ids].slice(0, 60), golden.greedy_ids)
    );
    await generator.dispose();

    const uncached = await generateUncached(model, [golden.prompt_ids, prompts[1]], { maxNewTokens: 60 });
    deepStrictEqual(uncached[0]!.ids, golden.greedy_ids);
    deepStrictEqual(uncached[1]!.ids, batched[1]!.ids);
  },
);

const HEADS = [
  ...[{ heads: 4, kvHeads: 4 }, { heads: 4, kvHeads: 2 }, { heads: 4, kvHeads: 1 }],
  // Sizes that the cache has to fill up: 2 to 16 numbers, 20 to 32, 100 to 112.
  ...[2, 20, 100].map((headDim) => ({ heads: 4, kvHeads: 2, headDim })),
];
for (const heads of HEADS) {
  const what = `${heads.kvHeads} key heads of ${"headDim" in heads ? heads.headDim : 16}`;
  Deno.test(`generate() does not depend on cache, batch or padding with ${what}`, async () => {
    const model = miniModel(heads, heads.kvHeads === 2);
    const prompts = raggedPrompts(7);
    const options = { maxNewTokens: 80, stopIds: [3, 10, 20, 30] };
    const generator = createGenerator(model);
    const batched = await generator.generate(prompts, options);
    for (const [i, prompt] of prompts.entries()) {
      deepStrictEqual(await generator.generate([prompt], options), [batched[i]], `prompt ${i}`);
    }
    await generator.dispose();
    for (const side of ["left", "right"] as const) {
      deepStrictEqual(await generateUncached(model, prompts, { ...options, side }), batched);
    }
    // Sequences ended at different times, so the batch was made smaller on the way.
    ok(new Set(batched.map(({ ids }) => ids.length)).size > 2);
    ok(batched.every(({ ids }) => !ids.some((id) => options.stopIds.includes(id))));
  });
}

Deno.test("generate() goes on when the cache has to grow", async () => {
  const base = miniModel({ heads: 4, kvHeads: 2 });
  const model = { ...base, config: { ...base.config, max_position_embeddings: 400 } };
  const generator = createGenerator(model);
  const options = { maxNewTokens: 290, stopIds: [] };
  const prompts = [[5, 6, 7], [8]];
  const cached = await generator.generate(prompts, options);
  await generator.dispose();
  deepStrictEqual(cached.map(({ ids }) => ids.length), [290, 290]);
  deepStrictEqual(await generateUncached(model, prompts, options), cached);
});

Deno.test("generate() from embeddings equals generate() from the ids, wherever the padding is", async () => {
  const model = miniModel({ heads: 4, kvHeads: 2 });
  const prompts = raggedPrompts(5);
  const generator = createGenerator(model);
  const options = { maxNewTokens: 20 };
  const expected = await generator.generate(prompts, options);
  const table = model.weights["model.embed_tokens.weight"]!;
  for (const side of ["left", "right"] as const) {
    const { ids, attention_mask } = padIds(prompts, { side, padId: 5 });
    const rows = [...ids.data as Int32Array].map((id) => [...table.subarray(id * 64, (id + 1) * 64)]);
    const inputs_embeds = float32(rows.flat(), [...ids.dims, 64]);
    deepStrictEqual(await generator.generate({ inputs_embeds, attention_mask }, options), expected);
  }
  await generator.dispose();
});

Deno.test("generate() stops at stop ids, at the maximum and at the end of the positions", async () => {
  const model = miniModel({ heads: 4, kvHeads: 4 });
  const generator = createGenerator(model);
  const [free] = atLeast(await generator.generate([[5, 6]], { maxNewTokens: 200, stopIds: [] }), 1);
  deepStrictEqual([free.ids.length, free.finish_reason], [94, "length"]);
  const stopId = free.ids[10]!;
  const [stopped] = await generator.generate([[5, 6]], { maxNewTokens: 200, stopIds: [stopId] });
  deepStrictEqual(stopped, { ids: free.ids.slice(0, free.ids.indexOf(stopId)), finish_reason: "stop" });
  const [short] = await generator.generate([[5, 6]], { maxNewTokens: 1, stopIds: [] });
  deepStrictEqual(short, { ids: free.ids.slice(0, 1), finish_reason: "length" });
  await generator.dispose();
});

Deno.test("generate() names prompts that it cannot continue", async () => {
  const model = miniModel({ heads: 4, kvHeads: 4 });
  const generator = createGenerator(model);
  const fails = async (prompts: number[][], message: RegExp, maxNewTokens = 2) => {
    await rejects(() => generator.generate(prompts, { maxNewTokens }), { name: "UserError", message });
    if (maxNewTokens === 0) return;
    await rejects(() => generateUncached(model, prompts, { maxNewTokens }), { name: "UserError", message });
  };
  await fails([], /there is no prompt/);
  await fails([[5], []], /prompt 1 is empty/);
  await fails([[5, 60]], /prompt 0 has the id 60, the model has 60 ids/);
  await fails([Array(96).fill(4)], /prompt 0 has 96 tokens, the model has 96 positions/);
  await fails([[5]], /Cannot generate 0 tokens/, 0);
});
