/** QAlign, MindMerger, LayAlign and MERLIN: systems that learn from translations of nine languages. */
import {
  deepStrictEqual,
  notDeepStrictEqual,
  notStrictEqual,
  ok,
  rejects,
  strictEqual,
  throws,
} from "node:assert/strict";
import { atLeast } from "../../../lib/checked.ts";
import { applyPatch } from "../../../lib/lab/plan/patch.ts";
import { benchmarksOf } from "../../../lib/method/evaluate/benchmarks.ts";
import { INSTRUCTIONS } from "../../../lib/method/reader/prompts.ts";
import { MICRO } from "../../../lib/method/recipe/scales.ts";
import { lingualift } from "../../../lib/method/systems/lingualift.ts";
import {
  mindmerger,
  mindmergerLow,
  type MindMergerRecipe,
  mindmergerStates,
} from "../../../lib/method/systems/mindmerger.ts";
import { layalign, layalignEnglish, layalignStates } from "../../../lib/method/systems/layalign.ts";
import { merlin, merlinAsked, merlinEnglish } from "../../../lib/method/systems/merlin.ts";
import { monoSft } from "../../../lib/method/systems/mono_sft.ts";
import { qalign } from "../../../lib/method/systems/qalign.ts";
import type { Trained } from "../../../lib/method/models/models.ts";
import { TOKENS } from "../../../lib/method/reader/reading.ts";
import { answerText, questionText } from "../../../lib/method/source/items.ts";
import { questionPairs } from "../../../lib/method/source/question_pairs.ts";
import { readPairs } from "../../../lib/method/source/source.ts";
import type { FitInput } from "../../../lib/method/train/fit.ts";
import { loadBridge } from "../../../lib/model/bridge/file.ts";
import { ENC_END } from "../../../lib/model/bridge/layer.ts";
import { FUSION_FILE, loadFusion } from "../../../lib/model/fusion/file.ts";
import { mini } from "../../../lib/world/mini/mod.ts";
import { type Bench, bench, digests, TINY } from "../_tiny.ts";

const NINE = ["bn", "de", "es", "fr", "ja", "ru", "sw", "th", "zh"];
const benchmarks = benchmarksOf(mini).filter(({ id }) => id === "mgsm")
  .map((benchmark) => ({ ...benchmark, languages: ["bn", "en"] }));

const fits = ({ steps }: Bench) =>
  steps.filter(({ id }) => id === "fit").map(({ dir, input }) => ({ dir, input: input as FitInput }));
const llmOf = (dir: string) => digests(`${dir}/llm`)["model.safetensors"];

async function ran<R>(method: { run(recipe: R, context: Bench): Promise<void> }, recipe: R): Promise<Bench> {
  const context = bench({ benchmarks });
  await method.run(recipe, context);
  return context;
}

Deno.test("QAlign's LLM first writes other languages' questions in English, then learns Mono-SFT's stage, and has no encoder", async () => {
  const [mono, run] = [await ran(monoSft, monoSft.from(TINY)), await ran(qalign, qalign.from(TINY))];
  ok(!run.steps.some(({ id }) => id === "pretrain_encoder"));
  const [questions, task] = atLeast(fits(run), 2);
  deepStrictEqual([questions.input.name, task.input.name], ["question_alignment", "transfer"]);
  for (const { input } of [questions, task]) deepStrictEqual(input.trains, ["llm"]);
  const [plain] = atLeast(fits(mono), 1);
  deepStrictEqual({ ...task.input, from: null }, plain.input);
  strictEqual(task.input.from!.dir, questions.dir);
  notStrictEqual(llmOf(task.dir), llmOf(plain.dir));

  const pairs = questions.input.pairs.flatMap((drawn) => [...readPairs(drawn)]);
  strictEqual(pairs.length, TINY.align!.examples);
  pairs.forEach(({ source, target, lang, instruction }, from) => {
    strictEqual(lang, NINE[from % NINE.length]);
    const [own, english] = [lang, "en"].map((code) =>
      questionText(atLeast(mini.instructions("math", code, { seed: 1, count: 1, from }), 1)[0])
    );
    deepStrictEqual([source, target, instruction], [own, english, "translate"]);
  });
});

