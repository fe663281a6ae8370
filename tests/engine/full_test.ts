/**
 * Scale `full` in small: its recipe, its names and its layouts of models and data, with two layers, few rows and few steps.
 * Every system goes through every step, so that whoever has eight GPUs finds no surprise there; two processes too.
 */
import { deepStrictEqual, ok, rejects, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import { applyPatch } from "../../lib/lab/plan/patch.ts";
import type { Method } from "../../lib/lab/experiment/types.ts";
import { tokenizerStep } from "../../lib/method/pretrain/tokenizer.ts";
import type { Recipe } from "../../lib/method/recipe/fields.ts";
import { MISTRAL_7B } from "../../lib/method/recipe/published.ts";
import { MICRO } from "../../lib/method/recipe/scales.ts";
import { langbridge } from "../../lib/method/systems/langbridge.ts";
import { lingualift } from "../../lib/method/systems/lingualift.ts";
import { mindmerger } from "../../lib/method/systems/mindmerger.ts";
import { monoSft } from "../../lib/method/systems/mono_sft.ts";
import { multiSft } from "../../lib/method/systems/multi_sft.ts";
import { qalign } from "../../lib/method/systems/qalign.ts";
import type { DefinedSystem } from "../../lib/method/system.ts";
import { type Bench, bench, declared, TINY } from "../method/_tiny.ts";
import { withFolder } from "../model/_models.ts";
import { TESTED } from "./_engines.ts";

const { compute } = TESTED.find(({ engine }) => engine.name === "torch")!;
const FULL = applyPatch(MICRO, lingualift.scales.full) as Recipe;

/** Models below `models` under the names of the paper's, of these sizes. */
async function writeModels(models: string): Promise<void> {
  const { dir } = await bench().step(tokenizerStep, {
    ...{ world: "mini", model: "llm", vocab_size: TINY.llm.vocab_size, seed: 1 } as const,
  });
  for (const [family, name] of [["llama", "Llama-2-7b-hf"], ["mistral", "Mistral-7B-v0.1"]]) {
    const made = join(models, family!);
    Deno.mkdirSync(made, { recursive: true });
    const { success, stderr } = new Deno.Command(compute!.program!, {
      args: [new URL("families.py", import.meta.url).pathname, made, dir, family!],
    }).outputSync();
    if (!success) throw new Error(new TextDecoder().decode(stderr));
    Deno.renameSync(join(made, family!), join(models, name!));
  }
  Deno.renameSync(join(models, "llama", "mt5"), join(models, "mt5-xl-lm-adapt"));
}

/** The data sets that scale `full` names, as published, with a few rows where a set may have few. */
function writeData(data: string): void {
  const write = (path: string, text: string) => {
    Deno.mkdirSync(join(data, path, ".."), { recursive: true });
    Deno.writeTextFileSync(join(data, path), text);
  };
  const problem = (i: number) => `Tom has ${i} apples and buys ${i + 1} more. How many are there?`;
  const solution = (i: number) =>
    `Tom has ${i} + ${i + 1} = ${2 * i + 1}.\n#### ${2 * i + 1}\nThe answer is: ${2 * i + 1}`;
  const rows = (count: number) => Array.from({ length: count }, (_, i) => i);
  write(
    "metamathqa/MetaMathQA-395K.json",
    JSON.stringify(rows(12).map((i) => ({ type: "GSM_AnsAug", query: problem(i), response: solution(i) }))),
  );
  const prompt = (language: string, i: number) =>
    `Write a response that appropriately completes the request in ${language}. Please answer in ${language}.\n\n` +
    `### Instruction:\n${problem(i)}\n\n### Response:`;
  write(
    "mgsm8kinstruct/MGSM8KInstruct_Parallel.json",
    ["English", "German"].flatMap((language) =>
      rows(6).map((i) => JSON.stringify({ prompt: prompt(language, i), chosen: solution(i) }) + "\n")
    ).join(""),
  );
  write("muse/en-bn.txt", "apples আপেল\nbuys কিনেছে\nmore আরও\n");
  for (const code of ["en", "bn"]) {
    write(`mgsm/mgsm_${code}.tsv`, rows(250).map((i) => `${problem(i)}\t${2 * i + 1}\n`).join(""));
  }
}

/** A recipe with the sources and models of `full`, of which a stage takes two steps. */
function few<R>(recipe: R): R {
  const stage = { examples: 8, steps: 2, batch_size: 4 };
  const shortened = Object.entries(recipe as Record<string, unknown>).map(([name, value]) => {
    const isStage = typeof value === "object" && value !== null && "batch_size" in value && "lr" in value;
    return [name, isStage ? { ...value, ...stage } : value];
  });
  const own = Object.fromEntries(shortened);
  return {
    ...own,
    evaluation: { ...own.evaluation, items: 2, batch_size: 2, max_new_tokens: 4, retrieval_items: 2 },
  };
}

interface Folder {
  readonly environment: { readonly world: string; readonly data: string; readonly models: string };
}

async function ran<R>(
  system: Method<R>,
  recipe: R,
  { environment }: Folder,
  processes = 1,
  engine = "torch",
): Promise<Bench> {
  const runtime = { ...compute!, engine, processes };
  const inputs = await system.inputs!(recipe, { ...environment, runtime });
  const benchmarks = (await system.benchmarks(recipe, environment)).filter(({ id }) => id === "mgsm");
  deepStrictEqual(benchmarks[0]!.languages.toSorted(), ["bn", "en"]);
  const run = bench({ ...environment, benchmarks, runtime, ...declared(inputs) });
  await system.run(recipe, run);
  return run;
}

async function withFull(use: (folder: Folder) => Promise<void>): Promise<void> {
  await withFolder(async (folder) => {
    const [data, models] = [join(folder, "data"), join(folder, "models")];
    writeData(data);
    await writeModels(models);
    await use({ environment: { world: "open", data, models } });
  });
}

const fits = ({ steps }: Bench) =>
  steps.filter(({ id }) => id === "fit").map(({ input }) => (input as { name: string }).name);

Deno.test({
  name: "full: LinguaLIFT, on Llama and on Mistral, and the systems on English data go through every step",
  ignore: compute === null,
  fn: () =>
    withFull(async (folder) => {
      const lift = await ran(lingualift, few(FULL), folder);
      deepStrictEqual(fits(lift), ["align", "transfer"]);
      strictEqual(lift.answers.length, 4);
      const files = lift.files.map(({ name }) => name);
      for (const name of ["metamathqa/MetaMathQA-395K.json", "muse/en-bn.txt"]) {
        ok(files.includes(`data/${name}`), name);
      }
      for (const name of ["Llama-2-7b-hf/config.json", "mt5-xl-lm-adapt/spiece.model"]) {
        ok(files.includes(`models/${name}`), name);
      }
      await rejects(
        ran(lingualift, few(FULL), folder, 1, "onnx"),
        /Cannot use the encoder "DKYoon\/mt5-xl-lm-adapt" with the lab's own engine, .*; use --engine torch$/,
      );
      const other = applyPatch(FULL, MISTRAL_7B) as Recipe;
      strictEqual((await ran(lingualift, few(other), folder)).answers.length, 4);
      deepStrictEqual(fits(await ran(monoSft, few(monoSft.from(FULL)), folder)), ["transfer"]);
      deepStrictEqual(fits(await ran(langbridge, few(langbridge.from(FULL)), folder)), [
        "transfer",
        "bridge",
      ]);
    }),
});

Deno.test({
  name:
    "full: in two processes; a system on translated data takes MGSM8KInstruct, and one that needs translations is refused",
  ignore: compute === null,
  fn: () =>
    withFull(async (folder) => {
      strictEqual((await ran(lingualift, few(FULL), folder, 2)).answers.length, 4);
      const multi = await ran(multiSft, few(multiSft.from(FULL)), folder);
      ok(multi.files.some(({ name }) => name === "data/mgsm8kinstruct/MGSM8KInstruct_Parallel.json"));
      for (const system of [qalign, mindmerger] as unknown as DefinedSystem<Recipe>[]) {
        await rejects(ran(system, few(system.from(FULL)), folder), /in English only|Cannot find Bibles/);
      }
    }),
});
