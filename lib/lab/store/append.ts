/**
 * Puts the small rows of run records into the store: runs, recipes, provenance, inputs, steps, steps' own scores, and
 * the declarations that tables are drawn from.
 * @module
 */
import type { DuckDBAppender, DuckDBConnection } from "@duckdb/node-api";
import { canonicalJson, sha256 } from "../../hash.ts";
import type { Closure } from "../code/closure.ts";
import { getJson } from "../objects.ts";
import type { LabPaths } from "../paths.ts";
import type { Declaration, RunRecord } from "../record.ts";
import type { FailureRecord } from "../records.ts";
import { runNumber, TABLES } from "./schema.ts";

type Cell = string | number | boolean | null;

/** Number of a run in the store. */
export function numberOf(runId: string): number {
  return runNumber(sha256(runId));
}

/** Appends rows to a table, each a list of values in the order of the schema's columns. */
export async function appendRows(
  connection: DuckDBConnection,
  table: string,
  rows: Iterable<readonly Cell[]>,
): Promise<void> {
  const { columns } = TABLES.find(({ name }) => name === table)!;
  const writers = columns.map(({ type }) => writerOf(type));
  const appender = await connection.createAppender(table);
  for (const row of rows) {
    for (const [at, write] of writers.entries()) {
      const cell = row[at];
      if (cell === null) appender.appendNull();
      else write(appender, cell);
    }
    appender.endRow();
  }
  appender.closeSync();
}

function writerOf(type: string): (appender: DuckDBAppender, cell: Cell) => void {
  const base = type.split(" ")[0];
  if (base === "BIGINT") return (appender, cell) => appender.appendBigInt(BigInt(cell as number));
  if (base === "INTEGER") return (appender, cell) => appender.appendInteger(cell as number);
  if (base === "DOUBLE") return (appender, cell) => appender.appendDouble(cell as number);
  if (base === "BOOLEAN") return (appender, cell) => appender.appendBoolean(cell as boolean);
  // Timestamps and JSON are cast from text by DuckDB.
  return (appender, cell) => appender.appendVarchar(cell as string);
}

/** A run as its small tables hold it. */
export function runRows(paths: LabPaths, record: RunRecord): Record<string, Cell[][]> {
  const run = numberOf(record.id);
  const closure = getJson<Closure>(paths, record.ingredients.code);
  const files = (kind: string, of: Readonly<Record<string, string>>): Cell[][] =>
    Object.entries(of).map(([name, hash]) => [run, kind, name, hash]);
  return {
    run: [[
      ...identityCells(record),
      "done",
      false,
      timestamp(record.started),
      timestamp(record.finished),
      record.wall_s,
      record.cpu_s,
      record.peak_bytes,
      record.steps.flatMap((step) => step.answers).reduce((sum, { rows }) => sum + rows, 0),
      null,
    ]],
    recipe: record.recipe.map(({ path, value, by }) => [run, path, value, by]),
    provenance: Object.entries(record.provenance).map(([key, value]) => [run, key, value]),
    input: [
      ...files("code", closure.code),
      ...files("data", closure.data),
      ...files("package", closure.packages),
      ...record.inputs.map(({ name, hash }) => [run, "data", name, hash]),
    ],
    step: record.steps.map((s, at) => [run, at, s.step, s.version, s.key, s.reused, s.wall_s, s.cpu_s]),
    score: record.steps.flatMap((step) =>
      step.scores.map((s) => [
        run,
        s.benchmark,
        "other",
        s.scope,
        s.metric,
        s.n ?? null,
        s.k ?? null,
        s.value,
        s.estimator,
      ])
    ),
  };
}

/** A failed run's row. */
export function failureRow(failure: FailureRecord): Cell[] {
  return [
    ...identityCells(failure),
    "failed",
    false,
    timestamp(failure.started),
    timestamp(failure.finished),
    failure.wall_s,
    0,
    0,
    0,
    failure.message.split("\n")[0],
  ];
}

function identityCells(run: RunRecord | FailureRecord): Cell[] {
  return [
    numberOf(run.id),
    run.id,
    run.experiment,
    run.scale,
    run.world,
    run.experiment_version,
    run.variant,
    run.seed,
    run.method,
    run.method_version,
    run.identity,
  ];
}

/** "2026-01-31T12:00:00.000Z" as DuckDB's TIMESTAMP takes it. */
function timestamp(iso: string): string {
  return iso.replace("T", " ").replace("Z", "");
}

/** The tables that a declaration fills. */
export function declarationRows(
  key: readonly [experiment: string, scale: string, world: string],
  declaration: Declaration,
): Record<string, Cell[][]> {
  return {
    experiment: [[
      ...key,
      declaration.version,
      declaration.title,
      declaration.abstract,
      declaration.method,
      declaration.baseName,
      canonicalJson(declaration.paper),
      canonicalJson(declaration.paperRows),
      canonicalJson(declaration.figures),
    ]],
    variant: declaration.variants.map((v, at) => [...key, at, v.name, v.method, canonicalJson(v.patch)]),
    benchmark: declaration.benchmarks.map((
      b,
      at,
    ) => [...key, at, b.id, b.title, b.unit, b.against ?? null, b.note ?? null]),
    scope: scopeRows(declaration).map((row) => [...key, ...row]),
  };
}

/** Rows (benchmark, group, its position, language, its position); "avg" last. */
export function scopeRows(declaration: Declaration): [string, string, number, string, number][] {
  return declaration.benchmarks.flatMap(({ id, languages, groups }) =>
    [...Object.entries(groups), ["avg", languages] as const].flatMap(([group, langs], position) =>
      langs.map((lang): [string, string, number, string, number] => [
        id,
        group,
        position,
        lang,
        languages.indexOf(lang),
      ])
    )
  );
}
