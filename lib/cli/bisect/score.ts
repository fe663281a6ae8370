/**
 * A score by name, "mgsm/LinguaLIFT/avg": benchmark, variant, and language or group; and its value in a run's record.
 * @module
 */
import { didYouMean, UserError } from "../../errors.ts";
import type { Benchmark } from "../../lab/experiment/types.ts";
import type { LabPaths } from "../../lab/record/paths.ts";
import type { RunRecord } from "../../lab/record/record.ts";
import { groupAccuracies } from "../experiment/first_numbers.ts";

/** Which score. */
export interface ScoreName {
  readonly benchmark: string;
  readonly variant: string;
  /** Language, group, "avg", or what a step named. */
  readonly scope: string;
  /** "accuracy", or the metric of a step's own score. */
  readonly metric: string;
}

/**
 * Reads "BENCHMARK/VARIANT/SCOPE"; a variant's name may have slashes. A step's own score may have no benchmark and no
 * scope: "/LinguaLIFT/". @throws {UserError}
 */
export function parseScore(text: string, metric: string): ScoreName {
  const [benchmark, ...rest] = text.split("/");
  const scope = rest.pop();
  const variant = rest.join("/");
  const isWhole = benchmark !== undefined && scope !== undefined && variant !== "";
  if (!isWhole || (metric === "accuracy" && (benchmark === "" || scope === ""))) {
    throw new UserError(
      `Cannot use "${text}" for <score>: expected BENCHMARK/VARIANT/SCOPE, as mgsm/LinguaLIFT/avg`,
    );
  }
  return { benchmark, variant, scope, metric };
}

/**
 * The score's value in a run: an accuracy in [0, 1], as the table's cell of this one run, or a step's own score.
 * @throws {UserError} when the run has none of that name, with those that it has
 */
export function scoreIn(paths: LabPaths, record: RunRecord, name: ScoreName): number {
  const value = name.metric === "accuracy" ? accuracyIn(paths, record, name) : ownScore(record, name);
  if (value !== undefined) return value;
  const known = namesIn(record, name.metric);
  const asked = `${name.benchmark}/${name.variant}/${name.scope}`;
  throw new UserError(`Unknown score "${asked}" (${name.metric}): ${didYouMean(asked, known)}`);
}

function accuracyIn(paths: LabPaths, record: RunRecord, { benchmark, scope }: ScoreName): number | undefined {
  const asked = benchmarksOf(record).find(({ id }) => id === benchmark);
  const languages = asked && languagesOf(asked, scope);
  if (languages === undefined) return undefined;
  // Of a benchmark that has these languages alone the mean over all.
  return groupAccuracies(paths, record, [{ ...asked!, groups: {}, languages }])[0]?.value;
}

function ownScore({ steps }: RunRecord, { benchmark, scope, metric }: ScoreName): number | undefined {
  return steps.flatMap(({ scores }) => scores).find((score) =>
    score.benchmark === benchmark && score.scope === scope && score.metric === metric
  )?.value;
}

function languagesOf({ languages, groups }: Benchmark, scope: string): readonly string[] | undefined {
  if (scope === "avg") return languages;
  return groups[scope] ?? (languages.includes(scope) ? [scope] : undefined);
}

function namesIn(record: RunRecord, metric: string): string[] {
  const scopes = metric === "accuracy"
    ? benchmarksOf(record).flatMap(({ id, groups, languages }) =>
      ["avg", ...Object.keys(groups), ...languages].map((scope) => [id, scope] as const)
    )
    : record.steps.flatMap(({ scores }) => scores).filter((score) => score.metric === metric)
      .map(({ benchmark, scope }) => [benchmark, scope] as const);
  return scopes.map(([benchmark, scope]) => `${benchmark}/${record.variant}/${scope}`);
}

function benchmarksOf({ ingredients }: RunRecord): Benchmark[] {
  return JSON.parse(ingredients.other.benchmarks ?? "[]") as Benchmark[];
}
