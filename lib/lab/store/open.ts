/**
 * Opening the store. Readers open it read-only, the one writer read-write; both only for as long as they need it,
 * since DuckDB allows many readers or one writer.
 * @module
 */
import { type DuckDBConnection, DuckDBInstance, type DuckDBValue } from "@duckdb/node-api";
import { UserError } from "../../errors.ts";
import { exists } from "../../files.ts";
import { SCHEMA_VERSION } from "./schema.ts";

/** An open store. */
export interface Store {
  readonly connection: DuckDBConnection;
  /** Rows of a query as plain objects; BIGINT comes as number. Order them in the query. */
  all<T>(sql: string, parameters?: Record<string, DuckDBValue> | DuckDBValue[]): Promise<T[]>;
  close(): void;
}

/** The database file cannot be used and should be built again. */
export class BrokenStore extends Error {
  override name = "BrokenStore";
}

/** How long to wait for another process to let go of the file, in ms. */
const PATIENCE_MS = 5000;

/**
 * Opens a database file.
 * @throws {BrokenStore} when DuckDB cannot read it.
 * @throws {UserError} when another process keeps it locked.
 */
export async function openDatabase(path: string, access: "READ_ONLY" | "READ_WRITE"): Promise<Store> {
  for (const start = performance.now();;) {
    try {
      const instance = await DuckDBInstance.create(path, { access_mode: access });
      const connection = await instance.connect();
      return {
        connection,
        async all<T>(sql: string, parameters?: Record<string, DuckDBValue> | DuckDBValue[]): Promise<T[]> {
          const reader = await connection.runAndReadAll(sql, parameters);
          return reader.getRowObjectsJS().map((row) => numbers(row) as T);
        },
        close() {
          connection.closeSync();
          instance.closeSync();
        },
      };
    } catch (error) {
      const message = (error as Error).message;
      if (!/(set|conflicting) lock/i.test(message)) {
        throw new BrokenStore(firstLine(message), { cause: error });
      }
      if (performance.now() - start > PATIENCE_MS) {
        const holder = message.match(/PID (\d+)/)?.[1];
        throw new UserError(
          `Cannot open "${path}": ${
            holder ? `process ${holder}` : "another process"
          } holds it; close it and run again`,
          { cause: error, exitCode: 1 },
        );
      }
      await new Promise((done) => setTimeout(done, 100));
    }
  }
}

/**
 * The store for reading, as `deno task report` uses it.
 * @throws {UserError} when there is none yet, it is damaged, or it was written by a newer lab.
 */
export async function openStore(path: string): Promise<Store> {
  if (!exists(path)) {
    throw new UserError(`Cannot read "${path}": there are no results yet; run "deno task experiment" first`);
  }
  try {
    const store = await openDatabase(path, "READ_ONLY");
    await checkVersion(store, path);
    return store;
  } catch (error) {
    if (!(error instanceof BrokenStore)) throw error;
    throw new UserError(
      `Cannot read "${path}": ${error.message}; "deno task experiment" rebuilds it from the records`,
      {
        cause: error,
      },
    );
  }
}

/** @throws {BrokenStore} for an older or missing version, {UserError} for a newer one. */
export async function checkVersion(store: Store, path: string): Promise<void> {
  let version: number;
  try {
    const rows = await store.all<{ value: string }>(
      "SELECT value FROM meta WHERE key = 'schema_version' ORDER BY value",
    );
    version = Number(rows[0]?.value ?? NaN);
  } catch (error) {
    store.close();
    throw new BrokenStore(firstLine((error as Error).message), { cause: error });
  }
  if (version === SCHEMA_VERSION) return;
  store.close();
  if (version > SCHEMA_VERSION) {
    throw new UserError(
      `Cannot read "${path}": it has schema version ${version}, this lab knows up to ${SCHEMA_VERSION}; ` +
        "update the repository or move the file away",
    );
  }
  throw new BrokenStore(`schema version is ${version}, not ${SCHEMA_VERSION}`);
}

function numbers(row: Record<string, unknown>): Record<string, unknown> {
  for (const [key, value] of Object.entries(row)) if (typeof value === "bigint") row[key] = Number(value);
  return row;
}

function firstLine(text: string): string {
  return text.split("\n")[0];
}
