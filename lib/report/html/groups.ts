/**
 * Groups of languages: their names, and the order of the languages by them.
 * @module
 */
import type { Benchmark } from "../../results/slice.ts";

/** Languages in the order of their groups, as the paper prints them. */
export function orderedLanguages(benchmark: Benchmark): string[] {
  const parts = benchmark.groups.filter(({ languages }) => languages.length < benchmark.languages.length);
  return [...new Set([...parts.flatMap(({ languages }) => languages), ...benchmark.languages])];
}

const GROUP_NAMES: Readonly<Record<string, string>> = {
  LR: "Low-resource",
  MR: "Medium-resource",
  HR: "High-resource",
  avg: "All languages",
};

/** "LR" as it is; of "family:Dravidian" what is after the colon, since the benchmark says what it groups by. */
export function shortName(group: string): string {
  return group.replace(/^[a-z]+:/, "");
}

/** "LR" -> "Low-resource"; other groups by their {@link shortName}. */
export function groupName(group: string): string {
  return GROUP_NAMES[group] ?? shortName(group);
}
