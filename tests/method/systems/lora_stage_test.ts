/** A stage in which adapters learn in place of the LLM's own weights. */
import { deepStrictEqual, notStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import { atLeast } from "../../../lib/checked.ts";
import { applyPatch } from "../../../lib/lab/plan/patch.ts";
import { checkRecipe } from "../../../lib/lab/plan/resolve.ts";
import type { Patch } from "../../../lib/lab/experiment/types.ts";
import { benchmarksOf } from "../../../lib/method/evaluate/benchmarks.ts";
import type { Recipe } from "../../../lib/method/recipe/fields.ts";
import { MICRO } from "../../../lib/method/recipe/scales.ts";
import { lingualift } from "../../../lib/method/systems/lingualift.ts";
import type { FitInput } from "../../../lib/method/train/fit.ts";
import { loadLlama } from "../../../lib/model/llama/model.ts";
import { mini } from "../../../lib/world/mini/mod.ts";
import { bench, halves, TINY } from "../_tiny.ts";

const benchmarks = benchmarksOf(mini).filter(({ id }) => id === "mgsm")
  .map((benchmark) => ({ ...benchmark, languages: ["en"] }));
const ADAPTED: Patch<Recipe> = {
  transfer: { train: ["lora"] },
  lora: { rank: 2, alpha: 4, targets: ["q_proj", "v_proj"] },
};

async function fitsOf(patch: Patch<Recipe>) {
  const context = bench({ benchmarks });
  await lingualift.run(applyPatch(TINY, patch) as Recipe, context);
  strictEqual(context.answers.length, TINY.evaluation.items);
  return context.steps.filter(({ id }) => id === "fit").map(({ dir, input }) => ({
    dir,
    input: input as FitInput,
  }));
}

Deno.test("adapters learn in Task-Transfer on the stage's own batches, and the LLM is asked with them merged", async () => {
  const [align, transfer] = atLeast(await fitsOf(ADAPTED), 2);
  strictEqual(align.input.lora, undefined);
  const { lora, ...input } = transfer.input;
  deepStrictEqual(lora, { rank: 2, alpha: 4, targets: ["q_proj", "v_proj"], magnitude: false });
  const [, whole] = atLeast(await fitsOf({}), 2);
  deepStrictEqual({ ...input, trains: ["llm"] }, whole.input);
  strictEqual(halves(transfer.dir).bridge, halves(align.dir).bridge);
  notStrictEqual(halves(transfer.dir).llm, halves(align.dir).llm);
  const [before, after] = [loadLlama(`${align.dir}/llm`).weights, loadLlama(`${transfer.dir}/llm`).weights];
  for (const [name, values] of Object.entries(after)) {
    const isAdapted = /\.(q|v)_proj\.weight$/.test(name);
    strictEqual(values.some((value, i) => value !== before[name]![i]), isAdapted, name);
  }
  ok([...Deno.readDirSync(`${transfer.dir}/adapter`)].length === 2);
});

Deno.test("a recipe's adapters make no other training where no stage names them", async () => {
  const [plain, other] = [await fitsOf({}), await fitsOf({ lora: { rank: 5 } })];
  deepStrictEqual(other.map(({ dir }) => dir), plain.map(({ dir }) => dir));
});

Deno.test("a stage that trains the LLM and its adapters is refused", () => {
  throws(
    () =>
      checkRecipe(lingualift, applyPatch(MICRO, { transfer: { train: ["llm", "lora"] } }), 'Cannot run "x"'),
    /adapters \("lora"\) stand beside a frozen LLM; take "llm" or "lora"/,
  );
});
