/** Runs of the systems from tokenizers to answers, a second each: what their recipes promise of their steps. */
import {
  deepStrictEqual,
  doesNotThrow,
  notStrictEqual,
  ok,
  rejects,
  strictEqual,
  throws,
} from "node:assert/strict";
import { dirname, join } from "node:path";
import { atLeast } from "../../../lib/checked.ts";
import { applyPatch } from "../../../lib/lab/plan/patch.ts";
import { checkRecipe } from "../../../lib/lab/plan/resolve.ts";
import type { Patch } from "../../../lib/lab/experiment/types.ts";
import { benchmarksOf, retrievalBenchmarks } from "../../../lib/method/evaluate/benchmarks.ts";
import { lingualift, withoutLanguageAlign } from "../../../lib/method/systems/lingualift.ts";
import { monoSft } from "../../../lib/method/systems/mono_sft.ts";
import { langbridge } from "../../../lib/method/systems/langbridge.ts";
import { mindmerger } from "../../../lib/method/systems/mindmerger.ts";
import { layalign } from "../../../lib/method/systems/layalign.ts";
import { merlin } from "../../../lib/method/systems/merlin.ts";
import { qalign } from "../../../lib/method/systems/qalign.ts";
import { multiSft } from "../../../lib/method/systems/multi_sft.ts";
import { INSTRUCTIONS } from "../../../lib/method/reader/prompts.ts";
import type { Recipe } from "../../../lib/method/recipe/fields.ts";
import { NOISY_TRANSLATIONS } from "../../../lib/method/recipe/noise.ts";
import { MICRO } from "../../../lib/method/recipe/scales.ts";
import { loadBridge } from "../../../lib/model/bridge/file.ts";
import { loadTokenizer } from "../../../lib/model/checkpoint/tokenizer.ts";
import { answerText, questionText } from "../../../lib/method/source/items.ts";
import { readPairs } from "../../../lib/method/source/source.ts";
import type { DefinedSystem } from "../../../lib/method/system.ts";
import { mini } from "../../../lib/world/mini/mod.ts";
import { type FitInput, fitStep } from "../../../lib/method/train/fit.ts";
import { readSteps } from "../../engine/_loop.ts";
import { type Bench, bench, digests, halves, stepContext, TINY } from "../_tiny.ts";

const benchmarks = benchmarksOf(mini).filter(({ id }) => id === "mgsm")
  .map((benchmark) => ({ ...benchmark, languages: ["bn", "en"] }));

async function liftRun(patch: Patch<Recipe> = {}, seed = 1): Promise<Bench> {
  const context = bench({ benchmarks, seed });
  await lingualift.run(applyPatch(TINY, patch), context);
  return context;
}

/** A step by its id, or a training by the name of its stage. */
function stepOf(run: Bench, name: string) {
  const found = run.steps.find((step) => nameOf(step) === name);
  if (found === undefined) throw new Error(`no step "${name}" among ${run.steps.map(nameOf)}`);
  return found;
}

function nameOf({ id, input }: Bench["steps"][number]): string {
  return id === "fit" ? (input as { name: string }).name : id;
}

Deno.test("lingualift: the default trains the bridge in stage 1 and the LLM in stage 2, and nothing else", async () => {
  const run = await liftRun();
  deepStrictEqual(run.steps.map(nameOf), [
    "tokenizer",
    "pretrain_llm",
    "tokenizer",
    "pretrain_encoder",
    "code_switched",
    "align",
    "instructions",
    "transfer",
    "training_facts",
    "answer",
    "floor",
  ]);
  const pretrained = digests(stepOf(run, "pretrain_llm").dir)["model.safetensors"];
  const aligned = stepOf(run, "align").dir;
  const transferred = stepOf(run, "transfer").dir;
  strictEqual(digests(`${aligned}/llm`)["model.safetensors"], pretrained);
  notStrictEqual(digests(`${transferred}/llm`)["model.safetensors"], pretrained);
  strictEqual(halves(transferred).bridge, halves(aligned).bridge);
  strictEqual(run.answers.length, 2 * TINY.evaluation.items);
});

