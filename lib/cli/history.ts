/**
 * `deno task history`: each score over the commits that changed its baseline, with its interval as the answers of then
 * give it. The baselines and git are all that is read.
 * @module
 */
import { join } from "node:path";
import * as v from "valibot";
import { didYouMean, UserError } from "../errors.ts";
import { exists } from "../files.ts";
import { percent, percentRange, plain } from "../format.ts";
import { changesTo, fileAt, findCommit, type NamedCommit, short } from "../lab/record/git_history.ts";
import { ROOT } from "../lab/record/paths.ts";
import { accuracy } from "../results/estimate.ts";
import { tabulate } from "../results/marks.ts";
import { command, parse } from "./command.ts";
import { exitWith } from "./exit.ts";
import { print, tell } from "./terminal/print.ts";
import { columns } from "./terminal/table.ts";

/** What is read of a baseline, of this version and of earlier ones. */
const baselineSchema = v.object({
  metrics: v.array(v.object({
    metric: v.string(),
    benchmark: v.string(),
    variant: v.string(),
    scope: v.string(),
    languages: v.array(v.string()),
    value: v.number(),
  })),
  items: v.record(v.string(), v.array(v.string())),
  marks: v.array(v.object({
    variant: v.string(),
    seed: v.number(),
    benchmark: v.string(),
    lang: v.string(),
    marks: v.string(),
  })),
});
type OldBaseline = v.InferOutput<typeof baselineSchema>;

/** A score at a commit. */
interface Point extends NamedCommit {
  readonly value: number;
  /** Null for a step's own score. */
  readonly interval: { readonly low: number; readonly high: number } | null;
}

/** A score over its commits, those left out at which it was as before. */
interface ScoreHistory {
  readonly slice: string;
  readonly benchmark: string;
  readonly variant: string;
  readonly scope: string;
  readonly metric: string;
  readonly points: readonly Point[];
}

interface Options {
  readonly scope: string;
  readonly variant?: string;
  readonly benchmark?: string;
  readonly json?: true;
}

const EXAMPLES = `
A commit at which a score is as before is left out. What moved it: deno task bisect.

Examples:
  deno task history stage_removal
  deno task history stage_removal --variant LinguaLIFT --benchmark mgsm --scope sw
`;

/** Runs the command line. @returns the exit code */
export function historyMain(args: readonly string[]): number {
  const program = command("history", "Each score over the commits that changed its baseline")
    .argument("[experiments...]", "without any, all that have a baseline")
    .option("--scope <name>", "language or group", "avg")
    .option("--variant <name>", "only this variant")
    .option("--benchmark <id>", "only this benchmark")
    .option("--json", "as JSON")
    .addHelpText("after", EXAMPLES);
  const parsed = parse<Options>(program, args);
  if (!parsed) return 0;
  const { options } = parsed;
  const found = slicesOf(parsed.args).flatMap((slice) => historyOf(ROOT, slice, options));
  if (found.length === 0) {
    throw new UserError(
      "No baseline has such a score: leave --scope, --variant or --benchmark out to see those there are",
    );
  }
  print(options.json ? JSON.stringify(found, null, 2) : found.map(describe).join("\n\n"));
  return 0;
}

/** Names of the slices with a baseline. @throws {UserError} for an experiment without one */
function slicesOf(experiments: readonly string[]): string[] {
  const folder = join(ROOT, "reports", "baselines");
  const names = exists(folder) ? [...Deno.readDirSync(folder)].map(({ name }) => name) : [];
  const slices = names.filter((name) => name.endsWith(".json")).map((name) => name.slice(0, -5)).sort();
  const known = [...new Set(slices.map(experimentOf))];
  for (const name of experiments) {
    if (!known.includes(name)) {
      throw new UserError(`Unknown experiment "${name}": ${didYouMean(name, known)}`);
    }
  }
  return slices.filter((slice) => experiments.length === 0 || experiments.includes(experimentOf(slice)));
}

function experimentOf(slice: string): string {
  return slice.split(".")[0]!;
}

/** Histories of a slice's scores in the repository `root`. @throws {UserError} where git does not tell */
export function historyOf(
  root: string,
  slice: string,
  { scope, variant, benchmark }: Pick<Options, "scope" | "variant" | "benchmark">,
): ScoreHistory[] {
  const path = `reports/baselines/${slice}.json`;
  const head = findCommit(root, "HEAD");
  const scores = new Map<string, ScoreHistory & { points: Point[] }>();
  for (const commit of changesTo(root, head, path)) {
    const baseline = readAt(root, commit, path);
    for (const metric of baseline?.metrics ?? []) {
      const isAsked = metric.scope === scope && (variant ?? metric.variant) === metric.variant &&
        (benchmark ?? metric.benchmark) === metric.benchmark;
      if (!isAsked) continue;
      const { value, languages: _, ...name } = metric;
      const key = JSON.stringify(name);
      const history = scores.get(key) ?? { slice, ...name, points: [] };
      scores.set(key, history);
      const point = { ...commit, value, interval: intervalOf(baseline!, metric) };
      if (!isAsBefore(history.points.at(-1), point)) history.points.push(point);
    }
  }
  return [...scores.values()];
}

/** Undefined, and told, where the file of then cannot be read, or was not there. */
function readAt(root: string, commit: NamedCommit, path: string): OldBaseline | undefined {
  const text = fileAt(root, commit, path);
  if (text === undefined) return undefined;
  try {
    return v.parse(baselineSchema, JSON.parse(text));
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof v.ValiError)) throw error;
    tell(`${short(commit)} is left out: its "${path}" has another format`);
  }
}

/** The interval of an accuracy, as the tables of now would print it on the answers of then. */
function intervalOf(
  { items, marks }: OldBaseline,
  { benchmark, variant, languages }: OldBaseline["metrics"][number],
): Point["interval"] {
  if (languages.length === 0) return null;
  const table = tabulate(marks.map((row) => ({ ...row, run: "" })), benchmark);
  const found = accuracy({
    marks: table.get(variant) ?? new Map(),
    languages,
    items: items[benchmark] ?? [],
  });
  return found ? { low: found.low, high: found.high } : null;
}

function isAsBefore(before: Point | undefined, now: Point): boolean {
  return before !== undefined && before.value === now.value &&
    JSON.stringify(before.interval) === JSON.stringify(now.interval);
}

function describe({ slice, benchmark, variant, scope, metric, points }: ScoreHistory): string {
  const isShare = metric === "accuracy";
  const rows = points.map(({ value, interval, subject, ...commit }) => [
    `  ${short({ ...commit, subject })} ${commit.date.slice(0, 10)}`,
    isShare ? percent(value) : plain(value),
    interval === null ? "" : `[${percentRange(interval)}]`,
  ]);
  const lines = columns(rows).split("\n").map((line, at) => `${line}  ${points[at]!.subject}`);
  return [`${slice} ${benchmark}/${variant}/${scope} ${isShare ? "%" : metric}`, ...lines].join("\n");
}

if (import.meta.main) await exitWith(() => historyMain(Deno.args));
