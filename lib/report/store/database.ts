/**
 * Read-only access to `.lab/lab.duckdb`.
 * @module
 */
import { DuckDBInstance, type DuckDBValue } from "@duckdb/node-api";
import type { GenericSchema, InferOutput } from "valibot";
import * as v from "valibot";
import { UserError } from "../../errors.ts";
import { exists } from "../../files.ts";
import { SCHEMA_VERSION } from "../../lab/store/schema.ts";

/** An open store. Every query orders its rows. */
export interface Database extends Disposable {
  readonly path: string;
  /** Rows checked against `row`. @throws {UserError} when the store does not have what the query asks for. */
  rows<S extends GenericSchema>(row: S, sql: string, values?: Values): Promise<InferOutput<S>[]>;
  /** Like `rows`, a chunk of the result at a time, so that the whole never lies in memory. */
  chunks<S extends GenericSchema>(row: S, sql: string, values?: Values): AsyncIterable<InferOutput<S>[]>;
  /** Another connection to the same store, for queries that run at the same time. */
  beside(): Promise<Database>;
}

type Values = Record<string, DuckDBValue>;

/**
 * Opens the store without locking out other readers.
 * @throws {UserError} when it is missing, damaged, held by a writer or of another schema version.
 */
export async function openDatabase(path: string): Promise<Database> {
  if (!exists(path)) {
    throw new UserError(
      `Cannot read "${path}": there is no store yet; run \`deno task experiment\` first`,
    );
  }
  const instance = await connect(path);
  const self = await session(instance, path);
  try {
    await checkVersion(self);
  } catch (error) {
    self[Symbol.dispose]();
    throw error;
  }
  return self;
}

/** A connection of its own: a streamed result ends when its connection is asked something else. */
async function session(instance: DuckDBInstance, path: string): Promise<Database> {
  const connection = await instance.connect();
  return {
    path,
    rows: async (row, sql, values) => {
      const reader = await connection.runAndReadAll(sql, values);
      return check(row, reader.getRowObjectsJS(), path);
    },
    chunks: async function* (row, sql, values) {
      const result = await connection.stream(sql, values);
      for await (const objects of result.yieldRowObjectJs()) yield check(row, objects, path);
    },
    beside: () => session(instance, path),
    [Symbol.dispose]: () => connection.closeSync(),
  };
}

async function connect(path: string): Promise<DuckDBInstance> {
  try {
    return await DuckDBInstance.create(path, { access_mode: "READ_ONLY" });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const advice = /lock/i.test(message)
      ? "another lab is writing to it; wait until it has finished"
      : "it is damaged; delete it and run `deno task experiment`, which rebuilds it from the run records";
    throw new UserError(`Cannot read "${path}": ${advice} (${message.split("\n")[0]})`, { cause: error });
  }
}

async function checkVersion(database: Database): Promise<void> {
  const found = await database.rows(
    v.object({ value: v.string() }),
    `SELECT value FROM meta WHERE key = 'schema_version' ORDER BY value`,
  ).catch((error) => {
    throw new UserError(`Cannot read "${database.path}": it is no store of this lab`, { cause: error });
  });
  const version = Number(found[0]?.value);
  if (version === SCHEMA_VERSION) return;
  const advice = version > SCHEMA_VERSION
    ? "update the repository"
    : "run `deno task experiment`, which rebuilds it from the run records";
  throw new UserError(
    `Cannot read "${database.path}": its schema has version ${version}, this report reads ${SCHEMA_VERSION}; ${advice}`,
  );
}

function check<S extends GenericSchema>(row: S, objects: unknown, path: string): InferOutput<S>[] {
  const parsed = v.safeParse(v.array(row), objects);
  if (parsed.success) return parsed.output;
  const issue = parsed.issues[0];
  throw new UserError(`Cannot read "${path}": ${v.getDotPath(issue) ?? "a row"}: ${issue.message}`);
}
