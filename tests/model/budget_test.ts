/** What a training takes, and who is sent away with an estimate instead of a crash. */
import { ok, strictEqual, throws } from "node:assert/strict";
import { checkTrainable, parameterCount, thisMachine, trainingCost } from "../../lib/model/llama/budget.ts";
import { checkTensors, openCheckpoint } from "../../lib/model/checkpoint/open.ts";
import { llamaConfig, llamaParameterShapes, parseLlamaConfig } from "../../lib/model/llama/config.ts";
import { writeSparseLlama } from "./_sparse.ts";
import { testWithStories, withFolder } from "./_models.ts";

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
const TRAINING = { trainsLlm: true, steps: 1000, batch_size: 32, length: 256 };

Deno.test("parameterCount() of Llama 2 7B is the published 6,738,415,616", () => {
  strictEqual(parameterCount(LLAMA_2_7B), 6_738_415_616);
});

Deno.test("trainingCost() grows with steps, batch and what learns, and is above weights, gradients and moments", () => {
  const cost = trainingCost(LLAMA_2_7B, TRAINING, 2);
  ok(cost.bytes > 16 * cost.parameters);
  strictEqual(trainingCost(LLAMA_2_7B, { ...TRAINING, steps: 2000 }, 2).seconds, 2 * cost.seconds);
  strictEqual(trainingCost(LLAMA_2_7B, TRAINING, 4).seconds, cost.seconds / 2);
  const frozen = trainingCost(LLAMA_2_7B, { ...TRAINING, trainsLlm: false }, 2);
  ok(frozen.bytes < cost.bytes && frozen.seconds < cost.seconds);
  ok(trainingCost(LLAMA_2_7B, { ...TRAINING, batch_size: 64 }, 2).bytes > cost.bytes);
  // A vocabulary twice as large takes its embeddings and, of every target, its logits.
  const large = { ...LLAMA_2_7B, vocab_size: 2 * LLAMA_2_7B.vocab_size };
  const short = trainingCost(large, { ...TRAINING, batch_size: 1, length: 2 }, 2).bytes -
    trainingCost(LLAMA_2_7B, { ...TRAINING, batch_size: 1, length: 2 }, 2).bytes;
  const long = trainingCost(large, TRAINING, 2).bytes - cost.bytes;
  const targets = TRAINING.batch_size * TRAINING.length / 2 - 1;
  strictEqual(long - short, targets * 3 * 4 * LLAMA_2_7B.vocab_size);
});

Deno.test("checkTrainable() refuses a 7B model on a laptop with memory and time, and takes one that fits", () => {
  const laptop = { bytes: 16 * 2 ** 30, threads: 2 };
  throws(() => checkTrainable("llama-2-7b", LLAMA_2_7B, TRAINING, laptop), {
    name: "UserError",
    message:
      /^Cannot train "llama-2-7b" on this machine: its 6\.7 billion parameters take about \d+\.\d GiB of memory, the machine has 16\.0 GiB; 1000 steps of 32 rows would take about \d+ days on 2 threads/,
  });
  checkTrainable("llama-2-7b", LLAMA_2_7B, TRAINING, { bytes: 2 ** 40, threads: 2 });
});

testWithStories("checkTrainable() lets stories15M train here", (folder) => {
  const config = parseLlamaConfig(openCheckpoint(folder).config, folder);
  checkTrainable("stories15M", config, TRAINING, thisMachine());
});

Deno.test("a 7B-shaped checkpoint in shards opens and is checked in the memory of its headers, and gives one tensor", async () => {
  await withFolder((folder) => {
    writeSparseLlama(folder, LLAMA_2_7B, 3);
    const before = Deno.memoryUsage().rss;
    const checkpoint = openCheckpoint(folder);
    checkTensors(checkpoint, llamaParameterShapes(LLAMA_2_7B));
    strictEqual(checkpoint.float32("model.norm.weight").length, 4096);
    const grown = Deno.memoryUsage().rss - before;
    ok(grown < 64 * 2 ** 20, `memory grew by ${Math.round(grown / 2 ** 20)} MiB`);
  });
});
