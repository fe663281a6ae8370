/**
 * The first numbers of a run, from its answers alone, before the store has taken them in: the accuracies that its table
 * will have. There is none for a group unless every language of it was asked.
 * @module
 */
import { percent } from "../../format.ts";
import { readNdjson } from "../../ndjson.ts";
import { accuracy } from "../../results/estimate.ts";
import type { MarkSet } from "../../results/marks.ts";
import { objectPath } from "../../lab/record/objects.ts";
import type { LabPaths } from "../../lab/record/paths.ts";
import type { RunRecord } from "../../lab/record/record.ts";
import type { Answer, Benchmark } from "../../lab/experiment/types.ts";

/** A group's accuracy, in [0, 1]. */
export interface GroupAccuracy {
  readonly benchmark: string;
  readonly group: string;
  readonly value: number;
}

/** In the order of the table: benchmarks as asked, groups by name, as in the store's canonical JSON, "avg" last. */
export function groupAccuracies(
  paths: LabPaths,
  { steps }: Pick<RunRecord, "steps">,
  benchmarks: readonly Benchmark[],
): GroupAccuracy[] {
  const answers = steps.flatMap(({ answers }) => answers).flatMap((
    { object },
  ) => [...readNdjson<Answer>(objectPath(paths, object))]);
  const byBenchmark = Map.groupBy(answers, ({ benchmark }) => benchmark);
  return benchmarks.flatMap(({ id: benchmark, groups, languages }) => {
    const set = markSet(byBenchmark.get(benchmark) ?? []);
    return [...Object.entries(groups).sort(byName), ["avg", languages] as const].flatMap(
      ([group, languages]) => {
        const found = accuracy({ ...set, languages });
        return found ? [{ benchmark, group, value: found.value }] : [];
      },
    );
  });
}

function byName([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number {
  return one < other ? -1 : 1;
}

/** One run's answers to one benchmark as marks. */
function markSet(answers: readonly Answer[]): Omit<MarkSet, "languages"> {
  const items = [...new Set(answers.map(({ item }) => item))];
  const marks = [...Map.groupBy(answers, ({ lang }) => lang)].map(([lang, own]) => {
    const correct = new Map(own.map(({ item, correct }) => [item, correct ? "1" : "0"]));
    return [lang, new Map([[0, items.map((item) => correct.get(item) ?? ".").join("")]])] as const;
  });
  return { items, marks: new Map(marks) };
}

/** "mgsm en 75.7, LR 20.8, HR 29.2", a benchmark each. */
export function numbersInWords(found: readonly GroupAccuracy[]): string[] {
  return [...Map.groupBy(found, ({ benchmark }) => benchmark)].map(([id, groups]) =>
    `${id} ${groups.map(({ group, value }) => `${group} ${percent(value)}`).join(", ")}`
  );
}

/** "LinguaLIFT, seed 1: mgsm en 75.7, LR 20.8, HR 29.2", in several lines where it is wider than the terminal. */
export function firstNumbers(name: string, found: readonly GroupAccuracy[], columns = Infinity): string {
  const benchmarks = numbersInWords(found);
  if (benchmarks.length === 0) return `${name}: done`;
  const line = `${name}: ${benchmarks.join("; ")}`;
  return line.length < columns ? line : [`${name}:`, ...benchmarks.map((text) => `  ${text}`)].join("\n");
}
