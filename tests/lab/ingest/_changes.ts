/**
 * Changes that a person or a tool may make to a store with SQL, drawn at random: a cell, a row or a column of any table.
 * @module
 */
import { DuckDBInstance } from "@duckdb/node-api";
import { sha256 } from "../../../lib/hash.ts";
import { TABLES } from "../../../lib/store/schema.ts";
import type { Stream } from "../../../lib/random.ts";

/** A value of the column's type that is in no store. */
function strange(type: string): string {
  if (type.startsWith("BOOLEAN")) return "true";
  if (type.startsWith("TIMESTAMP")) return "TIMESTAMP '1999-12-31'";
  if (type.startsWith("JSON")) return `'{"strange":1}'`;
  return type.startsWith("VARCHAR") ? "'strange'" : "3";
}

/** A statement that changes one table; now and then it changes nothing. */
export function drawChange(random: Stream): string {
  const { name, columns } = random.pick(TABLES);
  const column = random.pick(columns);
  const one = `rowid = (SELECT rowid FROM ${name} ORDER BY hash(rowid + ${random.int(0, 1e6)}) LIMIT 1)`;
  const other = `(SELECT max(${column.name}) FROM ${name})`;
  return random.pick([
    `UPDATE ${name} SET ${column.name} = ${strange(column.type)} WHERE ${one}`,
    `UPDATE ${name} SET ${column.name} = ${other} WHERE ${one}`,
    `UPDATE ${name} SET ${column.name} = ${other} WHERE rowid % 2 = 0`,
    `DELETE FROM ${name} WHERE ${one}`,
    `DELETE FROM ${name} WHERE rowid % 2 = 0`,
    `INSERT INTO ${name} SELECT * FROM ${name} WHERE ${one}`,
    `ALTER TABLE ${name} DROP COLUMN ${column.name}`,
    `DROP TABLE ${name}`,
  ]);
}

/** Calls `use` with a function that runs statements on a database file. */
async function connected<T>(path: string, use: (run: (sql: string) => Promise<unknown[]>) => Promise<T>) {
  const instance = await DuckDBInstance.create(path);
  const connection = await instance.connect();
  try {
    return await use(async (sql) => (await connection.runAndReadAll(sql)).getRowsJson());
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** Runs a statement on a database file; one that DuckDB refuses, such as a NULL, changes nothing. */
export async function execute(path: string, sql: string): Promise<void> {
  await connected(path, (run) => run(sql)).catch(() => {});
}

/** Hash of everything in a store; of another shape where it lacks a table or a column. */
export function contents(path: string): Promise<string> {
  return connected(path, async (run) => {
    const parts: unknown[] = [];
    for (const { name, columns } of TABLES) {
      const sql = `SELECT ${columns.map((column) => column.name).join()} FROM ${name} ORDER BY ALL`;
      parts.push(await run(sql).catch(String));
    }
    return sha256(JSON.stringify(parts));
  });
}
