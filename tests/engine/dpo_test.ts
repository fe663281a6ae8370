/** Preferences: the loss against the authors' formula in PyTorch, and what a training with it does. */
import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import { dpoFeeds, dpoLoss } from "../../lib/engine/onnx/dpo.ts";
import { readGraph } from "../../lib/engine/onnx/graph.ts";
import type { FitJob, Preference } from "../../lib/engine/mod.ts";
import { TESTED } from "./_engines.ts";
import { compile, float32, float32Data, grad, input } from "../../lib/tensor/mod.ts";
import type { StepContext } from "../../lib/lab/experiment/types.ts";
import { stepContext } from "../method/_tiny.ts";
import { withFolder } from "../model/_models.ts";
import { endsInTheSameBytes, jobOf, LLM, writeSystem } from "./_system.ts";

const golden = JSON.parse(Deno.readTextFileSync(new URL("dpo_golden.json", import.meta.url)));
const graph = readGraph({ llm: LLM, bridge: null });
const near = (got: number, wanted: number, what: string) =>
  ok(Math.abs(got - wanted) < 1e-5 * Math.max(1, Math.abs(wanted)), `${what}: ${got}, expected ${wanted}`);

Deno.test("dpoLoss() has the loss, the margins and the gradient of the authors' code", async () => {
  const nll = input("nll", ["N"]);
  const { loss, metrics } = dpoLoss(nll, golden.beta);
  const session = await compile({ loss, ...metrics, gradient: grad(loss, [nll])[0]! });
  const target = (length: number) => Array<number>(length).fill(3);
  const batch = golden.chosen_lengths.map((length: number, i: number) => ({
    states: null,
    ids: [1],
    target: target(length),
    rejected: target(golden.rejected_lengths[i]),
  }));
  const { chosen_tokens, rejected_tokens, reference } = dpoFeeds(graph, batch, golden.reference);
  const got = await session.run({
    nll: float32(golden.nll, [golden.nll.length]),
    chosen_tokens: chosen_tokens!,
    rejected_tokens: rejected_tokens!,
    reference: reference!,
  });
  await session.dispose();
  for (const name of ["loss", "chosen", "rejected", "margin", "preferred"]) {
    near(float32Data(got[name]!)[0]!, golden[name], name);
  }
  golden.gradient.forEach((one: number, i: number) =>
    near(float32Data(got.gradient!)[i]!, one, `token ${i}`)
  );
});

/** Two answers to each of four prompts; which is preferred is told by the prompt. */
const PREFERENCES: readonly Preference[] = [0, 1, 2, 3].map((i) => ({
  text: null,
  ids: [1, 12 + i],
  target: i % 2 === 0 ? [6, 7, 2] : [8, 2],
  rejected: i % 2 === 0 ? [8, 2] : [6, 7, 2],
}));

for (const { engine, compute } of TESTED) {
  const test = (name: string, fn: () => Promise<void>) =>
    Deno.test({ name: `${engine.name}: ${name}`, fn, ignore: compute === null });
  const runtime = { engine: engine.name, device: "cpu", threads: 1, ...compute };
  const contextIn = (folder: string, changes: Partial<StepContext> = {}) =>
    stepContext(folder, { runtime, ...changes });

  for (const trains of [["llm"], ["lora"]] as const) {
    test(`fit() of preferences begins at ln 2, and ends with the chosen answers likelier than they were beside the rejected: ${trains}`, async () => {
      await withFolder(async (folder) => {
        const model = writeSystem(folder, null);
        const job: FitJob = {
          ...jobOf(folder, model, PREFERENCES, { trains, steps: 60, lr: 1e-2 }),
          dpo: { beta: 0.1 },
          adapters: {
            rank: 2,
            alpha: 4,
            targets: ["q_proj", "v_proj", "up_proj"],
            magnitude: false,
            seed: 3,
          },
        };
        const context = contextIn(folder);
        await engine.fit(job, context);
        const [head, first, ...rows] = Deno.readTextFileSync(join(context.dir, "loss.csv")).trim().split(
          "\n",
        );
        strictEqual(head, "step,loss,lr,grad_norm,chosen,rejected,margin,preferred");
        near(Number(first!.split(",")[1]), Math.LN2, "the first loss");
        ok(Number(rows.at(-1)!.split(",")[1]) < 0.9 * Math.LN2);
        const margins = async (folder: string) => {
          const system = await engine.open({ llm: folder, states: null }, runtime);
          const chosen = await system.score(PREFERENCES);
          const rejected = await system.score(PREFERENCES.map((one) => ({ ...one, target: one.rejected })));
          await system.dispose();
          return chosen.map((one, i) => one - rejected[i]!);
        };
        const before = await margins(model.llm);
        const after = await margins(join(context.dir, "llm"));
        after.forEach((one, i) => ok(one > before[i]! + 1, `${i}: ${before[i]} before, ${one} after`));
      });
    });
  }

  test("fit() of preferences that is interrupted ends in the same bytes: the reference is the model that it began with", async () => {
    await withFolder(async (folder) => {
      const model = writeSystem(folder, null);
      const job: FitJob = {
        ...jobOf(folder, model, PREFERENCES, { trains: ["llm"], steps: 204, lr: 1e-3 }),
        dpo: { beta: 0.1 },
      };
      await endsInTheSameBytes(engine, job, 202, (changes) => contextIn(folder, changes));
    });
  });

  test("score() is the log-likelihood that fit() minimises, and does not depend on the batch", async () => {
    await withFolder(async (folder) => {
      const model = writeSystem(folder);
      const examples = [0, 1, 2].map((i) => ({
        text: ["b", "c d", "d e b"][i]!,
        ids: [4, 5].slice(i % 2),
        target: [6 + i, 7, 2].slice(i % 2),
      }));
      const context = contextIn(folder);
      await engine.fit(jobOf(folder, model, examples, { steps: 1, batch_size: 3 }), context);
      const [, first] = Deno.readTextFileSync(join(context.dir, "loss.csv")).trim().split("\n");
      const system = await engine.open(model, runtime);
      const together = await system.score(examples);
      const alone: number[] = [];
      for (const example of examples) alone.push(...await system.score([example]));
      await system.dispose();
      together.forEach((one, i) => near(alone[i]!, one, `example ${i}`));
      const tokens = examples.flatMap(({ target }) => target).length;
      near(-together.reduce((a, b) => a + b) / tokens, Number(first!.split(",")[1]), "the loss");
    });
  });

  test("generate() that samples gives the same answers to the same names, whatever stands beside them", async () => {
    await withFolder(async (folder) => {
      const system = await engine.open(writeSystem(folder, null), runtime);
      const prompts = [5, 9, 9, 14].map((id) => ({ text: null, ids: [1, id] }));
      const ask = (which: number[], seed = 1) =>
        system.generate(which.map((i) => prompts[i]!), {
          max_new_tokens: 12,
          stop_ids: [2],
          sampling: { temperature: 2, seed, names: which.map(String) },
        });
      const all = await ask([0, 1, 2, 3]);
      deepStrictEqual(await ask([3, 1]), [all[3], all[1]]);
      // The same prompt under another name, and another seed, are other draws.
      ok(String(all[1]) !== String(all[2]));
      ok(String(await ask([0, 1, 2, 3], 2)) !== String(all));
      await system.dispose();
    });
  });
}