Deno.test("QAlign's first stage has Language-Align's examples and updates at the lr of a stage that trains the LLM, at every scale", () => {
  for (const scale of ["smoke", "demo", "micro", "small"] as const) {
    const lift = applyPatch(MICRO, lingualift.scales[scale]);
    const { question_alignment, transfer } = qalign.from(lift);
    const { examples, steps, batch_size, max_chars } = lift.align!;
    deepStrictEqual(question_alignment, { ...transfer, examples, steps, batch_size, max_chars });
  }
});

Deno.test("questions are paired in any task and never with another item's", () => {
  for (const task of ["math", "nli", "choice"] as const) {
    const pairs = questionPairs(mini, { task, task_data: "world" }, ["ar", "de"], 3, 6, 5);
    deepStrictEqual(pairs.map(({ lang }) => lang), ["de", "ar", "de", "ar", "de", "ar"]);
    deepStrictEqual(
      pairs.map(({ target }) => target),
      mini.instructions(task, "en", { seed: 3, count: 6, from: 5 }).map(questionText),
    );
  }
  const other = { ...mini, instructions: mini.instructions.bind(mini) };
  other.instructions = (task, code, draw) =>
    mini.instructions(task, code, { ...draw, seed: code === "en" ? draw.seed : draw.seed + 1 })
      .map((item) => ({ ...item, id: `${code === "en"} ${item.id}` }));
  throws(
    () => questionPairs(other, { task: "math", task_data: "world" }, ["de"], 1, 1),
    /Cannot pair "false math-0" with "true math-0": "world" does not say which/,
  );
});

Deno.test("question pairs of English alone are refused", async () => {
  await rejects(
    ran(qalign, { ...qalign.from(TINY), languages: ["en"] }),
    /UserError: Cannot pair questions with English: the training data is in English only/,
  );
});

Deno.test("MindMerger's bridge learns before Mono-SFT's own LLM: parallel text first, then questions with English answers", async () => {
  const recipe = mindmerger.from(TINY);
  const [mono, run] = [await ran(monoSft, monoSft.from(TINY)), await ran(mindmerger, recipe)];
  const [tuned, mapping, augmentation] = atLeast(fits(run), 3);
  strictEqual(tuned.dir, fits(mono)[0]!.dir);
  for (const { dir, input } of [mapping, augmentation]) {
    deepStrictEqual(input.trains, ["bridge"]);
    strictEqual(llmOf(dir), llmOf(tuned.dir));
  }
  strictEqual(augmentation.input.from!.dir, mapping.dir);
  const { config } = loadBridge(`${augmentation.dir}/bridge.safetensors`);
  deepStrictEqual([config.layers, config.activation, config.boundaries], [2, "relu", "end"]);

  const parallel = mapping.input.pairs.flatMap((drawn) => [...readPairs(drawn)]),
    task = augmentation.input.pairs.flatMap((drawn) => [...readPairs(drawn)]);
  deepStrictEqual([...new Set(parallel.map(({ lang }) => lang))].sort(), NINE);
  for (const { source, target, lang, instruction } of parallel) {
    ok(instruction === "translate" && source !== target, `${lang} ${source}`);
  }
  task.forEach(({ source, target, lang }, from) => {
    strictEqual(lang, NINE[from % NINE.length]);
    const item = (code: string) =>
      atLeast(mini.instructions("math", code, { seed: 1, count: 1, from }), 1)[0];
    deepStrictEqual([source, target], [questionText(item(lang)), answerText(item("en"), "explained")]);
  });
});