Deno.test("lingualift: a stage that is null is left out, and what trains in a stage is its recipe's field", async () => {
  const both = await liftRun();
  const withoutAlign = await liftRun(withoutLanguageAlign);
  ok(!withoutAlign.steps.some((step) => nameOf(step) === "align"));
  const withoutTransfer = await liftRun({ transfer: null });
  ok(!withoutTransfer.steps.some((step) => nameOf(step) === "transfer"));
  strictEqual(stepOf(withoutTransfer, "align").dir, stepOf(both, "align").dir);

  const frozen = await liftRun({ transfer: { train: ["bridge"] } });
  const [aligned, transferred] = atLeast(
    ["align", "transfer"].map((id) => halves(stepOf(frozen, id).dir)),
    2,
  );
  strictEqual(transferred.llm, aligned.llm);
  notStrictEqual(transferred.bridge, aligned.bridge);
});

Deno.test("lingualift: the seed of a run moves the stages, never the pre-trained parts", async () => {
  const [one, two] = [await liftRun({}, 1), await liftRun({}, 2)];
  for (const id of ["tokenizer", "pretrain_llm", "pretrain_encoder"]) {
    strictEqual(stepOf(one, id).dir, stepOf(two, id).dir);
  }
  const [a, b] = atLeast([one, two].map((run) => halves(stepOf(run, "align").dir)), 2);
  strictEqual(a.llm, b.llm);
  notStrictEqual(a.bridge, b.bridge);
});

Deno.test('lingualift: instruction "release" leaves the instruction out of stages, prompts and records', async () => {
  const [paper, release] = [await liftRun(), await liftRun({ instruction: "release" })];
  deepStrictEqual(
    paper.answers.map(({ prompt }) => prompt),
    release.answers.map(({ prompt }) => prompt + INSTRUCTIONS.math),
  );
  ok(release.answers.every(({ prompt }) => !prompt.includes(INSTRUCTIONS.math)));
  for (const id of ["align", "transfer"]) {
    const [one, other] = [paper, release].map((run) =>
      Deno.readTextFileSync(`${stepOf(run, id).dir}/loss.csv`)
    );
    notStrictEqual(one, other);
  }
});

Deno.test("a training refuses a tokenizer that gives ids which the LLM does not have", async () => {
  const context = bench({ benchmarks });
  await monoSft.run(monoSft.from(TINY), context);
  const input = stepOf(context, "transfer").input as FitInput;
  // The encoder's vocabulary is twice as large.
  const encoder = stepOf(await liftRun(), "pretrain_encoder").input as {
    readonly tokenizer: FitInput["llm"];
  };
  const root = Deno.makeTempDirSync();
  try {
    await rejects(
      async () => await fitStep.run({ ...input, llm_tokenizer: encoder.tokenizer }, stepContext(root)),
      /^UserError: Cannot train: the LLM's tokenizer gives id \d+, the LLM has 512 tokens; take both from the same model$/,
    );
  } finally {
    Deno.removeSync(root, { recursive: true });
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
    await monoSft.run(monoSft.from(TINY), context);
  } finally {
    world.instructions = instructions;
  }
  const problems = { task: "math", code: "en", seed, count: TINY.transfer!.examples, from: 0, data: "world" };
  deepStrictEqual(draws, [problems]);

  strictEqual(stepOf(context, "pretrain_llm").dir, stepOf(lift, "pretrain_llm").dir);
  const [mono, lifted] = atLeast([context, lift].map((run) => stepOf(run, "transfer").input as FitInput), 2);
  deepStrictEqual(mono.training, lifted.training);
  deepStrictEqual(mono.pairs, lifted.pairs);
  const steps = (run: Bench, id: string) => readSteps(stepOf(run, id).dir).map(([step]) => step);
  deepStrictEqual(steps(context, "transfer"), steps(lift, "transfer"));
  const asked = (run: Bench) =>
    run.answers.map(({ lang, item, prompt, gold }) => ({ lang, item, prompt, gold }));
  deepStrictEqual(asked(context), asked(lift));
});

