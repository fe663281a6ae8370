/**
 * The data that systems learn from and are asked here, counted as the paper counts its own (Appendix A.2, Table 5). What is
 * learned from is drawn by the sources of the systems themselves, as many examples as they get at the scale. Trains nothing.
 * @module
 */
import * as v from "valibot";
import type { Artifact, Method, RunContext } from "../../lab/experiment/types.ts";
import { type Task, TASK_DATA } from "../../world/world.ts";
import { PAPER_BENCHMARKS } from "../../world/table.ts";
import { itemsAsked } from "../evaluate/items_asked.ts";
import { type Recipe, recipeFields, stageNumbers } from "../recipe/fields.ts";
import { MICRO, scales, worldScales } from "../recipe/scales.ts";
import { flavouredStep } from "../source/flavoured.ts";
import { instructionsStep } from "../source/instructions.ts";
import { MGSM8K_INSTRUCT } from "../source/task_languages.ts";
import { hasData, instructionData, worldFiles, worldInput, WORLDS } from "../source/worlds.ts";
import { taskTransferOf } from "../system.ts";
import { countDataStep } from "./count_data.ts";

const count = v.pipe(v.number(), v.integer(), v.minValue(1));
const { evaluation, task_data, task_answers } = recipeFields.entries;
const schema = v.strictObject({
  /** Items of each benchmark that are counted a language, where there are as many; null: as many as systems are asked. */
  items: v.nullable(v.strictObject(v.entriesFromList(PAPER_BENCHMARKS, count))),
  /** What systems are asked. */
  evaluation,
  task_data,
  task_answers,
  /** How many examples systems learn a task from. */
  transfer: stageNumbers,
});
/** A recipe of statistics. */
export type StatisticsRecipe = v.InferOutput<typeof schema>;

/** The recipe that experiments start from: what the compared systems learn from and are asked. */
export const statisticsRecipe: StatisticsRecipe = {
  items: null,
  evaluation: MICRO.evaluation,
  task_data: MICRO.task_data,
  task_answers: MICRO.task_answers,
  transfer: taskTransferOf(MICRO),
};

const FIELDS = ["evaluation", "task_data", "transfer"] as const;

/** Counts, of a world's own data. */
export const dataStatistics: Method<StatisticsRecipe> = {
  id: "data_statistics",
  version: 1,
  module: import.meta.url,
  recipe: schema,
  worlds: WORLDS,
  worldAt: { small: "open", full: "open" },
  scales: scales<StatisticsRecipe>(FIELDS),
  worldScales: worldScales<StatisticsRecipe>(FIELDS),
  // Nothing is asked.
  benchmarks: () => [],
  inputs: ({ task_data }, environment) =>
    worldFiles(environment, [
      ...PAPER_BENCHMARKS,
      ...new Set(
        LEARNED.flatMap(({ task }) => instructionData({ task, task_data: dataOf(task, task_data) })),
      ),
    ]),
  async run(recipe, context) {
    const learned = [];
    for (const { id, task, languages } of LEARNED) {
      const pairs = await drawn(recipe, { task, languages }, context);
      if (pairs !== undefined) learned.push({ id, task, pairs });
    }
    const { examples, max_chars } = recipe.transfer;
    for (const [flavour, id] of context.world === "mini" ? FLAVOURED : []) {
      const pairs = await context.step(flavouredStep, {
        world: context.world,
        seed: context.seed,
        examples,
        max_chars,
        flavour,
      });
      learned.push({ id, task: "math" as const, pairs });
    }
    const { items, evaluation } = recipe;
    const there = PAPER_BENCHMARKS.filter((id) => context.world !== "open" || hasData(context, id));
    await context.step(countDataStep, {
      ...worldInput(context, there),
      asked: there.map((id) => ({ id, items: items?.[id] ?? itemsAsked(evaluation, id) })),
      split: evaluation.split,
      learned,
    });
  },
};

/** What the compared systems learn tasks from: Mono-SFT and Task-Transfer from English, Multi-SFT from ten languages. */
const LEARNED: readonly {
  readonly id: string;
  readonly task: Task;
  readonly languages: readonly string[];
}[] = [
  { id: "math, English", task: "math", languages: ["en"] },
  { id: "math, ten languages", task: "math", languages: MGSM8K_INSTRUCT },
  { id: "inference, English", task: "nli", languages: ["en"] },
  { id: "choice, English", task: "choice", languages: ["en"] },
];

/** Problems as published sets have them, which the mini world writes: those of the sets that Table 5 has. */
const FLAVOURED = [["metamath", "math, as MetaMath"], ["openmath2", "math, as OpenMath2"]] as const;

/** Sets other than the world's own have word problems alone. */
function dataOf(task: Task, task_data: Recipe["task_data"]): Recipe["task_data"] {
  return task === "math" ? task_data : TASK_DATA[0];
}

/** The same step as a system's source; undefined where the data are not here, or not in these languages. */
async function drawn(
  { transfer: { examples, max_chars }, task_answers, ...recipe }: StatisticsRecipe,
  { task, languages }: { readonly task: Task; readonly languages: readonly string[] },
  context: RunContext,
): Promise<Artifact | undefined> {
  const task_data = dataOf(task, recipe.task_data);
  const needs = instructionData({ task, task_data });
  if (context.world === "open" && !needs.every((need) => hasData(context, need))) return undefined;
  // Real sets have other languages than these, where they have any but English.
  if (context.world === "open" && languages.length > 1) return undefined;
  const { seed } = context;
  return await context.step(instructionsStep, {
    ...worldInput(context, needs),
    ...{ seed, examples, max_chars, task, task_data, task_answers, languages, answers: "own" as const },
  });
}
