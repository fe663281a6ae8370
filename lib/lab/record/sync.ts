/**
 * Brings `.lab/lab.duckdb` in line with the records on disk. The database is an index: when it is missing, torn, of an
 * older schema or changed by something else it is built anew beside its place and moved there. Only the holder of the
 * store's lock writes.
 * @module
 */
import { version } from "@duckdb/node-api";
import { exists, fileStamp, writeFileAtomic } from "../../files.ts";
import { hashJson } from "../../hash.ts";
import { asUserError, EnvironmentError } from "../../os_errors.ts";
import { join } from "node:path";
import * as v from "valibot";
import { appendRows, numberOf } from "../../store/append.ts";
import { BrokenStore, type Store } from "../../store/open.ts";
import { ingestSamples } from "../../store/samples.ts";
import { SCHEMA_VERSION, TABLES } from "../../store/schema.ts";
import { updateStore } from "../../store/update.ts";
import { lock } from "../run/lock.ts";
import { getJson, objectPath } from "./objects.ts";
import type { LabPaths } from "./paths.ts";
import type { Declaration, RunRecord } from "./record.ts";
import { currentRuns, readFailures, readRecords } from "./records.ts";
import { readVerdicts, type VerdictFile, writeVerdicts } from "./verdicts.ts";
import { declarationRows, failureRow, type Rows, runRows, scopeRows, verdictRows } from "./rows.ts";

/** A cell of the paper's tables, in the order of the schema's columns. */
export type PaperRow = readonly [
  table: string,
  caption: string,
  rowPosition: number,
  row: string,
  columnPosition: number,
  column: string,
  printed: string,
  value: number | null,
  n: number | null,
];

/** The paper's tables for the store: read only when the stamp says that they changed. */
export interface PaperRows {
  readonly stamp: string;
  rows(): readonly PaperRow[];
}

/** What a sync needs besides the records. */
export interface SyncOptions {
  readonly notice: (message: string) => void;
  /** `null` where there are none, as in tests. */
  readonly paper: PaperRows | null;
  /** Judges claims on the answers, once they are in the store; what it gives is kept and taken in. */
  readonly judge?: ((store: Store) => Promise<readonly VerdictFile[]>) | undefined;
  /** The records, where the caller has just read them. */
  readonly records?: ReadonlyMap<string, RunRecord>;
}

/** Rows of answers taken in by one statement; bounds memory. */
const BATCH_ROWS = 1_000_000;

/** What the records say, compared with what the database was built from. */
interface Truth {
  readonly records: ReadonlyMap<string, RunRecord>;
  readonly failures: ReturnType<typeof readFailures>;
  readonly current: ReadonlyMap<string, string>;
  readonly verdicts: ReturnType<typeof readVerdicts>;
  readonly paper: PaperRows | null;
  readonly hash: string;
}

/**
 * Makes the database say what the records say; does not open it when nothing changed.
 * @returns how many runs were added
 */
export async function syncStore(
  paths: LabPaths,
  options: SyncOptions,
): Promise<number> {
  // Before the lock, so that results can be read where nothing can be written.
  const { hash } = readTruth(paths, options);
  if (!options.judge && readStamp(paths) === stampOf(paths, hash)) return 0;
  try {
    return await syncLocked(paths, options);
  } catch (error) {
    // A copy of a lab has files of other times than its stamp says, and says the same.
    if (isRefusal(error) && exists(paths.database) && readStamp(paths)?.endsWith(` ${hash}`)) return 0;
    throw error;
  }
}

/** Whether nothing can be written here, as opposed to: no more. */
function isRefusal(error: unknown): boolean {
  return error instanceof EnvironmentError && ["EROFS", "EACCES", "EPERM"].includes(error.code);
}

async function syncLocked(paths: LabPaths, options: SyncOptions): Promise<number> {
  const held = await lock(join(paths.locks, "store"), "store", {
    onWait: (holder) => options.notice(`Process ${holder?.pid ?? "?"} writes the store; waiting`),
  });
  try {
    const { judge } = options;
    const failed: unknown[] = [];
    const truth = readTruth(paths, options);
    if (!judge && stampOf(paths, truth.hash) === readStamp(paths)) return 0;
    const vouched = readStamp(paths)?.startsWith(storeStamp(paths)) ?? false;
    const added = await updateStore(
      paths.database,
      { vouched, notice: options.notice },
      async (store) => {
        const added = await fill(store, paths, truth);
        if (!judge) return added;
        try {
          for (const file of await judge(store)) writeVerdicts(paths, file);
        } catch (error) {
          if (error instanceof BrokenStore) throw error;
          // An experiment's own check may throw: the answers are taken in all the same.
          failed.push(error);
        }
        await replaceRows(store, "claim", readVerdicts(paths, options.notice).flatMap(verdictRows));
        return added;
      },
    );
    const hash = judge ? readTruth(paths, options).hash : truth.hash;
    writeFileAtomic(stampPath(paths), stampOf(paths, hash));
    if (failed.length > 0) throw failed[0];
    return added;
  } catch (error) {
    throw asUserError(error, paths.database);
  } finally {
    held.release();
  }
}

