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
import { slotOf } from "../lab/plan/prepare.ts";
import { type LabPaths, labPaths } from "../lab/record/paths.ts";
import type { RunRecord } from "../lab/record/record.ts";
import { currentRuns, readFailures, readRecords } from "../lab/record/records.ts";
import { allAttempts, type Found, type Kept, messageReader, readResult } from "../lab/run/attempt.ts";
import type { State } from "../lab/run/executor.ts";
import { openExecutor } from "../lab/run/executors.ts";
import { isSilent } from "../lab/run/left_behind.ts";
import { isHeld } from "../lab/run/lock.ts";
import { command, parse } from "./command.ts";
import { exitWith } from "./exit.ts";
import { labOption, siteOption } from "./experiment/options.ts";
import { groupAccuracies } from "./experiment/first_numbers.ts";
import { duration } from "./terminal/duration.ts";
import { print, tell } from "./terminal/print.ts";
import { columns } from "./terminal/table.ts";

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
  readonly score: { readonly benchmark: string; readonly value: number } | null;
  readonly wall_s: number | null;
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
  deno task runs --json               with the fields that each run changes
`;

/** Runs the command line. @returns the exit code */
async function runsMain(args: readonly string[]): Promise<number> {
  const program = command(
    "runs",
    "All runs in one table: waiting, running, failed and done, with score, time and memory",
  )
    .argument("[ids...]", "experiments; without any, all")
    .option("--all", "those too that a later run has taken the place of")
    .option("--json", "as JSON")
    .addOption(labOption())
    .addOption(siteOption())
    .addHelpText("after", EXAMPLES);
  const parsed = parse<{ all?: true; json?: true; lab: string; site: string }>(program, args);
  if (!parsed) return 0;
  const { options: { all, json, lab, site }, args: ids } = parsed;
  const rows = (await runRows(labPaths(resolve(lab)), site)).filter(({ experiment, state }) =>
    (ids.length === 0 || ids.includes(experiment)) && (all || state !== "superseded")
  );
  if (json) print(JSON.stringify(rows, null, 2));
  else if (rows.length === 0) print(`No runs in "${lab}"${ids.length > 0 ? ` of ${ids.join(", ")}` : ""}`);
  else print(table(rows));
  return 0;
}

/** All runs: those under way, then failed, then done, the latest first. @param site of a queue that may have some */
export async function runRows(paths: LabPaths, site: string): Promise<Row[]> {
  const records = readRecords(paths, tell);
  const current = currentRuns(paths, records);
  const done = [...records.values()].map((record) =>
    doneRow(paths, record, current.get(slotOf(record)) === record.id)
  );
  const failed = [...readFailures(paths, tell).values()].filter(({ id }) => !records.has(id)).map(
    ({ id, experiment, variant, seed, scale, world, wall_s, finished, message }): Row => ({
      ...{ id, state: "failed", experiment, variant, seed, scale, world, engine: null, score: null, wall_s },
      ...{ peak_bytes: null, commit: null, finished, changed: {}, note: message.split("\n")[0]! },
    }),
  );
  const latest = (a: Row, b: Row) => (a.finished ?? "") < (b.finished ?? "") ? 1 : -1;
  return [...await openRows(paths, site), ...failed.sort(latest), ...done.sort(latest)];
}

function doneRow(paths: LabPaths, record: RunRecord, counts: boolean): Row {
  const { id, experiment, variant, seed, scale, world, wall_s, peak_bytes, finished, recipe, provenance } =
    record;
  const { benchmarks = "[]", engine = null } = record.ingredients.other;
  const [first] = groupAccuracies(paths, record, (JSON.parse(benchmarks) as Benchmark[]).slice(0, 1))
    .filter(({ group }) => group === "avg");
  return {
    ...{ id, state: counts ? "done" : "superseded", experiment, variant, seed, scale, world, engine },
    score: first === undefined ? null : { benchmark: first.benchmark, value: first.value },
    ...{ wall_s, peak_bytes, commit: provenance.commit ?? null, finished },
    changed: Object.fromEntries(
      recipe.filter(({ by }) => by === "variant").map(({ path, value }) => [path, value]),
    ),
    note: "",
  };
}

/** Attempts without a result: of a lab at work on this machine, or with a queue, which is asked. */
async function openRows(paths: LabPaths, site: string): Promise<Row[]> {
  const open = allAttempts(paths).filter(({ attempt }) => readResult(attempt) === undefined);
  const states = await statesOf(paths, open.flatMap(({ handle }) => handle ?? []), site);
  const isAtWork = isHeld(`${paths.locks}/lab`);
  return open.flatMap(({ handle, ...found }): Row[] => {
    // Of a lab that was killed nothing goes on.
    if (handle === undefined) {
      return isAtWork && !isSilent(found.attempt.folder) ? [openRow(found, "running", [])] : [];
    }
    const state = states.get(handle.id) ?? { kind: "unknown" };
    if (state.kind !== "ended") return [openRow(found, state.kind, [state.why ?? []].flat())];
    return [openRow(found, "ended", [state.how])];
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
    ...{ id, state, experiment: id.split("~")[0]!, variant, seed, scale, world, engine, score: null },
    ...{ wall_s: null, peak_bytes: null, commit: null, finished: null, changed: {} },
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

if (import.meta.main) await exitWith(() => runsMain(Deno.args));
