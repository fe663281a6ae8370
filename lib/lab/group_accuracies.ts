/**
 * The first numbers of a run, from its answers alone, before the store has taken them in. They follow the store's rule:
 * a group's accuracy is the mean over its languages, and there is none unless every language of it was asked.
 * @module
 */
import { objectPath } from "./objects.ts";
import type { LabPaths } from "./paths.ts";
import type { RunRecord } from "./record.ts";
import type { Answer, Benchmark } from "./types.ts";

/** A group's accuracy, in [0, 1]. */
export interface GroupAccuracy {
  readonly benchmark: string;
  readonly group: string;
  readonly value: number;
}

/** In the order of the benchmarks and their groups, "avg" last, as in the table. */
export function groupAccuracies(
  paths: LabPaths,
  { steps }: Pick<RunRecord, "steps">,
  benchmarks: readonly Benchmark[],
): GroupAccuracy[] {
  const asked = new Map<string, { n: number; k: number }>();
  for (const { object } of steps.flatMap(({ answers }) => answers)) {
    for (const line of Deno.readTextFileSync(objectPath(paths, object)).split("\n")) {
      if (line === "") continue;
      const { benchmark, lang, correct } = JSON.parse(line) as Answer;
      const key = JSON.stringify([benchmark, lang]);
      const { n, k } = asked.get(key) ?? { n: 0, k: 0 };
      asked.set(key, { n: n + 1, k: k + (correct ? 1 : 0) });
    }
  }
  return benchmarks.flatMap(({ id: benchmark, groups, languages }) =>
    [...Object.entries(groups).sort(byName), ["avg", languages] as const].flatMap(([group, langs]) => {
      const shares = [...langs].sort().flatMap((lang) => {
        const found = asked.get(JSON.stringify([benchmark, lang]));
        return found ? [found.k / found.n] : [];
      });
      if (shares.length === 0 || shares.length < langs.length) return [];
      return [{ benchmark, group, value: shares.reduce((a, b) => a + b, 0) / shares.length }];
    })
  );
}

/** The store has groups in this order, since records are canonical JSON. */
function byName([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number {
  return one < other ? -1 : 1;
}

/** "LinguaLIFT, seed 1: mgsm en 75.7, LR 20.8, HR 29.2", in several lines where it is wider than the terminal. */
export function firstNumbers(name: string, found: readonly GroupAccuracy[], columns = Infinity): string {
  const benchmarks = [...new Set(found.map(({ benchmark }) => benchmark))].map((id) => {
    const groups = found.filter(({ benchmark }) => benchmark === id);
    return `${id} ${groups.map(({ group, value }) => `${group} ${(value * 100).toFixed(1)}`).join(", ")}`;
  });
  if (benchmarks.length === 0) return `${name}: done`;
  const line = `${name}: ${benchmarks.join("; ")}`;
  return line.length < columns ? line : [`${name}:`, ...benchmarks.map((text) => `  ${text}`)].join("\n");
}
