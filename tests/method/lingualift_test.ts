/** Runs of the systems from tokenizers to answers, a second each: what their recipes promise of their steps. */
import { deepStrictEqual, doesNotThrow, notStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import { applyPatch } from "../../lib/lab/patch.ts";
import { checkRecipe } from "../../lib/lab/recipe.ts";
import type { Patch } from "../../lib/lab/types.ts";
import { benchmarksOf, retrievalBenchmarks } from "../../lib/method/benchmarks.ts";
import { lingualift } from "../../lib/method/lingualift.ts";
import { monoSft, monoSftOf } from "../../lib/method/mono_sft.ts";
import { INSTRUCTIONS } from "../../lib/method/prompts.ts";
import type { Recipe } from "../../lib/method/recipe.ts";
import { MICRO } from "../../lib/method/scales.ts";
import { tokenizerOf } from "../../lib/method/steps/tokenizers.ts";
import { mini } from "../../lib/world/mini/mod.ts";
import { readSteps } from "./_loop.ts";
import { type Bench, bench, digests, halves, TINY } from "./_tiny.ts";

const benchmarks = benchmarksOf(mini).filter(({ id }) => id === "mgsm")
  .map((benchmark) => ({ ...benchmark, languages: ["bn", "en"] }));

async function liftRun(patch: Patch<Recipe> = {}, seed = 1): Promise<Bench> {
  const context = bench({ benchmarks, seed });
  await lingualift.run(applyPatch(TINY, patch), context);
  return context;
}

function stepOf(run: Bench, id: string) {
  const found = run.steps.find((step) => step.id === id);
  if (found === undefined) throw new Error(`no step "${id}" among ${run.steps.map((step) => step.id)}`);
  return found;
}

Deno.test("lingualift: the default trains the alignment layer in stage 1 and the LLM in stage 2, and nothing else", async () => {
  const run = await liftRun();
  deepStrictEqual(run.steps.map(({ id }) => id), [
    "tokenizer",
    "pretrain_llm",
    "tokenizer",
    "pretrain_encoder",
    "language_align",
    "task_transfer",
    "evaluate_lift",
  ]);
  const pretrained = digests(stepOf(run, "pretrain_llm").dir)["model.safetensors"];
  const aligned = stepOf(run, "language_align").dir;
  const transferred = stepOf(run, "task_transfer").dir;
  strictEqual(digests(`${aligned}/llm`)["model.safetensors"], pretrained);
  notStrictEqual(digests(`${transferred}/llm`)["model.safetensors"], pretrained);
  strictEqual(halves(transferred).alignment, halves(aligned).alignment);
  strictEqual(run.answers.length, 2 * TINY.evaluation.items);
});

Deno.test("lingualift: a stage that is null is left out, and what trains in a stage is its recipe's field", async () => {
  const both = await liftRun();
  const withoutAlign = await liftRun({ align: null, transfer: { train: ["alignment", "llm"] } });
  ok(!withoutAlign.steps.some(({ id }) => id === "language_align"));
  const withoutTransfer = await liftRun({ transfer: null });
  ok(!withoutTransfer.steps.some(({ id }) => id === "task_transfer"));
  strictEqual(stepOf(withoutTransfer, "language_align").dir, stepOf(both, "language_align").dir);

  const frozen = await liftRun({ transfer: { train: ["alignment"] } });
  const [aligned, transferred] = ["language_align", "task_transfer"].map((id) =>
    halves(stepOf(frozen, id).dir)
  );
  strictEqual(transferred.llm, aligned.llm);
  notStrictEqual(transferred.alignment, aligned.alignment);
});

Deno.test("lingualift: the seed of a run moves the stages, never the pre-trained parts", async () => {
  const [one, two] = [await liftRun({}, 1), await liftRun({}, 2)];
  for (const id of ["tokenizer", "pretrain_llm", "pretrain_encoder"]) {
    strictEqual(stepOf(one, id).dir, stepOf(two, id).dir);
  }
  const [a, b] = [one, two].map((run) => halves(stepOf(run, "language_align").dir));
  strictEqual(a.llm, b.llm);
  notStrictEqual(a.alignment, b.alignment);
});

Deno.test('lingualift: instruction "release" leaves the instruction out of stages, prompts and records', async () => {
  const [paper, release] = [await liftRun(), await liftRun({ instruction: "release" })];
  deepStrictEqual(
    paper.answers.map(({ prompt }) => prompt),
    release.answers.map(({ prompt }) => prompt + INSTRUCTIONS.math),
  );
  ok(release.answers.every(({ prompt }) => !prompt.includes(INSTRUCTIONS.math)));
  for (const id of ["language_align", "task_transfer"]) {
    const [one, other] = [paper, release].map((run) =>
      Deno.readTextFileSync(`${stepOf(run, id).dir}/loss.csv`)
    );
    notStrictEqual(one, other);
  }
});

Deno.test("lingualift: without either stage a recipe is refused, with what to do", () => {
  throws(
    () => checkRecipe(lingualift, applyPatch(MICRO, { align: null, transfer: null }), 'Cannot run "x"'),
    {
      name: "UserError",
      message: 'Cannot run "x": align and transfer are both null; keep at least one stage',
    },
  );
  doesNotThrow(() => checkRecipe(lingualift, applyPatch(MICRO, { align: null }), "x"));
  doesNotThrow(() => checkRecipe(lingualift, applyPatch(MICRO, { transfer: null }), "x"));
});

Deno.test("lingualift: a stage that trains nothing is refused", () => {
  throws(
    () => checkRecipe(lingualift, applyPatch(MICRO, { align: { train: [] } }), 'Cannot run "x"'),
    /field "align.train"/,
  );
});

Deno.test("Mono-SFT has the LLM, the problems and the budget of LinguaLIFT's Task-Transfer", async () => {
  const seed = 3; // of no other test, so that both systems train here
  const draws: unknown[] = [];
  const { instructions } = mini;
  const world: { instructions: typeof instructions } = mini;
  world.instructions = (task, code, draw) => {
    draws.push({ task, code, ...draw });
    return instructions(task, code, draw);
  };
  const context = bench({ benchmarks, seed });
  let lift: Bench;
  try {
    lift = await liftRun({}, seed);
    await monoSft.run(monoSftOf(TINY), context);
  } finally {
    world.instructions = instructions;
  }
  const problems = { task: "math", code: "en", seed, count: TINY.transfer!.examples, from: 0 };
  deepStrictEqual(draws, [problems, problems]);

  strictEqual(stepOf(context, "pretrain_llm").dir, stepOf(lift, "pretrain_llm").dir);
  const { train: _modules, ...budget } = TINY.transfer!;
  deepStrictEqual((stepOf(context, "mono_sft").input as { training: unknown }).training, budget);
  const steps = (run: Bench, id: string) => readSteps(stepOf(run, id).dir).map(([step]) => step);
  deepStrictEqual(steps(context, "mono_sft"), steps(lift, "task_transfer"));
  const asked = (run: Bench) =>
    run.answers.map(({ lang, item, prompt, gold }) => ({ lang, item, prompt, gold }));
  deepStrictEqual(asked(context), asked(lift));
});

Deno.test("monoSftOf() at a scale is the scaled LinguaLIFT's, so that no scale gives one of them more", () => {
  for (const scale of ["smoke", "micro", "small", "full"] as const) {
    deepStrictEqual(
      applyPatch(monoSftOf(MICRO), monoSft.scales[scale]),
      monoSftOf(applyPatch(MICRO, lingualift.scales[scale])),
    );
  }
  throws(() => monoSftOf({ ...MICRO, transfer: null }), TypeError);
});

Deno.test("lingualift: a task's items are what stage 2 learns and what is asked, with the task's instruction, as in Mono-SFT", async () => {
  for (const [task, id] of [["nli", "xnli"], ["choice", "xcsqa"]] as const) {
    const [benchmark] = benchmarksOf(mini, task).map((one) => ({ ...one, languages: ["ar"] }));
    const [lift, mono] = [bench({ benchmarks: [benchmark] }), bench({ benchmarks: [benchmark] })];
    await lingualift.run(applyPatch(TINY, { task }), lift);
    await monoSft.run(monoSftOf(applyPatch(TINY, { task }) as Recipe), mono);
    for (const { answers } of [lift, mono]) {
      strictEqual(answers.length, TINY.evaluation.items);
      ok(answers.every(({ benchmark, prompt }) => benchmark === id && prompt.endsWith(INSTRUCTIONS[task])));
    }
    const math = await liftRun();
    strictEqual(stepOf(lift, "language_align").dir, stepOf(math, "language_align").dir);
    notStrictEqual(
      halves(stepOf(lift, "task_transfer").dir).llm,
      halves(stepOf(math, "task_transfer").dir).llm,
    );
  }
});

Deno.test("lingualift: retrieval before alignment depends on the pre-trained parts alone, after alignment on the stages", async () => {
  const few = retrievalBenchmarks(mini).map((benchmark) => ({ ...benchmark, languages: ["de", "th"] }));
  const run = async (patch: Patch<Recipe>, seed: number) => {
    const context = bench({ benchmarks: few, seed });
    await lingualift.run(applyPatch(TINY, patch), context);
    const retrievals = context.steps.filter(({ id }) => id === "retrieve").map(({ input }) => input);
    return { answers: context.answers, inputs: retrievals.map((input) => JSON.stringify(input)) };
  };
  const [one, two] = [await run({}, 1), await run({}, 2)];
  notStrictEqual(one.inputs[0], two.inputs[0]);
  deepStrictEqual(one.inputs.slice(1), two.inputs.slice(1));
  strictEqual(one.answers.length, 6 * TINY.evaluation.retrieval_items);
  for (const { item, output, gold, correct } of one.answers) {
    strictEqual(gold, item);
    strictEqual(correct, output === gold);
  }
});

Deno.test("the LLM's vocabulary spells Bengali in bytes, the encoder's does not: resource levels begin here", async () => {
  const run = await liftRun();
  const [llm, encoder] = run.steps.filter(({ id }) => id === "tokenizer").map(({ dir }) =>
    tokenizerOf({ kind: "artifact", key: "", dir, value: null })
  );
  const tokensPerByte = (tokenizer: typeof llm, text: string) =>
    tokenizer.encode(text, { addSpecialTokens: false }).length / new TextEncoder().encode(text).length;
  const text = mini.monolingual("bn", { seed: 5, count: 20 }).join(" ");
  ok(tokensPerByte(llm, text) > 2 * tokensPerByte(encoder, text));
});