Deno.test("MindMerger's LLM reads the states alone in the mapping stage, the question too afterwards and when asked", async () => {
  const run = await ran(mindmerger, mindmerger.from(TINY));
  const [, mapping, augmentation] = atLeast(fits(run), 3);
  const besides = [mapping, augmentation].map(({ input: { reading } }) =>
    reading.by === "states" && reading.beside
  );
  deepStrictEqual(besides, ["nothing", "question"]);
  ok(run.answers.length > 0 && run.answers.every(({ prompt }) => prompt.endsWith(INSTRUCTIONS.math)));
});

Deno.test("MindMerger asked with its states alone is the same training, and reads no question as tokens", async () => {
  const { recipeOf } = mindmergerStates;
  const recipe = recipeOf(TINY) as MindMergerRecipe;
  deepStrictEqual({ ...recipe, asked: "states and tokens" }, mindmerger.from(TINY));
  const [whole, alone] = [await ran(mindmerger, mindmerger.from(TINY)), await ran(mindmerger, recipe)];
  deepStrictEqual(fits(alone).map(({ dir }) => dir), fits(whole).map(({ dir }) => dir));
  const readings = [whole, alone].map(({ steps }) =>
    (steps.find(({ id }) => id === "answer")!.input as Pick<FitInput, "reading">).reading
  );
  const [both, states] = atLeast(readings, 2);
  ok(both.by === "states" && both.beside === "question");
  deepStrictEqual(states, { ...both, beside: "instruction" });
});

Deno.test("LayAlign's bridge, aligner and gates learn MindMerger's data before MindMerger's LLM, which stays as it is", async () => {
  const [minds, run] = [
    await ran(mindmerger, mindmerger.from(TINY)),
    await ran(layalign, layalign.from(TINY)),
  ];
  const [tuned, translation, task] = atLeast(fits(run), 3);
  const [, mapping, augmentation] = atLeast(fits(minds), 3);
  strictEqual(tuned.dir, fits(minds)[0]!.dir);
  deepStrictEqual(translation.input.pairs, mapping.input.pairs);
  deepStrictEqual(task.input.pairs, augmentation.input.pairs);
  const how = ({ input: { trains, reading, training } }: ReturnType<typeof fits>[number]) => ({
    ...{ trains, training },
    beside: reading.by === "states" && reading.beside,
  });
  const trains = ["bridge", "aligner", "gates"];
  deepStrictEqual(how(translation), { ...how(mapping), trains });
  deepStrictEqual(how(task), { ...how(augmentation), trains });
  for (const { dir } of [translation, task]) strictEqual(llmOf(dir), llmOf(tuned.dir));
  const [before, after] = atLeast(
    [translation, task].map(({ dir }) => loadFusion(`${dir}/${FUSION_FILE}`).weights),
    2,
  );
  for (const [name, values] of Object.entries(after)) notDeepStrictEqual(values, before[name], name);
  const facts = run.steps.find(({ id }) => id === "training_facts");
  ok(facts !== undefined && run.answers.length === minds.answers.length);
});

Deno.test("LayAlign asked with its states alone is the same training, and reads no question as tokens", async () => {
  const [whole, run] = [
    await ran(layalign, layalign.from(TINY)),
    await ran(layalign, layalignStates.recipeOf(TINY) as ReturnType<typeof layalign.from>),
  ];
  deepStrictEqual(fits(run).map(({ dir }) => dir), fits(whole).map(({ dir }) => dir));
  const { reading } = run.steps.find(({ id }) => id === "answer")!.input as Trained;
  ok(reading.by === "states" && reading.beside === "instruction" && reading.fusion === "layers");
});