Deno.test("monoSft.from() at a scale is the scaled LinguaLIFT's, so that no scale gives one of them more", () => {
  for (const scale of ["smoke", "demo", "micro", "small"] as const) {
    deepStrictEqual(
      applyPatch(monoSft.from(MICRO), monoSft.scales[scale]),
      monoSft.from(applyPatch(MICRO, lingualift.scales[scale])),
    );
  }
  throws(() => monoSft.from({ ...MICRO, transfer: null }), TypeError);
});

Deno.test("lingualift: a task's items are what stage 2 learns and what is asked, with the task's instruction, as in Mono-SFT", async () => {
  for (const [task, id] of [["nli", "xnli"], ["choice", "xcsqa"]] as const) {
    const [benchmark] = atLeast(benchmarksOf(mini, task).map((one) => ({ ...one, languages: ["ar"] })), 1);
    const [lift, mono] = [bench({ benchmarks: [benchmark] }), bench({ benchmarks: [benchmark] })];
    await lingualift.run(applyPatch(TINY, { task }), lift);
    await monoSft.run(monoSft.from(applyPatch(TINY, { task }) as Recipe), mono);
    for (const { answers } of [lift, mono]) {
      strictEqual(answers.length, TINY.evaluation.items);
      ok(answers.every(({ benchmark, prompt }) => benchmark === id && prompt.endsWith(INSTRUCTIONS[task])));
    }
    const math = await liftRun();
    strictEqual(stepOf(lift, "align").dir, stepOf(math, "align").dir);
    notStrictEqual(
      halves(stepOf(lift, "transfer").dir).llm,
      halves(stepOf(math, "transfer").dir).llm,
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
  const [llm, encoder] = atLeast(
    run.steps.filter(({ id }) => id === "tokenizer").map(({ dir }) => loadTokenizer(dir)),
    2,
  );
  const tokensPerByte = (tokenizer: typeof llm, text: string) =>
    tokenizer.encode(text, { addSpecialTokens: false }).length / new TextEncoder().encode(text).length;
  const text = mini.monolingual("bn", { seed: 5, count: 20 }).join(" ");
  ok(tokensPerByte(llm, text) > 2 * tokensPerByte(encoder, text));
});

Deno.test("Multi-SFT learns question and answer in each of its languages, on Mono-SFT's budget", async () => {
  const [mono, multi] = [bench({ benchmarks }), bench({ benchmarks })];
  await monoSft.run(monoSft.from(TINY), mono);
  const recipe = multiSft.from(TINY);
  const { languages } = recipe;
  if (languages === "all") throw new Error("the mini world has what the release names");
  await multiSft.run(recipe, multi);
  const [one, other] = [mono, multi].map((run) => stepOf(run, "transfer").input as FitInput);
  deepStrictEqual({ ...other, pairs: [] }, { ...one, pairs: [] });
  const pairs = [...readPairs(stepOf(multi, "instructions"))];
  strictEqual(pairs.length, [...readPairs(stepOf(mono, "instructions"))].length);
  deepStrictEqual(
    pairs.map(({ lang }) => lang),
    pairs.map((_, i) => languages[i % languages.length]),
  );
  const [, bengali] = atLeast(pairs, 2);
  const [item] = atLeast(mini.instructions("math", "bn", { seed: 1, count: 1, from: 1 }), 1);
  deepStrictEqual([bengali.source, bengali.target], [questionText(item), answerText(item, "explained")]);
  strictEqual(multi.answers.length, 2 * TINY.evaluation.items);
  await rejects(
    multiSft.run({ ...recipe, languages: ["xx"] }, bench()),
    /Cannot use language "xx": the mini world has/,
  );
});

Deno.test("a loss on the row learns every token but the first, a loss on the target the answer's", async () => {
  const run = bench({ benchmarks });
  await multiSft.run(multiSft.from(TINY), run);
  const input = stepOf(run, "transfer").input as FitInput;
  const examplesOf = async (loss: "target" | "row") => {
    const context = stepContext(dirname(stepOf(run, "transfer").dir));
    await fitStep.run({ ...input, loss }, context);
    const lines = Deno.readTextFileSync(join(context.checkpointDir, "examples.ndjson")).trim().split("\n");
    return lines.map((line): { ids: number[]; target: number[] } => JSON.parse(line));
  };
  const [target, row] = [await examplesOf("target"), await examplesOf("row")];
  const whole = (list: typeof row) => list.map(({ ids, target }) => [...ids, ...target]);
  deepStrictEqual(whole(row), whole(target));
  ok(target.every(({ ids }) => ids.length > 1));
  ok(row.every(({ ids }) => ids.length === 1));
});

Deno.test("LangBridge puts a linear bridge with an end vector before Mono-SFT's own LLM, which stays as it is", async () => {
  const [mono, run] = [bench({ benchmarks }), bench({ benchmarks })];
  await monoSft.run(monoSft.from(TINY), mono);
  await langbridge.run(langbridge.from(TINY), run);
  const [tuned, bridged] = ["transfer", "bridge"].map((name) => stepOf(run, name).dir);
  strictEqual(tuned, stepOf(mono, "transfer").dir);
  strictEqual(digests(`${bridged}/llm`)["model.safetensors"], digests(`${tuned}/llm`)["model.safetensors"]);
  const { config, weights } = loadBridge(`${bridged}/bridge.safetensors`);
  deepStrictEqual([config.layers, config.boundaries], [1, "end"]);
  ok(!("alignment.enc_start" in weights));
  // The LLM reads nothing beside the states.
  ok(run.answers.every(({ prompt }) => !prompt.includes(INSTRUCTIONS.math)));
  strictEqual(run.answers.length, 2 * TINY.evaluation.items);
});

Deno.test("every system asks in the layout that it learned last: training and answering share reading and models", async () => {
  for (
    const system of [lingualift, monoSft, multiSft, langbridge, qalign, mindmerger, merlin, layalign] as const
  ) {
    const run = bench({ benchmarks });
    await (system as DefinedSystem<unknown>).run(system.from(TINY), run);
    const fit = run.steps.findLast(({ id }) => id === "fit")!.input as FitInput;
    const answer = run.steps.find(({ id }) => id === "answer")!.input as FitInput;
    deepStrictEqual(answer.reading, fit.reading, system.id);
    deepStrictEqual(
      [answer.llm_tokenizer, answer.encoder],
      [fit.llm_tokenizer, fit.encoder],
      system.id,
    );
  }
});

Deno.test("translation_noise is in what is learned from translations alone: Multi-SFT has another training by it, Mono-SFT the same", async () => {
  const noisy = applyPatch(TINY, NOISY_TRANSLATIONS) as Recipe;
  for (const [system, differs] of [[multiSft, true], [monoSft, false]] as const) {
    const runs = [bench(), bench()];
    // deno-lint-ignore no-explicit-any -- existential: each has a recipe type of its own
    const own = system as DefinedSystem<any>;
    await own.run(own.from(TINY), runs[0]!);
    await own.run(own.from(noisy), runs[1]!);
    strictEqual(runs[0]!.steps.some(({ id }) => id === "translation_noise"), false);
    strictEqual(runs[1]!.steps.some(({ id }) => id === "translation_noise"), differs);
    const [right, wrong] = runs.map((run) => stepOf(run, "transfer").dir);
    strictEqual(right !== wrong, differs);
  }
});
