/**
 * `deno task runs`: every run of a lab in one table: what waits or runs and how far it is, what failed and why, what is
 * done with its first score, time, memory and commit. Reads the records alone, and so also beside a lab at work; asks queues
 * that have runs.
 * @module
 */
import { resolve } from "node:path";
import { UserError } from "../errors.ts";
import { percent } from "../format.ts";
import type { Benchmark } from "../lab/experiment/types.ts";
import { experimentOfRun, slotOf } from "../lab/plan/prepare.ts";
import { type LabPaths, labPaths } from "../lab/record/paths.ts";
import type { RunRecord } from "../lab/record/record.ts";
import { currentRuns, readFailures, readRecords } from "../lab/record/records.ts";
import { type Found, type Kept, messageReader, readResult } from "../lab/run/attempt.ts";
import type { State } from "../lab/run/executor.ts";
import { openExecutor } from "../lab/run/executors.ts";
import { openAttempts } from "../lab/run/left_behind.ts";
import { command, parse } from "./command.ts";
import { exitWith } from "./exit.ts";
import { labOption, siteOption } from "./experiment/options.ts";
import { groupAccuracies } from "./experiment/first_numbers.ts";
import { duration } from "./terminal/duration.ts";
import { print, tell } from "./terminal/print.ts";
import { columns } from "./terminal/table.ts";

/** A benchmark's mean over its languages, in [0, 1]. */
interface Score {
  readonly benchmark: string;
  readonly value: number;
}

/** A run as the table shows it. */
interface Row {
  readonly id: string;
  /** The first four as a queue has them: "ended" without a result, and not submitted again yet. */
  readonly state: "waiting" | "running" | "unknown" | "ended" | "failed" | "done" | "superseded";
  readonly experiment: string;
  readonly variant: string;
  readonly seed: number;
  readonly scale: string;
  readonly world: string;
  readonly engine: string | null;
  /** Mean over the languages of the first benchmark, in [0, 1]. */
  readonly score: Score | null;
  /** The means of all benchmarks, where they were asked for. */
  readonly scores: readonly Score[];
  readonly wall_s: number | null;
  readonly cpu_s: number | null;
  readonly peak_bytes: number | null;
  readonly commit: string | null;
  readonly finished: string | null;
  /** Fields that differ from the experiment's base, with their values. */
  readonly changed: Readonly<Record<string, string>>;
  /** How far it is, or why it failed. */
  readonly note: string;
}

const EXAMPLES = `
Examples:
  deno task runs                      what counts, what runs, what failed
  deno task runs stage_removal --all  earlier runs too
  deno task runs --wide               all scores, processor time, changed fields
  deno task runs --json               the same as JSON
`;

/** Runs the command line. @returns the exit code */
async function runsMain(args: readonly string[]): Promise<number> {
  const program = command(
    "runs",
    "All runs in one table: waiting, running, failed and done, with score, time and memory",
  )
    .argument("[ids...]", "experiments; without any, all")
    .option("--all", "those too that a later run has taken the place of")
    .option("--wide", "with all scores, processor time, when it finished, and the fields that it changes")
    .option("--json", "as JSON")
    .addOption(labOption())
    .addOption(siteOption())
    .addHelpText("after", EXAMPLES);
  const parsed = parse<{ all?: true; wide?: true; json?: true; lab: string; site: string }>(program, args);
  if (!parsed) return 0;
  const { options: { all, wide = false, json = false, lab, site }, args: ids } = parsed;
  const rows = (await runRows(labPaths(resolve(lab)), site, wide || json)).filter(({ experiment, state }) =>
    (ids.length === 0 || ids.includes(experiment)) && (all || state !== "superseded")
  );
  if (json) print(JSON.stringify(rows, null, 2));
  else if (rows.length === 0) print(`No runs in "${lab}"${ids.length > 0 ? ` of ${ids.join(", ")}` : ""}`);
  else print(wide ? wideTable(rows) : table(rows));
  return 0;
}

/**
 * All runs: those under way, then failed, then done, the latest first.
 * @param site of a queue that may have some
 * @param whole with all scores, not the first alone
 */
export async function runRows(paths: LabPaths, site: string, whole = false): Promise<Row[]> {
  const records = readRecords(paths, tell);
  const current = currentRuns(paths, records);
  const done = [...records.values()].map((record) =>
    doneRow(paths, record, { counts: current.get(slotOf(record)) === record.id, whole })
  );
  const failed = [...readFailures(paths, tell).values()].filter(({ id }) => !records.has(id)).map(
    ({ id, experiment, variant, seed, scale, world, wall_s, finished, message }): Row => ({
      ...{ id, state: "failed", experiment, variant, seed, scale, world, engine: null, score: null, wall_s },
      ...{ scores: [], cpu_s: null, peak_bytes: null, commit: null, finished, changed: {} },
      note: message.split("\n")[0]!,
    }),
  );
  const latest = (a: Row, b: Row) => (a.finished ?? "") < (b.finished ?? "") ? 1 : -1;
  return [...await openRows(paths, site), ...failed.sort(latest), ...done.sort(latest)];
}

