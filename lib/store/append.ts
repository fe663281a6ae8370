/**
 * Rows into a table by DuckDB's appender, in the order of the schema's columns.
 * @module
 */
import type { DuckDBAppender, DuckDBConnection } from "@duckdb/node-api";
import { must } from "../checked.ts";
import { sha256 } from "../hash.ts";
import { type Column, runNumber, type Table, TABLES } from "./schema.ts";

/** A value of a row; timestamps and JSON as text. */
export type Value = string | number | boolean | null;

/** Number of a run in the store. */
export function numberOf(runId: string): number {
  return runNumber(sha256(runId));
}

/** Appends rows to a table, each a list of values in the order of the schema's columns. */
export async function appendRows(
  connection: DuckDBConnection,
  table: string,
  rows: Iterable<readonly Value[]>,
): Promise<void> {
  const { columns } = must(TABLES.find(({ name }) => name === table), table);
  fill(await connection.createAppender(table), columns, rows);
}

/** Makes a table that is there for as long as the connection, also beside a store that is only read, and fills it. */
export async function createTemporary(
  connection: DuckDBConnection,
  { name, columns }: Pick<Table, "name" | "columns">,
  rows: Iterable<readonly Value[]>,
): Promise<void> {
  await connection.run(
    `CREATE OR REPLACE TEMP TABLE ${name} (${columns.map((c) => `${c.name} ${c.type}`).join(", ")})`,
  );
  fill(await connection.createAppender(name, "main", "temp"), columns, rows);
}

function fill(
  appender: DuckDBAppender,
  columns: readonly Pick<Column, "type">[],
  rows: Iterable<readonly Value[]>,
): void {
  const writers = columns.map(({ type }) => writerOf(type));
  for (const row of rows) {
    for (const [at, write] of writers.entries()) {
      const value = row[at]!;
      if (value === null) appender.appendNull();
      else write(appender, value);
    }
    appender.endRow();
  }
  appender.closeSync();
}

function writerOf(type: string): (appender: DuckDBAppender, value: Value) => void {
  const base = type.split(" ")[0];
  if (base === "BIGINT") return (appender, value) => appender.appendBigInt(BigInt(value as number));
  if (base === "INTEGER") return (appender, value) => appender.appendInteger(value as number);
  if (base === "DOUBLE") return (appender, value) => appender.appendDouble(value as number);
  if (base === "BOOLEAN") return (appender, value) => appender.appendBoolean(value as boolean);
  // Timestamps and JSON are cast from text by DuckDB.
  return (appender, value) => appender.appendVarchar(value as string);
}
