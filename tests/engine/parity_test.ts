/**
 * The engines against each other: every stage of every system, from the same models and examples, has the same losses and
 * gradient norms, and the systems give the same answers.
 */
import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { applyPatch } from "../../lib/lab/plan/patch.ts";
import type { StepContext, StepDefinition } from "../../lib/lab/experiment/types.ts";
import { answerStep } from "../../lib/method/evaluate/answer.ts";
import { benchmarksOf } from "../../lib/method/evaluate/benchmarks.ts";
import type { Recipe } from "../../lib/method/recipe/fields.ts";
import { fitStep } from "../../lib/method/train/fit.ts";
import { loadTokenizer } from "../../lib/model/checkpoint/tokenizer.ts";
import { encoderConfig } from "../../lib/model/encoder/config.ts";
import { exportEncoder, initEncoder } from "../../lib/model/encoder/model.ts";
import { tokenizerStep } from "../../lib/method/pretrain/tokenizer.ts";
import { stream } from "../../lib/random.ts";
import { mini } from "../../lib/world/mini/mod.ts";
import { bench, stepContext, TINY } from "../method/_tiny.ts";
import { SYSTEMS } from "../method/_systems.ts";
import { withFolder } from "../model/_models.ts";
import { TESTED } from "./_engines.ts";
import { readSteps } from "./_loop.ts";
import { jobOf, writeSystem } from "./_system.ts";

// Enough decay that a wrong one shows within the steps.
const STAGE = { steps: 20, lr: 3e-3, weight_decay: 0.3 };
const RECIPE = applyPatch(TINY, { align: STAGE, transfer: STAGE }) as Recipe;

// A second attention is the lab's own engine's alone, and another one is refused.
const SHARED = SYSTEMS.filter(({ id }) => id !== "layalign");

const benchmarks = benchmarksOf(mini).filter(({ id }) => id === "mgsm")
  .map((benchmark) => ({ ...benchmark, languages: ["bn", "en"] }));

for (const { engine, compute } of TESTED.filter(({ engine }) => engine.name !== "onnx")) {
  for (const system of SHARED) {
    Deno.test({
      name: `${engine.name}: ${system.id} has the losses, the gradient norms and the answers of onnx`,
      ignore: compute === null,
      fn: () =>
        withFolder(async (folder) => {
          const run = bench({ benchmarks });
          await system.run(system.from(RECIPE), run);
          const runtime = { engine: engine.name, ...compute! };
          let trained = 0;
          for (const { id, input, dir } of run.steps) {
            const context = stepContext(folder, { runtime });
            if (id === fitStep.id) {
              trained++;
              await again(fitStep, input, context);
              compare(readSteps(context.dir), readSteps(dir));
            } else if (id === answerStep.id) {
              const outputs: string[] = [];
              await again(answerStep, input, {
                ...context,
                answers: (rows) => outputs.push(...[...rows].map(({ output }) => output)),
              });
              deepStrictEqual(outputs, run.answers.map(({ output }) => output));
              ok(outputs.some((output) => output !== ""), "nothing was written");
            }
          }
          ok(trained > 0);
        }),
    });
  }
}

Deno.test({
  name: "a training of preferences has the same losses, norms, likelihoods and margins under every engine",
  ignore: TESTED.some(({ compute }) => compute === null),
  fn: () =>
    withFolder(async (folder) => {
      const model = writeSystem(folder, null);
      const preferences = [0, 1, 2, 3].map((i) => ({
        text: null,
        ids: [1, 12 + i],
        target: i % 2 === 0 ? [6, 7, 2] : [8, 2],
        rejected: i % 2 === 0 ? [8, 2] : [6, 7, 2],
      }));
      const job = {
        ...jobOf(folder, model, preferences, { trains: ["llm"], steps: 20, lr: 3e-3 }),
        dpo: { beta: 0.1 },
      };
      const rows: number[][][] = [];
      for (const { engine, compute } of TESTED) {
        const context = stepContext(folder, { runtime: { engine: engine.name, ...compute! } });
        await engine.fit(job, context);
        // The share that is preferred counts signs, which are those of rounding errors at first.
        rows.push(readSteps(context.dir).map((row) => row.slice(0, -1)));
      }
      const [own, ...others] = rows;
      strictEqual(own![0]!.length, 7);
      ok(others.length > 0);
      for (const other of others) compare(other, own!);
    }),
});

for (const position_embedding_type of ["rotary", "learned"] as const) {
  for (const whitened of [false, true]) {
    const kind = `${position_embedding_type} positions${whitened ? ", whitened" : ""}`;
    Deno.test({
      name: `the states of the lab's own encoder are the same under every engine, layer by layer: ${kind}`,
      ignore: TESTED.some(({ compute }) => compute === null),
      fn: () => withFolder((folder) => sameStates(folder, { position_embedding_type, whitened })),
    });
  }
}

/** To 1e-4, of texts of several lengths in one batch. */
async function sameStates(
  folder: string,
  changes: { readonly position_embedding_type: "rotary" | "learned"; readonly whitened: boolean },
): Promise<void> {
  const run = bench();
  const { dir: tokenizer } = await run.step(tokenizerStep, {
    world: "mini",
    model: "encoder",
    vocab_size: TINY.encoder.vocab_size,
    seed: 1,
  });
  const config = encoderConfig({
    ...{ hidden_size: 32, intermediate_size: 48, num_hidden_layers: 2, num_attention_heads: 4 },
    vocab_size: loadTokenizer(tokenizer).vocabSize,
    ...changes,
  });
  const { weights } = initEncoder(config, stream(1, "encoder"));
  // Norms and biases begin as ones and zeros, which would hide where they are left out.
  const drawn = stream(2, "encoder");
  const moved = Object.fromEntries(
    Object.entries(weights).map(([name, data]) => [name, data.map((x) => x + 0.2 * (drawn.uniform() - 0.5))]),
  );
  exportEncoder(folder, { config, weights: moved });
  const texts = ["Tom has 3 apples.", "a", "How many are there, and why?"];
  const states: Float32Array[][] = [];
  for (const { engine, compute } of TESTED) {
    for (const layer of [0, 1, null]) {
      const encoder = await engine.encoder({ kind: "mini", encoder: folder, tokenizer }, compute!, layer);
      states.push(await encoder.encode(texts));
      await encoder.dispose();
    }
  }
  const [own, others] = [states.slice(0, 3), states.slice(3)];
  ok(others.length > 0);
  others.forEach((layer, at) =>
    layer.forEach((text, i) => {
      const wanted = own[at % 3]![i]!;
      strictEqual(text.length, wanted.length);
      text.forEach((x, k) =>
        ok(Math.abs(x - wanted[k]!) < 1e-4, `layer ${at % 3}, text ${i}: ${x}, ${wanted[k]}`)
      );
    })
  );
}

async function again<I, O>(step: StepDefinition<I, O>, input: unknown, context: StepContext): Promise<void> {
  await step.run(input as I, context);
}

/** Losses, norms and whatever else is measured, to 1e-5 of each. */
function compare(got: readonly (readonly number[])[], wanted: readonly (readonly number[])[]): void {
  strictEqual(got.length, wanted.length);
  wanted.forEach((row, step) =>
    row.forEach((value, column) => {
      const other = got[step]![column]!;
      ok(
        Math.abs(other - value) <= 1e-5 * Math.max(1, Math.abs(value)),
        `step ${step}, column ${column}: ${other}, not ${value}`,
      );
    })
  );
}