function doneRow(
  paths: LabPaths,
  record: RunRecord,
  { counts, whole }: { counts: boolean; whole: boolean },
): Row {
  const { id, experiment, variant, seed, scale, world, recipe, provenance } = record;
  const { wall_s, cpu_s, peak_bytes, finished } = record;
  const { benchmarks = "[]", engine = null } = record.ingredients.other;
  const asked = (JSON.parse(benchmarks) as Benchmark[]).slice(0, whole ? undefined : 1)
    // Its groups are not shown.
    .map((benchmark) => ({ ...benchmark, groups: {} }));
  const scores = groupAccuracies(paths, record, asked).map(({ benchmark, value }) => ({ benchmark, value }));
  return {
    ...{ id, state: counts ? "done" : "superseded", experiment, variant, seed, scale, world, engine },
    ...{ score: scores[0] ?? null, scores, wall_s, cpu_s, peak_bytes, commit: provenance.commit ?? null },
    finished,
    changed: Object.fromEntries(
      recipe.filter(({ by }) => by === "variant").map(({ path, value }) => [path, value]),
    ),
    note: "",
  };
}

/** Attempts without a result: of a lab at work on this machine, or with a queue, which is asked. */
async function openRows(paths: LabPaths, site: string): Promise<Row[]> {
  const open = openAttempts(paths).filter(({ attempt }) => readResult(attempt) === undefined);
  const states = await statesOf(paths, open.flatMap(({ handle }) => handle ?? []), site);
  return open.map(({ handle, ...found }): Row => {
    if (handle === undefined) return openRow(found, "running", []);
    const state = states.get(handle.id) ?? { kind: "unknown" };
    if (state.kind !== "ended") return openRow(found, state.kind, [state.why ?? []].flat());
    return openRow(found, "ended", [state.how]);
  });
}

/** What queues say of what they have. */
async function statesOf(
  paths: LabPaths,
  handles: readonly Kept[],
  site: string,
): Promise<ReadonlyMap<string, State>> {
  const states = new Map<string, State>();
  for (const [name, own] of Map.groupBy(handles, ({ executor }) => executor)) {
    try {
      const executor = openExecutor(name, { paths, site, jobs: undefined, say: tell });
      for (const [id, state] of await executor.poll(own)) states.set(id, state);
    } catch (error) {
      // The records can be read on any machine.
      if (!(error instanceof UserError)) throw error;
      tell(`What ${name} has is not known: ${error.message}`);
    }
  }
  return states;
}

/** @param words what a queue says of it */
function openRow(
  { run: id, attempt, request }: Omit<Found, "handle">,
  state: Row["state"],
  words: readonly string[],
): Row {
  const { spec: { variant, seed, scale, world, runtime: { engine } }, until } = request;
  const last = messageReader(attempt)().findLast(({ type }) => type === "progress" || type === "step");
  const at = last?.type === "progress"
    ? [`${last.step} ${last.done}/${last.total}`]
    : last?.type === "step"
    ? [last.step]
    : state === "running"
    ? ["begins"]
    : [];
  const part = until === undefined ? [] : ["shared steps"];
  return {
    ...{ id, state, experiment: experimentOfRun(id), variant, seed, scale, world, engine, score: null },
    ...{ scores: [], wall_s: null, cpu_s: null, peak_bytes: null, commit: null, finished: null, changed: {} },
    note: [...part, ...words, ...at].join(", ") || "-",
  };
}

/** Notes stand behind the table, since some are long. */
function table(rows: readonly Row[]): string {
  const head = [
    "state",
    "experiment",
    "variant",
    "seed",
    "scale",
    "world",
    "engine",
    "score %",
    "time",
    "GB",
    "commit",
  ];
  const text = columns([
    head,
    ...rows.map((
      { state, experiment, variant, seed, scale, world, engine, score, wall_s, peak_bytes, commit },
    ) => [
      ...[state, experiment, variant, String(seed), scale, world, engine ?? "-"],
      score === null ? "-" : `${score.benchmark} ${percent(score.value)}`,
      wall_s === null ? "-" : duration(wall_s),
      peak_bytes === null ? "-" : (peak_bytes / 1e9).toFixed(1),
      commit?.slice(0, 8) ?? "-",
    ]),
  ]);
  return text.split("\n").map((line, at) => {
    const note = at === 0 ? "" : rows[at - 1]!.note;
    return note === "" ? line : `${line}  ${note}`;
  }).join("\n");
}

/** Everything of a run on a line, however long. */
function wideTable(rows: readonly Row[]): string {
  const lines = table(rows.map((row) => ({ ...row, note: "" }))).split("\n");
  const more = columns([
    ["cpu", "finished"],
    ...rows.map(({ cpu_s, finished }) => [
      cpu_s === null ? "-" : duration(cpu_s),
      finished?.slice(0, 16).replace("T", " ") ?? "-",
    ]),
  ]).split("\n");
  return lines.map((line, at) => {
    if (at === 0) return `${line}  ${more[0]}  all scores %; changed fields`;
    const { scores, changed, note } = rows[at - 1]!;
    const words = [
      scores.map(({ benchmark, value }) => `${benchmark} ${percent(value)}`).join(", "),
      Object.entries(changed).map(([path, value]) => `${path} = ${value}`).join(", "),
      note,
    ].filter((text) => text !== "");
    return `${line}  ${more[at]}  ${words.join("; ")}`.trimEnd();
  }).join("\n");
}

if (import.meta.main) await exitWith(() => runsMain(Deno.args));
