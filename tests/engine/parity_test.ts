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
import { crossin } from "../../lib/method/systems/crossin.ts";
import { langbridge } from "../../lib/method/systems/langbridge.ts";
import { lingualift } from "../../lib/method/systems/lingualift.ts";
import { mapo } from "../../lib/method/systems/mapo.ts";
import { merlin } from "../../lib/method/systems/merlin.ts";
import { mindmerger } from "../../lib/method/systems/mindmerger.ts";
import { monoSft } from "../../lib/method/systems/mono_sft.ts";
import { multiSft } from "../../lib/method/systems/multi_sft.ts";
import { qalign } from "../../lib/method/systems/qalign.ts";
import { translateEn } from "../../lib/method/systems/translate_en.ts";
import type { DefinedSystem } from "../../lib/method/system.ts";
import { mini } from "../../lib/world/mini/mod.ts";
import { bench, stepContext, TINY } from "../method/_tiny.ts";
import { withFolder } from "../model/_models.ts";
import { TESTED } from "./_engines.ts";
import { readSteps } from "./_loop.ts";

// Enough decay that a wrong one shows within the steps.
const STAGE = { steps: 20, lr: 3e-3, weight_decay: 0.3 };
const RECIPE = applyPatch(TINY, { align: STAGE, transfer: STAGE }) as Recipe;

// deno-lint-ignore no-explicit-any -- existential: each has a recipe type of its own
const SYSTEMS: readonly DefinedSystem<any>[] = [
  lingualift,
  monoSft,
  multiSft,
  mapo,
  qalign,
  translateEn,
  langbridge,
  mindmerger,
  crossin,
  merlin,
];

const benchmarks = benchmarksOf(mini).filter(({ id }) => id === "mgsm")
  .map((benchmark) => ({ ...benchmark, languages: ["bn", "en"] }));

for (const { engine, compute } of TESTED.filter(({ engine }) => engine.name !== "onnx")) {
  for (const system of SYSTEMS) {
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
            }
          }
          ok(trained > 0);
        }),
    });
  }
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
