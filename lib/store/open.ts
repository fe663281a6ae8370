/**
 * Opening the store. Readers open it for as long as they read, the one writer for as long as it writes, since DuckDB
 * allows many readers or one writer. Rows are checked against a schema as they leave it; BIGINT comes as number.
 * @module
 */
import { type DuckDBConnection, DuckDBInstance, type DuckDBValue } from "@duckdb/node-api";
import * as v from "valibot";
import { UserError } from "../errors.ts";
import { exists } from "../files.ts";
import { asUserError } from "../os_errors.ts";
import { appendRows } from "./append.ts";
import { createStatements, SCHEMA_VERSION } from "./schema.ts";
import { sealProblem } from "./seal.ts";

type Values = Record<string, DuckDBValue>;
type Row = v.GenericSchema;

/** An open store. Every query orders its rows. */
export interface Store extends Disposable {
  readonly path: string;
  readonly connection: DuckDBConnection;
  /** Rows checked against `row`. @throws {UserError} when the store does not have what the query asks for. */
  rows<S extends Row>(row: S, sql: string, values?: Values): Promise<v.InferOutput<S>[]>;
  /** Like `rows`, a chunk of the result at a time, so that the whole never lies in memory. */
  chunks<S extends Row>(row: S, sql: string, values?: Values): AsyncIterable<v.InferOutput<S>[]>;
  /** Another connection, for queries that run at the same time; close it before the store itself. */
  beside(): Promise<Store>;
}

/** The file cannot be used and should be built again from the records. */
export class BrokenStore extends UserError {
  override name = "BrokenStore";

  constructor(path: string, readonly reason: string, cause?: unknown) {
    super(
      `Cannot use "${path}": it is damaged, old or changed (${reason}); give your last "deno task experiment" ` +
        "command again, which rebuilds it from the run records",
      { cause },
    );
  }
}

/** How long to wait for another process to let go of the file, in ms. */
const PATIENCE_MS = 5000;

/**
 * Opens the store at `path`; for writing it is made where there is none.
 * @throws {BrokenStore} when DuckDB cannot read it, it has an older schema, or, for reading, something else than the lab
 * has changed it.
 * @throws {UserError} when there is none to read, another process holds it, or a newer lab wrote it.
 */
export async function openStore(path: string, access: "read" | "write"): Promise<Store> {
  const isNew = !exists(path);
  if (isNew && access === "read") {
    throw new UserError(`Cannot read "${path}": there are no results yet; run "deno task experiment" first`);
  }
  const instance = await connect(path, access);
  const store = await session(instance, path, () => instance.closeSync());
  try {
    if (isNew) await createTables(store);
    else await checkVersion(store);
    if (access === "read") await checkSeal(store);
    return store;
  } catch (error) {
    store[Symbol.dispose]();
    throw error;
  }
}

/** Whether DuckDB refuses a file since another process has it open. */
export function isHeldElsewhere(error: unknown): boolean {
  return error instanceof Error && /(set|conflicting) lock/i.test(error.message);
}

async function connect(path: string, access: "read" | "write"): Promise<DuckDBInstance> {
  for (const start = performance.now();;) {
    try {
      return await DuckDBInstance.create(path, {
        access_mode: access === "read" ? "READ_ONLY" : "READ_WRITE",
      });
    } catch (error) {
      const message = (error as Error).message;
      const known = asUserError(error, path);
      if (known !== error) throw known;
      if (!isHeldElsewhere(error)) throw new BrokenStore(path, firstLine(message), error);
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

/** A connection of its own: a streamed result ends when its connection is asked something else. */
async function session(instance: DuckDBInstance, path: string, closed: () => void): Promise<Store> {
  const connection = await instance.connect();
  return {
    path,
    connection,
    async rows(row, sql, values) {
      const reader = await connection.runAndReadAll(sql, values);
      return check(row, reader.getRowObjectsJS(), path);
    },
    async *chunks(row, sql, values) {
      const result = await connection.stream(sql, values);
      for await (const objects of result.yieldRowObjectJs()) yield check(row, objects, path);
    },
    beside: () => session(instance, path, () => {}),
    [Symbol.dispose]() {
      connection.closeSync();
      closed();
    },
  };
}

async function createTables(store: Store): Promise<void> {
  for (const statement of createStatements()) await store.connection.run(statement);
  await appendRows(store.connection, "meta", [
    ["schema_version", String(SCHEMA_VERSION)],
    ["written_by", "LinguaLIFT Lab"],
  ]);
}

async function checkVersion(store: Store): Promise<void> {
  const [row] = await store.rows(
    v.object({ value: v.string() }),
    "SELECT value FROM meta WHERE key = 'schema_version' ORDER BY value",
  ).catch((error) => {
    throw new BrokenStore(store.path, firstLine((error as Error).message), error);
  });
  const version = Number(row?.value ?? NaN);
  if (version === SCHEMA_VERSION) return;
  if (version > SCHEMA_VERSION) {
    throw new UserError(
      `Cannot read "${store.path}": it has schema version ${version}, this lab knows up to ${SCHEMA_VERSION}; ` +
        "update the repository or move the file away",
    );
  }
  throw new BrokenStore(store.path, `schema version is ${version}, not ${SCHEMA_VERSION}`);
}

/** Reads every row, of which DuckDB checks the blocks' sums. @throws {BrokenStore} when they are not those that were sealed */
export async function checkSeal({ connection, path }: Store): Promise<void> {
  const problem = await sealProblem(connection);
  if (problem !== undefined) throw new BrokenStore(path, problem);
}

function check<S extends Row>(row: S, objects: Record<string, unknown>[], path: string): v.InferOutput<S>[] {
  const parsed = v.safeParse(v.array(row), objects.map(numbers));
  if (parsed.success) return parsed.output;
  const issue = parsed.issues[0];
  throw new UserError(`Cannot read "${path}": ${v.getDotPath(issue) ?? "a row"}: ${issue.message}`);
}

function numbers(row: Record<string, unknown>): Record<string, unknown> {
  for (const [key, value] of Object.entries(row)) if (typeof value === "bigint") row[key] = Number(value);
  return row;
}

function firstLine(text: string): string {
  return text.split("\n")[0]!;
}
