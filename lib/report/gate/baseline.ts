/**
 * A baseline: the scores of one experiment at one scale in one world as they were when someone accepted them, with every
 * answer's mark, so that a later comparison is paired and can name the items that flipped. Committed in
 * `reports/baselines`.
 * @module
 */
import { join } from "node:path";
import * as v from "valibot";
import { atLeast } from "../../checked.ts";
import { UserError } from "../../errors.ts";
import { exists, writeFileAtomic } from "../../files.ts";
import { indexMarks, recompute } from "../client/recompute.ts";
import { scopesOf } from "../../results/slice.ts";
import { type Items, type Marks, type Slice, type SliceKey, sliceName } from "../../results/slice.ts";

/** Raise with every change of the format. */
const BASELINE_VERSION = 1;

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

const metricSchema = v.strictObject({
  metric: v.string(),
  benchmark: v.string(),
  variant: v.string(),
  /** Language, group, or what a step named. */
  scope: v.string(),
  /** The languages an accuracy is the mean of; empty for a step's own score. */
  languages: v.array(v.string()),
  /** Mean over languages for an accuracy, mean over seeds for a step's own score. */
  value: v.number(),
  /** Answers and right ones; null where it is no proportion. */
  n: v.nullable(count),
  k: v.nullable(count),
  /** One value a seed, of a step's own score. */
  seeds: v.array(v.number()),
});
const marksSchema = v.strictObject({
  run: v.string(),
  variant: v.string(),
  seed: v.number(),
  benchmark: v.string(),
  lang: v.string(),
  marks: v.pipe(v.string(), v.regex(/^[01.]*$/)),
});
const baselineSchema = v.strictObject({
  format: v.literal("lingualift-baseline"),
  version: v.literal(BASELINE_VERSION),
  experiment: v.string(),
  scale: v.string(),
  world: v.string(),
  experiment_version: v.number(),
  /** SHA-256 of the rows it was taken from; the committed tables carry it too. */
  rows: v.string(),
  verdicts: v.record(v.string(), v.string()),
  metrics: v.array(metricSchema),
  items: v.record(v.string(), v.array(v.string())),
  marks: v.array(marksSchema),
});

export type Metric = v.InferOutput<typeof metricSchema>;
export type Baseline = v.InferOutput<typeof baselineSchema>;

/** What the store says now, in a baseline's form. */
export function takeBaseline(slice: Slice, marks: readonly Marks[], items: Items): Baseline {
  return {
    format: "lingualift-baseline",
    version: BASELINE_VERSION,
    experiment: slice.experiment,
    scale: slice.scale,
    world: slice.world,
    experiment_version: slice.version,
    rows: slice.rows,
    verdicts: Object.fromEntries(slice.claims.map(({ claim, verdict }) => [claim, verdict])),
    metrics: [...accuracies(slice, marks), ...ownScores(slice)],
    items: Object.fromEntries(Object.entries(items).map(([benchmark, list]) => [benchmark, [...list]])),
    marks: marks.map((row) => ({ ...row })),
  };
}

function accuracies(slice: Slice, marks: readonly Marks[]): Metric[] {
  const index = indexMarks(marks);
  return slice.benchmarks.flatMap((benchmark) =>
    slice.variants.flatMap(({ name: variant }) =>
      scopesOf(benchmark).flatMap(({ scope, languages }): Metric[] => {
        const cell = { benchmark: benchmark.id, variant, scope, languages: [...languages] };
        const { value, k, n, printed } = recompute(cell, index);
        return printed === "" ? [] : [{ metric: "accuracy", ...cell, value, n, k, seeds: [] }];
      })
    )
  );
}

function ownScores(slice: Slice): Metric[] {
  const groups = Map.groupBy(
    slice.own,
    ({ benchmark, variant, scope, metric }) => JSON.stringify([metric, benchmark, variant, scope]),
  );
  return [...groups].map(([key, scores]) => {
    const [metric, benchmark, variant, scope] = atLeast<string, 4>(JSON.parse(key), 4);
    const seeds = scores.map(({ value }) => value);
    const total = (pick: (score: typeof scores[number]) => number | null) =>
      scores.every((score) => pick(score) !== null)
        ? scores.reduce((sum, score) => sum + pick(score)!, 0)
        : null;
    const value = seeds.reduce((sum, x) => sum + x, 0) / seeds.length;
    return {
      metric,
      benchmark,
      variant,
      scope,
      languages: [],
      value,
      n: total((s) => s.n),
      k: total((s) => s.k),
      seeds,
    };
  });
}

/** Its file in a folder of baselines. */
function baselinePath(folder: string, key: SliceKey): string {
  return join(folder, `${sliceName(key)}.json`);
}

/** Writes it with a line per entry, so that a diff of two versions can be read. */
export function writeBaseline(folder: string, baseline: Baseline): string {
  const path = baselinePath(folder, baseline);
  const lines = (list: readonly unknown[]) =>
    `[\n${list.map((entry) => `  ${JSON.stringify(entry)}`).join(",\n")}\n ]`;
  const fields = Object.entries(baseline).map(([name, value]) =>
    ` ${JSON.stringify(name)}: ${Array.isArray(value) ? lines(value) : JSON.stringify(value)}`
  );
  writeFileAtomic(path, `{\n${fields.join(",\n")}\n}\n`);
  return path;
}

/**
 * All baselines of a folder in order of name; none when the folder is missing.
 * @throws {UserError} for a file that is malformed, of another version, or does not follow from its own answers.
 */
export function readBaselines(folder: string): Baseline[] {
  if (!exists(folder)) return [];
  const names = [...Deno.readDirSync(folder)].map(({ name }) => name).filter((name) => name.endsWith(".json"))
    .sort();
  return names.map((name) => readBaseline(join(folder, name)));
}

function readBaseline(path: string): Baseline {
  const advice = "restore it from the repository or write it again with `deno task regress --update`";
  let raw: unknown;
  try {
    raw = JSON.parse(Deno.readTextFileSync(path));
  } catch (error) {
    throw new UserError(`Cannot read "${path}": ${(error as Error).message}; ${advice}`, { cause: error });
  }
  const parsed = v.safeParse(baselineSchema, raw);
  if (!parsed.success) {
    const issue = parsed.issues[0];
    throw new UserError(
      `Cannot read "${path}": ${v.getDotPath(issue) ?? "baseline"}: ${issue.message}; ${advice}`,
    );
  }
  const index = indexMarks(parsed.output.marks);
  for (const metric of parsed.output.metrics.filter(({ languages }) => languages.length > 0)) {
    const again = recompute(metric, index);
    if (again.k === metric.k && again.n === metric.n && again.value === metric.value) continue;
    throw new UserError(
      `Cannot use "${path}": ${metric.variant}, ${metric.benchmark} ${metric.scope} says ${metric.k} of ${metric.n}, its ` +
        `answers say ${again.k} of ${again.n}; ${advice}`,
    );
  }
  return parsed.output;
}
