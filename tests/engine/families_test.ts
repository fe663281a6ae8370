/**
 * The paper's families at two layers, on the layouts of their makers, and two others: every step of LinguaLIFT with such an LLM
 * behind an mT5 encoder goes through, so that whoever has eight GPUs finds no surprise there.
 */
import { match, ok, rejects, strictEqual, throws } from "node:assert/strict";
import { join } from "node:path";
import { applyPatch } from "../../lib/lab/plan/patch.ts";
import { benchmarksOf } from "../../lib/method/evaluate/benchmarks.ts";
import type { Recipe } from "../../lib/method/recipe/fields.ts";
import { tokenizerStep } from "../../lib/method/pretrain/tokenizer.ts";
import { lingualift } from "../../lib/method/systems/lingualift.ts";
import { monoSft } from "../../lib/method/systems/mono_sft.ts";
import { onnx } from "../../lib/engine/onnx/engine.ts";
import { torch } from "../../lib/engine/torch/engine.ts";
import { loadLlama } from "../../lib/model/llama/model.ts";
import { mini } from "../../lib/world/mini/mod.ts";
import { bench, declared, stepContext, TINY } from "../method/_tiny.ts";
import { withFolder } from "../model/_models.ts";
import { askedSystem, exportSystem } from "../../lib/method/export/export_system.ts";
import { TESTED } from "./_engines.ts";
import { ASKS_CLASS, isAnswered, python, questionsOf } from "./_exported.ts";
import { jobOf } from "./_system.ts";

const { compute } = TESTED.find(({ engine }) => engine.name === "torch")!;
const benchmarks = benchmarksOf(mini).filter(({ id }) => id === "mgsm")
  .map((benchmark) => ({ ...benchmark, languages: ["bn", "en"] }));

/** Writes the models, with the vocabulary of the mini LLM. */
async function families(folder: string, family: string): Promise<void> {
  const run = bench();
  const { dir } = await run.step(tokenizerStep, {
    world: "mini",
    model: "llm",
    vocab_size: TINY.llm.vocab_size,
    seed: 1,
  });
  const { success, stderr } = new Deno.Command(compute!.program!, {
    args: [new URL("families.py", import.meta.url).pathname, folder, dir, family],
  }).outputSync();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
}

for (const family of ["llama", "mistral", "qwen3", "gpt2"]) {
  Deno.test({
    name: `torch: LinguaLIFT of a two-layer ${family} and an mT5 encoder goes through every step`,
    ignore: compute === null,
    fn: () =>
      withFolder(async (folder) => {
        await families(folder, family);
        const recipe = applyPatch(TINY, {
          llm: { checkpoint: join(folder, family) },
          encoder: { checkpoint: join(folder, "mt5") },
          bridge_start: { weights: "random", standardised: true },
        }) as Recipe;
        const runtime = { engine: "torch", ...compute! };
        const environment = { world: "mini", runtime };
        const inputs = await lingualift.inputs!(recipe, environment);
        ok(inputs.some(({ name }) => name === "models/mt5/spiece.model"));
        const run = bench({ benchmarks, runtime, ...declared(inputs) });
        await lingualift.run(recipe, run);
        strictEqual(run.answers.length, 2 * TINY.evaluation.items);
        // Opening takes Python ten seconds: one of the paper's families and one other.
        if (family === "llama" || family === "gpt2") {
          const to = join(folder, "exported");
          const { system, asked } = askedSystem(run.steps.find(({ id }) => id === "answer")!.input);
          await exportSystem(system, { ...asked, origin: family }, to, runtime);
          isAnswered(python(folder, ASKS_CLASS, [to, JSON.stringify(questionsOf(run))]), run);
        }
        const { dir } = run.steps.findLast(({ id }) => id === "fit")!;
        const { model_type } = JSON.parse(Deno.readTextFileSync(join(dir, "llm/config.json")));
        strictEqual(model_type, family);
        if (!["llama", "mistral"].includes(family)) {
          const own = { ...environment, runtime: { ...runtime, engine: "onnx" } };
          throws(() => monoSft.inputs!(monoSft.from(recipe), own), {
            name: "UserError",
            message: new RegExp(
              `it is a ${family}, and the lab's own engine computes Llama and Mistral; use --engine torch`,
            ),
          });
          return;
        }
        // Both engines read what came of it alike.
        const prompts = [[1, 20, 30], [1, 7]].map((ids) => ({ text: null, ids }));
        const written: string[] = [];
        for (const engine of [onnx, torch]) {
          const system = await engine.open({ llm: join(dir, "llm"), states: null }, compute!);
          written.push(String(await system.generate(prompts, { max_new_tokens: 8, stop_ids: [2] })));
          await system.dispose();
        }
        strictEqual(written[1], written[0]);
      }),
  });
}

Deno.test({
  name:
    "torch: a Mistral trains as the lab's own engine trains it, and its window is where its positions end",
  ignore: compute === null,
  fn: () =>
    withFolder(async (folder) => {
      await families(folder, "mistral");
      const llm = join(folder, "mistral");
      strictEqual(loadLlama(llm).config.max_position_embeddings, 256);
      const examples = [0, 1, 2, 3].map((i) => ({ text: null, ids: [1, 10 + i], target: [20 + i, 2] }));
      const job = jobOf(folder, { llm, states: null }, examples, { trains: ["llm"], steps: 10, lr: 1e-3 });
      const losses = [];
      for (const engine of [onnx, torch]) {
        const runtime = { engine: engine.name, ...compute! };
        losses.push(await engine.fit(job, stepContext(folder, { runtime })));
      }
      ok(Math.abs(losses[0]!.last - losses[1]!.last) < 1e-5, `${losses[0]!.last} and ${losses[1]!.last}`);
    }),
});

Deno.test({
  name: "an mT5 encoder is refused by the lab's own engine in one line that says which engine takes it",
  ignore: compute === null,
  fn: () =>
    withFolder(async (folder) => {
      await families(folder, "llama");
      const encoder = { kind: "transformers" as const, encoder: join(folder, "mt5") };
      await rejects(onnx.encoder(encoder, compute!), (error: Error) => {
        match(error.message, /mt5": the lab's own engine reads BERT, XLM-R and graphs; use --engine torch$/);
        return true;
      });
      const own = await torch.encoder(encoder, compute!);
      const [states] = await own.encode(["How many are there?"]);
      strictEqual(states!.length, own.countTokens("How many are there?") * 24);
      strictEqual(own.pieces("How many").at(-1), "");
      await own.dispose();
    }),
});
