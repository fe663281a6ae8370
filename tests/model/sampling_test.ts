/** Sampling: the frequencies of what is drawn, and what it does not depend on. @module */
import { deepStrictEqual, notDeepStrictEqual, ok, rejects } from "node:assert/strict";
import { createGenerator } from "../../lib/model/llama/generate.ts";
import { stream } from "../../lib/random.ts";
import { compile, drawLast, float32, input, int32Data } from "../../lib/tensor/mod.ts";
import { miniModel, raggedPrompts } from "./_mini_llama.ts";

const streams = (count: number, name = "drawn") =>
  Array.from({ length: count }, (_, i) => stream(1, name, i));

Deno.test("drawLast() takes the index in whose part of the cumulative distribution the draw falls", async () => {
  const logits = input("logits", ["N", 4]);
  const session = await compile({
    drawn: drawLast(logits, input("draws", ["N", 1]), input("temperature", [])),
  });
  const p = [0.125, 0.25, 0, 0.625];
  const draws = [0, 0.124, 0.126, 0.374, 0.376, 1 - 2 ** -23];
  const { drawn } = await session.run({
    logits: float32(draws.flatMap(() => p.map((x) => Math.max(-100, Math.log(x)))), [draws.length, 4]),
    draws: float32(draws, [draws.length, 1]),
    temperature: float32([1], []),
  });
  await session.dispose();
  deepStrictEqual([...int32Data(drawn!)], [0, 0, 1, 1, 3, 3]);
});

Deno.test("tokens are drawn as often as softmax(logits / temperature) says", async () => {
  const [classes, rows, temperature] = [5, 20_000, 0.7];
  const numbers = [0.3, -1.2, 2, 0, 1.1];
  const random = stream(1, "frequencies");
  const session = await compile({
    drawn: drawLast(input("logits", [classes]), input("draws", [rows, 1]), temperature),
  });
  const { drawn } = await session.run({
    logits: float32(numbers, [classes]),
    draws: float32(Array.from({ length: rows }, () => random.uniform() * (1 - 2 ** -22)), [rows, 1]),
  });
  await session.dispose();
  const weights = numbers.map((x) => Math.exp(x / temperature));
  const sum = weights.reduce((a, b) => a + b);
  weights.forEach((weight, id) => {
    const p = weight / sum;
    const got = int32Data(drawn!).filter((one) => one === id).length / rows;
    ok(Math.abs(got - p) < 4 * Math.sqrt(p * (1 - p) / rows), `${id}: ${got}, expected ${p}`);
  });
});

Deno.test("what is drawn for a prompt does not depend on its batch, and other streams draw other texts", async () => {
  const model = miniModel({ heads: 4, kvHeads: 2 });
  const prompts = raggedPrompts(7);
  const generator = createGenerator(model);
  const options = { maxNewTokens: 60, stopIds: [3, 10, 20, 30, 40] };
  const sample = (which: readonly number[], name?: string) =>
    generator.generate(which.map((i) => prompts[i]!), {
      ...options,
      sampling: { temperature: 4, streams: which.map((i) => streams(7, name)[i]!) },
    });
  const together = await sample([0, 1, 2, 3, 4, 5, 6]);
  for (const i of prompts.keys()) deepStrictEqual(await sample([i]), [together[i]], `prompt ${i}`);
  ok(new Set(together.map(({ ids }) => ids.length)).size > 2);
  notDeepStrictEqual(await sample([0, 1, 2, 3, 4, 5, 6], "others"), together);
  await generator.dispose();
});

Deno.test("the lower the temperature, the nearer to greedy; 0 is refused", async () => {
  const generator = createGenerator(miniModel({ heads: 4, kvHeads: 4 }));
  const prompts = raggedPrompts(4);
  const options = { maxNewTokens: 30 };
  const at = (temperature: number) =>
    generator.generate(prompts, { ...options, sampling: { temperature, streams: streams(4) } });
  deepStrictEqual(await at(1e-4), await generator.generate(prompts, options));
  await rejects(at(0), { name: "UserError", message: /Cannot sample at temperature 0/ });
  await generator.dispose();
});
