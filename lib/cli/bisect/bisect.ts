/**
 * `deno task bisect EXPERIMENT SCORE`: the commit that moved a score. Runs at commits between two whose scores differ,
 * only what differs between them, in a clone beside the lab.
 * @module
 */
import { join, relative, resolve } from "node:path";
import { UserError } from "../../errors.ts";
import { removeTree } from "../../files.ts";
import { plural } from "../../format.ts";
import { explainChange } from "../../lab/plan/explain.ts";
import { changesOf } from "../../lab/record/git.ts";
import {
  commitsBetween,
  findCommit,
  lastChange,
  type NamedCommit,
  short,
} from "../../lab/record/git_history.ts";
import { labPaths, ROOT } from "../../lab/record/paths.ts";
import { tryLock } from "../../lab/run/lock.ts";
import { sliceName } from "../../results/slice.ts";
import { command, parse } from "../command.ts";
import { labOption, scaleOption } from "../experiment/options.ts";
import { onInterrupt } from "../terminal/interrupt.ts";
import { print, tell } from "../terminal/print.ts";
import { wholeNumber } from "../values.ts";
import {
  CannotMeasure,
  measure,
  type Measured,
  openWorkplace,
  planAt,
  type PlannedRun,
  type Question,
  type Workplace,
} from "./measure.ts";
import { parseScore } from "./score.ts";
import { searchMove } from "./search.ts";

interface Options {
  readonly good?: string;
  readonly bad: string;
  readonly metric: string;
  readonly scale: string;
  readonly seed: number;
  readonly json?: true;
  readonly lab: string;
}

const EXAMPLES = `
A score is BENCHMARK/VARIANT/SCOPE, the scope a language, a group or avg. A commit
belongs to the end whose score it has: the same code and recipe give the same
bytes on one machine, so that any other value is a move. One that cannot be run is
skipped. Changes that are not committed are not looked at.

Examples:
  deno task bisect stage_removal mgsm/LinguaLIFT/avg --scale smoke
  deno task bisect stage_removal mgsm/LinguaLIFT/sw --good v0.1 --bad main
  deno task bisect stage_removal mgsm/LinguaLIFT/LR -- --world open --data /data
`;

/** What came of it, as JSON. */
interface Outcome {
  readonly experiment: string;
  readonly score: string;
  readonly metric: string;
  readonly before: number;
  readonly after: number;
  /** The commit that moved it; of several one, where those before the last could not be run. */
  readonly commits: readonly NamedCommit[];
  /** What of the run differs, in words. */
  readonly changed: readonly string[];
  readonly isSeveral: boolean;
  readonly ran: number;
  readonly shared: number;
  readonly skipped: number;
}

/** Runs the command line. @returns 0, or 1 when the score is the same at both ends */
export async function bisectMain(args: readonly string[]): Promise<number> {
  const program = command("bisect", "Names the commit that moved a score, running only what differs")
    .argument("<experiment>", "its id")
    .argument("<score>", "benchmark/variant/scope, as mgsm/LinguaLIFT/avg")
    .argument("[options...]", "after --, more options of deno task experiment; absolute paths")
    .option("--good <commit>", "where the score was as before (default: the baseline's last change)")
    .option("--bad <commit>", "where it has moved", "HEAD")
    .option("--metric <name>", "accuracy, or the metric of a step's own score", "accuracy")
    .option("--scale <scale>", "smoke, demo, micro, small or full", scaleOption, "micro")
    .option("--seed <n>", "the run's seed", wholeNumber("--seed", 0), 1)
    .option("--json", "as JSON")
    .addOption(labOption())
    .addHelpText("after", EXAMPLES);
  const parsed = parse<Options>(program, args);
  if (!parsed) return 0;
  const { options } = parsed;
  const [experiment, score, ...more] = parsed.args;
  const lab = labPaths(resolve(options.lab));
  const question: Question = {
    experiment: experiment!,
    score: parseScore(score!, options.metric),
    seed: options.seed,
    scale: options.scale,
    more,
  };
  const bad = findCommit(ROOT, options.bad);
  const asked = options.good === undefined ? undefined : findCommit(ROOT, options.good);
  const folder = join(lab.root, "bisect");
  const held = tryLock(join(lab.locks, "bisect"), "bisect");
  if (!held) throw new UserError(`Cannot bisect: another one is at work in "${folder}"; wait for its end`);
  const abort = new AbortController();
  const ended = onInterrupt(abort, tell);
  try {
    const changes = changesOf(ROOT);
    if ("isDirty" in changes && changes.isDirty) tell("Changes that are not committed are not looked at");
    const place = openWorkplace(ROOT, folder, lab);
    const outcome = await bisect(place, question, { asked, bad, signal: abort.signal });
    removeTree(folder);
    if (outcome === undefined) return 1;
    print(options.json ? JSON.stringify(outcome, null, 2) : describe(outcome, question));
    return 0;
  } finally {
    ended();
    held.release();
  }
}

