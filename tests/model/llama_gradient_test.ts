/**
 * Gradients of a whole small LM against central differences: for every parameter tensor the derivative of the loss along
 * a random direction, which involves all of the tensor's numbers at once. The loss is float32 and of size 4, so a
 * difference of two has an error near 1e-6; the step is chosen so that the difference is a hundred to a thousand times
 * that, and the fourth-order formula keeps the error of the step itself far below 1 percent. A wrong term in a gradient
 * changes such a derivative by tens of percent.
 * @module
 */
import { ok } from "node:assert/strict";
import { llamaConfig } from "../../lib/model/llama/config.ts";
import { initLlama, llamaFeeds } from "../../lib/model/llama/model.ts";
import { padIds } from "../../lib/model/padding.ts";
import { stream } from "../../lib/random.ts";
import { compile, float32Data, grad, int32 } from "../../lib/tensor/mod.ts";
import { causalLoss } from "./_causal_loss.ts";

for (const tie_word_embeddings of [true, false]) {
  Deno.test(`gradients of a whole ${tie_word_embeddings ? "tied" : "untied"} LM are its slopes`, async () => {
    const config = llamaConfig({
      hidden_size: 16,
      intermediate_size: 24,
      num_hidden_layers: 2,
      num_attention_heads: 4,
      num_key_value_heads: 2,
      vocab_size: 12,
      max_position_embeddings: 8,
      tie_word_embeddings,
    });
    const model = initLlama(config, stream(11, "gradients"));
    const random = stream(12, "directions");
    // Weights of ordinary size, so that every path of the gradient carries something.
    for (const [name, data] of Object.entries(model.weights)) {
      data.forEach((x, i) => data[i] = /norm/.test(name) ? x + 0.2 * random.normal() : 12 * x);
    }
    const { parameters, loss } = causalLoss(config);
    const names = Object.keys(parameters);
    const gradients = grad(loss, names.map((name) => parameters[name]!));
    const session = await compile(
      { loss, ...Object.fromEntries(gradients.map((gradient, i) => [`gradient of ${names[i]}`, gradient])) },
      { threads: 1 },
    );
    const feeds = {
      ...llamaFeeds(model),
      ...padIds([[1, 2, 3, 2, 5], [4, 4, 7]], { side: "left" }),
      targets: int32([2, 3, 2, 5, 6, -100, -100, 4, 7, 8], [2, 5]),
    };
    const lossNow = async () => float32Data((await session.run(feeds)).loss!)[0]!;
    const results = await session.run(feeds);
    for (const name of names) {
      const data = model.weights[name]!;
      const before = data.slice();
      const gradient = float32Data(results[`gradient of ${name}`]!);
      // Along the signs of the gradient the derivative is large; where it is said to be zero the loss must not move.
      const direction = gradient.map((g) => (Math.sign(g) || 1) * random.uniform());
      const slope = gradient.reduce((sum, g, i) => sum + g * direction[i]!, 0);
      const step = 2e-3 / Math.max(slope, 0.2);
      const lossAt = async (steps: number) => {
        data.forEach((_, i) => data[i] = before[i]! + steps * step * direction[i]!);
        return await lossNow();
      };
      const [near, far] = [await lossAt(1) - await lossAt(-1), await lossAt(2) - await lossAt(-2)];
      data.set(before);
      const measured = (8 * near - far) / (12 * step);
      ok(slope > 0.005, `${name} moves the loss: ${slope}`);
      ok(Math.abs(measured - slope) < 0.01 * slope + 1e-3, `${name}: ${slope}, measured ${measured}`);
    }
    await session.dispose();
  });
}