Deno.test("LayAlign under LinguaLIFT's rule sees English items alone, by their states, in as many updates", async () => {
  const recipe = layalignEnglish.recipeOf(TINY) as ReturnType<typeof layalign.from>;
  const run = await ran(layalign, recipe);
  const [tuned, task] = atLeast(fits(run), 2);
  strictEqual(fits(run).length, 2);
  const items = [...readPairs(task.input.pairs[0]!)];
  deepStrictEqual(items, [...readPairs(tuned.input.pairs[0]!)]);
  ok(items.length > 0 && items.every(({ lang }) => lang === "en"));
  ok(!run.steps.some(({ id }) => id === "parallel"));
  const answer = run.steps.find(({ id }) => id === "answer")!.input as Trained;
  for (const { reading } of [task.input, answer]) {
    ok(reading.by === "states" && reading.beside === "instruction" && reading.fusion === "layers");
  }
  const { translation, task_stage } = layalign.from(TINY);
  strictEqual(task.input.training.steps, translation!.steps + task_stage.steps);
});

Deno.test("MERLIN's bridge learns text, questions and the task before the LLM as it came; then adapters learn behind it", async () => {
  const run = await ran(merlin, merlin.from(TINY));
  const [mapping, questions, augmentation, adaptation] = atLeast(fits(run), 4);
  const stages = [mapping, questions, augmentation, adaptation].map(({ input: { trains, reading } }) => [
    trains,
    reading.by === "states" && reading.beside,
  ]);
  deepStrictEqual(stages, [
    [["bridge"], "nothing"],
    [["bridge"], "nothing"],
    [["bridge"], "question"],
    [["lora"], "question"],
  ]);
  strictEqual(mapping.input.from, null);
  const start = digests(run.steps.find(({ id }) => id === "pretrain_llm")!.dir)["model.safetensors"];
  for (const { dir } of [mapping, questions, augmentation]) strictEqual(llmOf(dir), start);
  notStrictEqual(llmOf(adaptation.dir), start);
  const bridges = [mapping, questions, augmentation, adaptation].map(({ dir }) =>
    digests(dir)["bridge.safetensors"]
  );
  strictEqual(new Set(bridges).size, 3);
  strictEqual(bridges[3], bridges[2]);
  deepStrictEqual(adaptation.input.pairs, augmentation.input.pairs);
  ok(adaptation.input.lora!.magnitude);
  ok(
    questions.input.pairs.flatMap((drawn) => [...readPairs(drawn)]).every(({ instruction, lang }) =>
      instruction === "translate" && lang !== "en"
    ),
  );
});

Deno.test("MERLIN asked with one of the two alone is the same training; with its tokens the adapters' LLM reads no state", async () => {
  const whole = await ran(merlin, merlin.from(TINY));
  for (const asked of ["states", "tokens"] as const) {
    const recipe = merlinAsked(asked).recipeOf(TINY) as ReturnType<typeof merlin.from>;
    deepStrictEqual({ ...recipe, asked: "states and tokens" }, merlin.from(TINY));
    const run = await ran(merlin, recipe);
    deepStrictEqual(fits(run).map(({ dir }) => dir), fits(whole).map(({ dir }) => dir));
    const { reading, trained } = run.steps.find(({ id }) => id === "answer")!.input as Trained;
    strictEqual(trained!.dir, fits(whole).at(-1)!.dir);
    if (asked === "tokens") deepStrictEqual(reading, TOKENS);
    else ok(reading.by === "states" && reading.beside === "instruction");
  }
});

Deno.test("MERLIN under LinguaLIFT's rule learns LinguaLIFT's English items alone, by their states, in as many updates", async () => {
  const recipe = merlinEnglish.recipeOf(TINY) as ReturnType<typeof merlin.from>;
  const [run, lift] = [await ran(merlin, recipe), await ran(lingualift, TINY)];
  const [augmentation, adaptation] = atLeast(fits(run), 2);
  strictEqual(fits(run).length, 2);
  deepStrictEqual([augmentation, adaptation].map(({ input }) => input.trains), [["bridge"], ["lora"]]);
  const own = [...readPairs(augmentation.input.pairs[0]!)];
  deepStrictEqual(own, [...readPairs(fits(lift).at(-1)!.input.pairs[0]!)]);
  ok(own.length > 0 && own.every(({ lang }) => lang === "en"));
  ok(!run.steps.some(({ id }) => ["parallel", "question_pairs"].includes(id)));
  const answer = run.steps.find(({ id }) => id === "answer")!.input as Trained;
  for (const { reading } of [augmentation.input, adaptation.input, answer]) {
    ok(reading.by === "states" && reading.beside === "instruction");
  }
  const updates = (of: Bench) => fits(of).reduce((sum, { input }) => sum + input.training.steps, 0);
  strictEqual(updates(run), updates(await ran(merlin, merlin.from(TINY))));
});