/** Searches; undefined when there is nothing to find, which has been told. */
async function bisect(
  place: Workplace,
  question: Question,
  { asked, bad, signal }: { asked: NamedCommit | undefined; bad: NamedCommit; signal: AbortSignal },
): Promise<Outcome | undefined> {
  const plan = await atEnd(bad, () => planAt(place, bad, question, signal));
  const good = asked ?? baselineCommit(question, plan, bad);
  const between = commitsBetween(ROOT, good, bad);
  if (between.length === 0) {
    throw new UserError(`Cannot look between ${short(good)} and itself; name another --good`);
  }
  const commits = [good, ...between];
  tell(`${plural(between.length, "commit")} after ${short(good)} up to ${short(bad)}`);
  const known = new Map<number, Measured>();
  let skipped = 0;
  const look = async (at: number, planned?: PlannedRun): Promise<Measured> => {
    const commit = commits[at]!;
    const run = planned ?? await planAt(place, commit, question, signal);
    const found = await measure(place, run, question, signal);
    known.set(at, found);
    const how = found.isRun ? "" : ", the run of another commit";
    tell(`  ${short(commit)} ${valueText(found.value, question)}${how}  ${commit.subject}`);
    return found;
  };
  const last = commits.length - 1;
  const after = await atEnd(bad, () => look(last, plan));
  const before = await atEnd(good, () => look(0));
  if (before.value === after.value) {
    tell(`Nothing to find: the score is ${valueText(after.value, question)} at both ends`);
    return undefined;
  }
  const found = await searchMove(
    { before: 0, after: last },
    { before: before.value, after: after.value },
    async (at) => {
      try {
        return (await look(at)).value;
      } catch (error) {
        if (!(error instanceof CannotMeasure)) throw error;
        skipped++;
        tell(`  ${short(commits[at]!)} skipped: ${error.message}`);
      }
    },
  );
  const [one, other] = [known.get(found.before)!, known.get(found.after)!];
  const { benchmark, variant, scope, metric } = question.score;
  const runs = [...known.values()];
  return {
    experiment: question.experiment,
    score: `${benchmark}/${variant}/${scope}`,
    metric,
    before: one.value,
    after: other.value,
    commits: commits.slice(found.before + 1, found.after + 1),
    changed: explainChange(place.paths, one.record.ingredients, other.record.ingredients),
    isSeveral: found.isSeveral,
    ran: runs.filter(({ isRun }) => isRun).length,
    shared: runs.filter(({ isRun }) => !isRun).length,
    skipped,
  };
}

/** An end that cannot be measured leaves nothing to search between. */
async function atEnd<T>(commit: NamedCommit, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof CannotMeasure)) throw error;
    throw new UserError(`Cannot bisect: ${short(commit)} cannot be measured: ${error.message}`, {
      cause: error,
    });
  }
}

function baselineCommit(
  { experiment, scale }: Question,
  { world }: PlannedRun,
  bad: NamedCommit,
): NamedCommit {
  const path = relative(
    ROOT,
    join(ROOT, "reports", "baselines", `${sliceName({ experiment, world, scale })}.json`),
  );
  const found = lastChange(ROOT, bad, path);
  if (found !== undefined) return found;
  throw new UserError(
    `Cannot tell where the score was as before: there is no baseline "${path}"; name it with --good`,
  );
}

function valueText(value: number, { score: { metric } }: Question): string {
  // Two decimals, so that a single answer of thousands shows.
  return metric === "accuracy" ? `${(value * 100).toFixed(2)} %` : String(value);
}

function describe(outcome: Outcome, question: Question): string {
  const { experiment, score, metric, before, after, commits, changed, ran, shared, skipped } = outcome;
  const show = (value: number) => valueText(value, question);
  const name = metric === "accuracy" ? score : `${score} ${metric}`;
  return [
    `${experiment} ${name}, ${question.scale}, seed ${question.seed}: ${show(before)} -> ${show(after)}`,
    commits.length === 1 ? "moved by" : "moved by one of these, of which only the last could be run",
    ...commits.map((commit) => `  ${short(commit)} ${commit.date.slice(0, 10)} ${commit.subject}`),
    ...(changed.length > 0 ? ["what of the run it changed", ...changed.map((line) => `  ${line}`)] : []),
    ...(outcome.isSeveral
      ? ["Other commits moved it, too: bisect on either side of this one finds them"]
      : []),
    `${plural(ran, "commit")} run, ${shared} with the run of another, ${skipped} skipped`,
  ].join("\n");
}