function readTruth(
  paths: LabPaths,
  { notice, paper, records = readRecords(paths, notice) }: SyncOptions,
): Truth {
  const failures = new Map([...readFailures(paths, notice)].filter(([id]) => !records.has(id)));
  const current = currentRuns(paths, records);
  const verdicts = readVerdicts(paths, notice);
  const hash = hashJson([
    SCHEMA_VERSION,
    version(), // another DuckDB seals with other hashes
    [...records.keys()],
    [...failures.values()].map(({ id, finished }) => [id, finished]),
    [...current],
    verdicts,
    paper?.stamp ?? null,
  ]);
  return { records, failures, current, verdicts, paper, hash };
}

/** Brings the rows in line with the records. @returns how many runs were added */
async function fill(store: Store, paths: LabPaths, truth: Truth): Promise<number> {
  // Every query orders its rows, so those of many files may come in as they are read.
  await store.connection.run("SET preserve_insertion_order = false");
  const there = await store.rows(
    v.object({ run_id: v.string(), status: v.string() }),
    "SELECT run_id, status FROM run ORDER BY run_id",
  );
  const done = new Set(there.filter(({ status }) => status === "done").map(({ run_id }) => run_id));
  const gone = there.filter(({ run_id, status }) => status === "failed" || !truth.records.has(run_id));
  const missing = [...truth.records.values()].filter(({ id }) => !done.has(id));
  await removeRuns(store, gone.map(({ run_id }) => run_id));
  for (const batch of batches(missing)) await addRuns(store, paths, batch);
  await appendRows(store.connection, "run", [...truth.failures.values()].map(failureRow));
  await refresh(store, paths, truth);
  return missing.length;
}

async function addRuns(store: Store, paths: LabPaths, records: readonly RunRecord[]): Promise<void> {
  const tables: Rows = {};
  for (const record of records) {
    for (const [table, rows] of Object.entries(runRows(paths, record))) (tables[table] ??= []).push(...rows);
  }
  for (const [table, rows] of Object.entries(tables)) await appendRows(store.connection, table, rows);
  const files = records.map(({ id, declaration, steps }) => ({
    run: id,
    declaration,
    answers: steps.flatMap(({ answers }) => answers.map(({ object }) => objectPath(paths, object))),
    prompts: steps.flatMap(({ prompts }) => prompts.map(({ object }) => objectPath(paths, object))),
  }));
  await ingestSamples(store, files, (declaration) => scopeRows(getJson<Declaration>(paths, declaration)));
}

/** The small tables that follow from all records together. */
async function refresh(store: Store, paths: LabPaths, truth: Truth): Promise<void> {
  const { connection } = store;
  const current = [...truth.current.values()].sort();
  await connection.run("UPDATE run SET current = false WHERE current");
  if (current.length > 0) {
    await connection.run(`UPDATE run SET current = true WHERE run IN (${current.map(numberOf).join(", ")})`);
  }
  const latest = new Map<string, RunRecord>();
  for (const id of current) {
    const record = truth.records.get(id)!;
    const key = JSON.stringify([record.experiment, record.scale, record.world]);
    const other = latest.get(key);
    if (!other || other.finished < record.finished) latest.set(key, record);
  }
  const tables: Rows = {
    experiment: [],
    variant: [],
    benchmark: [],
    scope: [],
    claim: truth.verdicts.flatMap(verdictRows),
    paper_cell: truth.paper?.rows().map((row) => [...row]) ?? [],
  };
  for (const [key, record] of [...latest].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const declaration = getJson<Declaration>(paths, record.declaration);
    const rows = declarationRows(JSON.parse(key), declaration);
    for (const [table, added] of Object.entries(rows)) tables[table]!.push(...added);
  }
  for (const [table, rows] of Object.entries(tables)) await replaceRows(store, table, rows);
}

async function replaceRows({ connection }: Store, table: string, rows: Rows[string]): Promise<void> {
  await connection.run(`DELETE FROM ${table}`);
  await appendRows(connection, table, rows);
}

async function removeRuns(store: Store, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const numbers = ids.map(numberOf).join(", ");
  for (const { name, columns } of TABLES) {
    if (columns[0]!.name === "run") {
      await store.connection.run(`DELETE FROM ${name} WHERE run IN (${numbers})`);
    }
  }
}

function batches(records: readonly RunRecord[]): RunRecord[][] {
  const out: RunRecord[][] = [];
  let rows = Infinity;
  for (const record of records) {
    const own = record.steps.flatMap((step) => step.answers).reduce((sum, answers) => sum + answers.rows, 0);
    if (rows + own > BATCH_ROWS) {
      out.push([]);
      rows = 0;
    }
    out.at(-1)!.push(record);
    rows += own;
  }
  return out;
}

function stampPath(paths: LabPaths): string {
  return join(paths.cache, "store.stamp");
}

function readStamp(paths: LabPaths): string | undefined {
  return exists(stampPath(paths)) ? Deno.readTextFileSync(stampPath(paths)) : undefined;
}

/** What the database file looks like from outside, then what it was built from. */
function stampOf(paths: LabPaths, truth: string): string {
  return `${storeStamp(paths)} ${truth}`;
}

function storeStamp({ database }: LabPaths): string {
  return (exists(`${database}.wal`) ? undefined : fileStamp(database)) ?? "none";
}
