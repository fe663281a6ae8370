/** What a bridge begins with: drawn, standardised, or fitted to English in closed form, the same in every system. */
import { deepStrictEqual, notDeepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { applyPatch } from "../../../lib/lab/plan/patch.ts";
import type { Patch } from "../../../lib/lab/experiment/types.ts";
import { benchmarksOf } from "../../../lib/method/evaluate/benchmarks.ts";
import { langbridge } from "../../../lib/method/systems/langbridge.ts";
import { lingualift, withoutLanguageAlign } from "../../../lib/method/systems/lingualift.ts";
import type { Recipe } from "../../../lib/method/recipe/fields.ts";
import type { FitInput } from "../../../lib/method/train/fit.ts";
import { loadBridge } from "../../../lib/model/bridge/file.ts";
import { STATES_MEAN, STATES_SCALE } from "../../../lib/model/bridge/layer.ts";
import { mini } from "../../../lib/world/mini/mod.ts";
import { type Bench, bench, TINY } from "../_tiny.ts";

const benchmarks = benchmarksOf(mini).filter(({ id }) => id === "mgsm")
  .map((benchmark) => ({ ...benchmark, languages: ["bn"] }));
const RIDGE: Patch<Recipe> = { bridge_start: { weights: "ridge", standardised: true } };

async function run(patch: Patch<Recipe>): Promise<Bench> {
  const context = bench({ benchmarks });
  await lingualift.run(applyPatch(TINY, patch), context);
  return context;
}

const bridgeOf = (dir: string) => loadBridge(`${dir}/bridge.safetensors`);
const stepsOf = (run: Bench, id: string) => run.steps.filter((step) => step.id === id);
const fits = (run: Bench) => stepsOf(run, "fit").map(({ dir, input }) => ({ dir, input: input as FitInput }));

Deno.test("a drawn bridge needs no step; another start is one step, of English alone, whichever stage comes first", async () => {
  deepStrictEqual(stepsOf(await run({}), "start_bridge"), []);
  const [both, one] = [await run(RIDGE), await run({ ...RIDGE, ...withoutLanguageAlign })];
  const [start, ...others] = stepsOf(both, "start_bridge");
  deepStrictEqual(others, []);
  deepStrictEqual(stepsOf(one, "start_bridge").map(({ dir }) => dir), [start!.dir]);
  for (const { input } of [...fits(both), ...fits(one)]) strictEqual(input.start!.dir, start!.dir);
  ok(!JSON.stringify(start!.input).includes("pairs"));
});

Deno.test("training goes on from the start, and never moves what standardises the states", async () => {
  const context = await run({ ...RIDGE, align: { steps: 1, lr: 1e-9 } });
  const begun = bridgeOf(stepsOf(context, "start_bridge")[0]!.dir);
  const [align, transfer] = fits(context).map(({ dir }) => bridgeOf(dir));
  for (const [name, weights] of Object.entries(begun.weights)) {
    const after = align!.weights[name]!;
    weights.forEach((x, i) => ok(Math.abs(x - after[i]!) < 1e-6, name));
    if (name === STATES_MEAN || name === STATES_SCALE) {
      deepStrictEqual(after, weights);
      deepStrictEqual(transfer!.weights[name], weights);
      ok(weights.some((x) => x !== 0 && x !== 1), `${name} is of real states`);
    }
  }
  const learned = await run({ ...RIDGE, align: { lr: 1e-2 } });
  const moved = bridgeOf(fits(learned)[0]!.dir);
  deepStrictEqual(moved.weights[STATES_MEAN], begun.weights[STATES_MEAN]);
  notDeepStrictEqual(moved.weights["alignment.layers.1.weight"], begun.weights["alignment.layers.1.weight"]);
});

Deno.test("a standardised random bridge differs from a drawn one by the moments of the states alone", async () => {
  const context = await run({ bridge_start: { standardised: true } });
  const start = bridgeOf(stepsOf(context, "start_bridge")[0]!.dir);
  const untrained = await run({ align: { steps: 1, lr: 1e-9 }, bridge_start: { standardised: false } });
  const drawn = bridgeOf(fits(untrained)[0]!.dir);
  deepStrictEqual({ ...start.config, standardised: false }, drawn.config);
  for (const [name, weights] of Object.entries(drawn.weights)) {
    weights.forEach((x, i) => ok(Math.abs(x - start.weights[name]![i]!) < 1e-6, name));
  }
});

Deno.test("LangBridge's bridge begins as LinguaLIFT's does", async () => {
  const context = bench({ benchmarks });
  await langbridge.run(langbridge.from(applyPatch(TINY, RIDGE)), context);
  const [start] = stepsOf(context, "start_bridge");
  const [mono, bridge] = fits(context);
  strictEqual(mono!.input.start, null);
  strictEqual(bridge!.input.start!.dir, start!.dir);
  strictEqual(bridgeOf(start!.dir).config.layers, 1);
});