Deno.test("MERLIN's parallel text and questions share Language-Align's budget, at every scale", () => {
  for (const scale of ["smoke", "demo", "micro", "small"] as const) {
    const lift = applyPatch(MICRO, lingualift.scales[scale]);
    const { mapping, question_alignment, augmentation, adaptation } = merlin.from(lift);
    strictEqual(mapping!.steps + question_alignment!.steps, lift.align!.steps);
    strictEqual(mapping!.examples + question_alignment!.examples, lift.align!.examples);
    deepStrictEqual([augmentation.steps, adaptation.steps], [lift.transfer!.steps, lift.transfer!.steps]);
    deepStrictEqual([augmentation.lr, adaptation.lr], [lift.align!.lr, lift.transfer!.lr]);
  }
});

Deno.test("MindMerger's end vector begins as zeros, as released", async () => {
  const still = { ...TINY.align!, lr: 1e-12, steps: 1 };
  const recipe: MindMergerRecipe = { ...mindmerger.from(TINY), mapping: still, augmentation: still };
  const [, mapping] = atLeast(fits(await ran(mindmerger, withoutTrains(recipe))), 2);
  const end = loadBridge(`${mapping.dir}/bridge.safetensors`).weights[ENC_END]!;
  ok(end.every((x) => Math.abs(x) < 1e-9));
});

/** LinguaLIFT's stages say what learns, MindMerger's do not. */
function withoutTrains(recipe: MindMergerRecipe): MindMergerRecipe {
  const numbers = ({ train: _, ...rest }: MindMergerRecipe["mapping"] & { train?: unknown }) => rest;
  return { ...recipe, mapping: numbers(recipe.mapping), augmentation: numbers(recipe.augmentation) };
}

Deno.test("(Add Low-Resource) and (Low-Resource Retrain) map MMWP's low-resource languages beside the nine, and alone", () => {
  const low = mini.languages().filter(({ level, benchmarks }) => level === "low" && benchmarks.has("mmwp"))
    .map(({ code }) => code);
  const languages = (how: "added" | "alone") => {
    const { method, recipeOf } = mindmergerLow(how);
    strictEqual(method.id, "mindmerger");
    const recipe = recipeOf(MICRO) as MindMergerRecipe;
    deepStrictEqual({ ...recipe, mapping_languages: NINE }, mindmerger.from(MICRO));
    return recipe.mapping_languages;
  };
  ok(low.length > 10);
  deepStrictEqual(languages("alone"), low);
  deepStrictEqual([...languages("added")].sort(), [...new Set([...NINE, ...low])].sort());
});

Deno.test("other mapping languages stand before the same LLM", async () => {
  const recipe = mindmerger.from(TINY);
  const add = await ran(mindmerger, { ...recipe, mapping_languages: [...NINE, "te"] });
  const base = await ran(mindmerger, recipe);
  const languages = (run: Bench) =>
    new Set(fits(run)[1]!.input.pairs.flatMap((drawn) => [...readPairs(drawn)]).map(({ lang }) => lang));
  ok(languages(add).has("te") && !languages(base).has("te"));
  strictEqual(fits(add)[0]!.dir, fits(base)[0]!.dir);
  notStrictEqual(fits(add)[1]!.dir, fits(base)[1]!.dir);
});
