/** What a run says of its system's training, from what the stages really drew and trained. */
import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import type { StepScore } from "../../../lib/lab/experiment/types.ts";
import { langbridge } from "../../../lib/method/systems/langbridge.ts";
import { lingualift, withoutLanguageAlign } from "../../../lib/method/systems/lingualift.ts";
import { mindmerger } from "../../../lib/method/systems/mindmerger.ts";
import { monoSft } from "../../../lib/method/systems/mono_sft.ts";
import { multiSft } from "../../../lib/method/systems/multi_sft.ts";
import { qalign } from "../../../lib/method/systems/qalign.ts";
import type { DefinedSystem } from "../../../lib/method/system.ts";
import { applyPatch } from "../../../lib/lab/plan/patch.ts";
import type { Recipe } from "../../../lib/method/recipe/fields.ts";
import type { FitInput } from "../../../lib/method/train/fit.ts";
import { trainingFactsStep } from "../../../lib/method/train/training_facts.ts";
import { loadBridge } from "../../../lib/model/bridge/file.ts";
import { loadLlama } from "../../../lib/model/llama/model.ts";
import { mini } from "../../../lib/world/mini/mod.ts";
import { type Bench, bench, stepContext, TINY } from "../_tiny.ts";

const NINE = ["bn", "de", "es", "fr", "ja", "ru", "sw", "th", "zh"];

type Facts = Parameters<typeof trainingFactsStep.run>[0];

async function factsOf(system: DefinedSystem<unknown>, recipe: Recipe = TINY) {
  const run = bench();
  await system.run(system.from(recipe), run);
  const scores: StepScore[] = [];
  const root = Deno.makeTempDirSync();
  try {
    const input = run.steps.find(({ id }) => id === "training_facts")!.input as Facts;
    await trainingFactsStep.run(input, stepContext(root, { scores: (rows) => void scores.push(...rows) }));
  } finally {
    Deno.removeSync(root, { recursive: true });
  }
  const total = (name: string) => scores.find(({ metric }) => metric === `training (${name})`)!.value;
  const languages = (gives: string) =>
    Object.fromEntries(
      scores.filter(({ metric }) => metric === `training (${gives} examples)`)
        .map(({ scope, value }) => [scope, value]),
    );
  return { run, total, translated: languages("translated"), switched: languages("switched") };
}

const examplesIn = (languages: Record<string, number>) =>
  Object.values(languages).reduce((sum, count) => sum + count, 0);

const sizeOf = (weights: Readonly<Record<string, ArrayLike<number>>>) =>
  Object.values(weights).reduce((sum, { length }) => sum + length, 0);

function fitsOf({ steps }: Bench) {
  return steps.filter(({ id }) => id === "fit").map(({ dir, input }) => ({ dir, input: input as FitInput }));
}

Deno.test("LinguaLIFT saw words of other languages and text of none; Mono-SFT and LangBridge saw neither", async () => {
  const lift = await factsOf(lingualift as DefinedSystem<unknown>);
  const others = new Set(mini.languages().map(({ code }) => code).filter((code) => code !== "en"));
  strictEqual(examplesIn(lift.switched), TINY.align!.examples);
  ok(Object.keys(lift.switched).every((code) => others.has(code)));
  deepStrictEqual(lift.translated, {});
  for (const system of [monoSft, langbridge]) {
    const { translated, switched } = await factsOf(system as DefinedSystem<unknown>);
    deepStrictEqual([translated, switched], [{}, {}], system.id);
  }
});

Deno.test("Multi-SFT, QAlign and MindMerger saw text of nine languages besides English, and no dictionary", async () => {
  const { examples } = TINY.transfer!;
  for (
    const [system, seen] of [
      // Every tenth example is English.
      [multiSft, examples - Math.ceil(examples / 10)],
      [qalign, TINY.align!.examples],
      [mindmerger, TINY.align!.examples + examples],
    ] as const
  ) {
    const { translated, switched } = await factsOf(system as DefinedSystem<unknown>);
    deepStrictEqual([Object.keys(translated), switched], [NINE, {}], system.id);
    strictEqual(examplesIn(translated), seen, system.id);
  }
});

Deno.test("updates are those of all stages, parameters of the modules that learn, each counted once", async () => {
  for (const system of [lingualift, monoSft, qalign, langbridge, mindmerger] as const) {
    const { run, total } = await factsOf(system as DefinedSystem<unknown>);
    const fits = fitsOf(run);
    strictEqual(total("updates"), fits.reduce((sum, { input }) => sum + input.training.steps, 0), system.id);
    const learns = new Set(fits.flatMap(({ input }) => input.trains));
    const { dir } = fits.at(-1)!;
    const llm = learns.has("llm") ? sizeOf(loadLlama(`${dir}/llm`).weights) : 0;
    const bridge = learns.has("bridge") ? sizeOf(loadBridge(`${dir}/bridge.safetensors`).weights) : 0;
    strictEqual(total("trained parameters"), llm + bridge, system.id);
  }
  const together = await factsOf(
    lingualift as DefinedSystem<unknown>,
    applyPatch(TINY, withoutLanguageAlign) as Recipe,
  );
  const apart = await factsOf(lingualift as DefinedSystem<unknown>);
  strictEqual(together.total("trained parameters"), apart.total("trained parameters"));
});

Deno.test("tokens are those of the batches: as many more as the steps go through the examples again", async () => {
  const once = { steps: TINY.transfer!.examples / TINY.transfer!.batch_size };
  const [one, three] = [1, 3].map((epochs) =>
    applyPatch(TINY, { transfer: { steps: once.steps * epochs } }) as Recipe
  );
  const [few, many] = [
    await factsOf(monoSft as DefinedSystem<unknown>, one),
    await factsOf(monoSft as DefinedSystem<unknown>, three),
  ];
  strictEqual(many.total("LLM tokens"), 3 * few.total("LLM tokens"));
  const examples = TINY.transfer!.examples;
  ok(few.total("LLM tokens") > 20 * examples && few.total("LLM tokens") < 400 * examples);
});

Deno.test("a system that keeps the LLM as it came says nothing of a training", async () => {
  const run = bench();
  await lingualift.run({ ...TINY, align: null, transfer: null }, run);
  ok(!run.steps.some(({ id }) => id === "training_facts"));
});
