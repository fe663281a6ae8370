/**
 * Rows into a table by DuckDB's appender, in the order of the schema's columns.
 * @module
 */
import type { DuckDBAppender, DuckDBConnection } from "@duckdb/node-api";
import { sha256 } from "../hash.ts";
import { runNumber, TABLES } from "./schema.ts";

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
  const { columns } = TABLES.find(({ name }) => name === table)!;
  const writers = columns.map(({ type }) => writerOf(type));
  const appender = await connection.createAppender(table);
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
