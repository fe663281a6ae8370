/**
 * The languages that a task's training items are taken in.
 * @module
 */
import { languageTable } from "../../world/table.ts";
import type { BenchmarkId, Task, World } from "../../world/world.ts";
import type { TaskSource } from "./worlds.ts";

/** Whose languages the items of a task are taken in where a recipe says "benchmark": GSM8KInstruct has MGSM's. */
const BENCHMARK_OF: Readonly<Record<Task, BenchmarkId>> = { math: "mgsm", nli: "xnli", choice: "xcsqa" };

/** Training data in languages of its own, which are not those of a release. */
const IN_LANGUAGES: readonly TaskSource["task_data"][] = ["multimwp", "mgsm8kinstruct"];

/** MGSM8KInstruct's (Chen et al., 2023; its README lists Telugu by mistake), English first. */
export const MGSM8K_INSTRUCT: readonly string[] = [
  ...["en", "bn", "de", "es", "fr", "ja", "ru", "sw", "th", "zh"],
];

/** Languages by code, those of the task's benchmark, or all that the training data has. */
export type TaskLanguages = "benchmark" | "all" | readonly string[];

/** Their codes. Of a language that it does not have the world gives no items, and says so. */
export function codesOf(
  world: World,
  { task, task_data }: TaskSource,
  languages: TaskLanguages,
): readonly string[] {
  if (languages === "all") return world.instructionLanguages(task, task_data);
  if (languages !== "benchmark") return languages;
  return world.languages().filter(({ benchmarks }) => benchmarks.has(BENCHMARK_OF[task]))
    .map(({ code }) => code);
}

/**
 * The languages of a released system that learns from translated items: MGSM8KInstruct's for word problems, and for inference
 * and choice those of the benchmark, as in MindMerger's paper, from which Table 3 takes its numbers. Where the training data
 * has languages of its own, all of these.
 */
export function asReleased(
  { task, task_data }: TaskSource,
  { english }: { readonly english: boolean },
): "all" | string[] {
  if (IN_LANGUAGES.includes(task_data)) return "all";
  const codes = task === "math"
    ? MGSM8K_INSTRUCT
    : languageTable().filter(({ benchmarks }) => benchmarks.has(BENCHMARK_OF[task])).map(({ code }) => code);
  return codes.filter((code) => english || code !== "en");
}
