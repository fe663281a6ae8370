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
import { openWorld, type WorldInput } from "./worlds.ts";

/** Whose languages the items of a task are taken in where a recipe says "benchmark": GSM8KInstruct has MGSM's. */
const BENCHMARK_OF: Readonly<Record<Task, BenchmarkId>> = { math: "mgsm", nli: "xnli", choice: "xcsqa" };

interface Input extends WorldInput, Limits {
  readonly seed: number;
  readonly task: Task;
  readonly languages: "benchmark" | readonly string[];
}

export const instructionsStep: StepDefinition<Input, { pairs: number }> = {
  id: "instructions",
  version: 1,
  module: import.meta.url,
  runtime: [],
  run(inputs: Input, context: StepContext) {
    const { seed, task } = inputs;
    const world = openWorld(inputs);
    const languages = languagesOf(world, inputs);
    const draw = (from: number, count: number) => taskItems(world, task, languages, seed, count, from);
    return writePairs(context, shortEnough(inputs, draw));
  },
};

/** Of a language that it does not have the world gives no instructions, and says so. */
function languagesOf(world: World, { task, languages }: Input): readonly string[] {
  if (languages !== "benchmark") return languages;
  return world.languages().filter(({ benchmarks }) => benchmarks.has(BENCHMARK_OF[task]))
    .map(({ code }) => code);
}

/** Training items of a task with their answers, in languages that take turns. */
export function taskItems(
  world: World,
  task: Task,
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
    return world.instructions(task, lang, { seed, count, from }).map((item) => pair(lang, item));
  }
  return Array.from({ length: count }, (_, at) => {
    const lang = languages[(from + at) % languages.length]!;
    const [item] = atLeast(world.instructions(task, lang, { seed, count: 1, from: from + at }), 1);
    return pair(lang, item);
  });
}
