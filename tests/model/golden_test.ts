/** The Llama code against PyTorch: loss, logits and gradient norms of stories15M in golden.json. @module */
import { ok } from "node:assert/strict";
import { llamaFeeds, loadLlama } from "../../lib/model/llama/model.ts";
import { padIds } from "../../lib/model/padding.ts";
import { compile, float32Data, grad, int32 } from "../../lib/tensor/mod.ts";
import { causalLoss } from "./_causal_loss.ts";
import { testWithStories } from "./_models.ts";

function closeTo(actual: number, expected: number, what: string): void {
  const relative = Math.abs(actual - expected) / Math.abs(expected);
  ok(relative < 1e-3, `${what}: ${actual}, PyTorch has ${expected}`);
}

testWithStories(
  "llamaLogits() has PyTorch's loss, logits and gradient norms on stories15M",
  async (folder) => {
    const golden = JSON.parse(Deno.readTextFileSync(`${folder}/golden.json`)).loss_and_gradients;
    const model = loadLlama(folder);
    const { config } = model;
    const { parameters, logits, loss } = causalLoss(config);
    const names = Object.keys(golden.grad_l2);
    const gradients = grad(loss, names.map((name) => parameters[name]!));
    const session = await compile({
      loss,
      logits,
      ...Object.fromEntries(gradients.map((gradient, i) => [`gradient of ${names[i]}`, gradient])),
    });
    const next = [...golden.ids.slice(1), -100];
    const results = await session.run({
      ...llamaFeeds(model),
      ...padIds([golden.ids]),
      targets: int32(next, [1, next.length]),
    });
    await session.dispose();

    closeTo(float32Data(results.loss!)[0]!, golden.mean_cross_entropy, "loss");
    // golden.json's "last" logits are those that predict the last id.
    const last = float32Data(results.logits!).subarray(-2 * config.vocab_size);
    golden.last_logits_first8.forEach((value: number, i: number) => closeTo(last[i]!, value, `logit ${i}`));
    for (const name of names) {
      const norm = Math.hypot(...chunkNorms(float32Data(results[`gradient of ${name}`]!)));
      closeTo(norm, golden.grad_l2[name], name);
    }
  },
);

/** Norms of pieces, because `Math.hypot` takes its numbers as arguments. */
function chunkNorms(data: Float32Array): number[] {
  const norms: number[] = [];
  for (let at = 0; at < data.length; at += 4096) norms.push(Math.hypot(...data.subarray(at, at + 4096)));
  return norms;
}
