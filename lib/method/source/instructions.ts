/**
 * Step: items of a task with their answers, in English (Section 3.3) or in several languages, question and answer alike
 * (MathOctopus's parallel training; the paper's Appendix E.6).
 * @module
 */
import { atLeast } from "../../checked.ts";
import type { StepContext, StepDefinition } from "../../lab/experiment/types.ts";
import type { BenchmarkId, Task, World } from "../../world/world.ts";
import { answerText, questionText } from "./items.ts";
import { shortEnough } from "./lengths.ts";
import { type Limits, type Pair, writePairs } from "./source.ts";
import { openWorld, type TaskSource, type WorldInput } from "./worlds.ts";

/** Whose languages the items of a task are taken in where a recipe says "benchmark": GSM8KInstruct has MGSM's. */
const BENCHMARK_OF: Readonly<Record<Task, BenchmarkId>> = { math: "mgsm", nli: "xnli", choice: "xcsqa" };

/** Languages by code, those of the task's benchmark, or all that the training data has. */
export type InstructionLanguages = "benchmark" | "all" | readonly string[];

interface Input extends WorldInput, Limits, TaskSource {
  readonly seed: number;
  readonly languages: InstructionLanguages;
}

export const instructionsStep: StepDefinition<Input, { pairs: number }> = {
  id: "instructions",
  version: 1,
  module: import.meta.url,
  runtime: [],
  run(inputs: Input, context: StepContext) {
    const world = openWorld(inputs);
    const languages = languagesOf(world, inputs);
    const draw = (from: number, count: number) =>
      taskItems(world, inputs, languages, inputs.seed, count, from);
    return writePairs(context, shortEnough(inputs, draw));
  },
};

/** Of a language that it does not have the world gives no instructions, and says so. */
function languagesOf(world: World, { task, task_data, languages }: Input): readonly string[] {
  if (languages === "all") return world.instructionLanguages(task, task_data);
  if (languages !== "benchmark") return languages;
  return world.languages().filter(({ benchmarks }) => benchmarks.has(BENCHMARK_OF[task]))
    .map(({ code }) => code);
}

/** Training items of a task with their answers, in languages that take turns. */
export function taskItems(
  world: World,
  { task, task_data: data }: TaskSource,
  languages: readonly string[],
  seed: number,
  count: number,
  from = 0,
): Pair[] {
  const pair = (lang: string, item: ReturnType<World["instructions"]>[number]): Pair => ({
    source: questionText(item),
    target: answerText(item),
    instruction: task,
    lang,
  });
  if (languages.length === 1) {
    const [lang] = atLeast(languages, 1);
    return world.instructions(task, lang, { seed, count, from, data }).map((item) => pair(lang, item));
  }
  return Array.from({ length: count }, (_, at) => {
    const lang = languages[(from + at) % languages.length]!;
    const [item] = atLeast(world.instructions(task, lang, { seed, count: 1, from: from + at, data }), 1);
    return pair(lang, item);
  });
}
