/**
 * The store's seal: a digest of the rows of every table and the query of every view, written with them. Whoever reads the
 * store can tell by it that nothing but the lab has written there: an UPDATE by hand, a lost row or a mixed-up file would
 * otherwise read as results. It does not stop someone who computes a new seal.
 * @module
 */
import { type DuckDBConnection, version } from "@duckdb/node-api";
import { atLeast, must } from "../checked.ts";
import { quote, TABLES, VIEWS } from "./schema.ts";

/** Its row in the table `meta`. */
const KEY = "seal";

/** One row: every table's number of rows and sum of hashes, where their order does not matter; every view's query. */
const DIGESTS = `SELECT ${
  [
    ...TABLES.map(({ name, columns }) => {
      const hash = `hash(${columns.map((column) => column.name).join(", ")})::HUGEINT`;
      const rows = name === "meta" ? `meta WHERE key <> '${KEY}'` : name;
      return `(SELECT count(*) || ' ' || coalesce(sum(${hash}), 0) FROM ${rows}) AS ${name}`;
    }),
    ...VIEWS.map(({ name }) => `(SELECT sql FROM duckdb_views() WHERE view_name = '${name}') AS ${name}`),
  ].join(", ")
}`;

/** Seals the store as it is now, in the transaction that is open. */
export async function writeSeal(connection: DuckDBConnection): Promise<void> {
  const [digests] = await rows(connection, DIGESTS);
  // DuckDB's hashes differ between its versions.
  const seal = JSON.stringify({ duckdb: version(), ...digests });
  await connection.run(`DELETE FROM meta WHERE key = '${KEY}'`);
  await connection.run(`INSERT INTO meta VALUES ('${KEY}', ${quote(seal)})`);
}

/** What keeps the store from being believed; undefined when its rows are those that were sealed. */
export async function sealProblem(connection: DuckDBConnection): Promise<string | undefined> {
  try {
    const seals = await rows(connection, `SELECT value FROM meta WHERE key = '${KEY}' ORDER BY value`);
    if (seals.length !== 1) return `it has ${seals.length === 0 ? "no seal" : "several seals"}`;
    const seal: Record<string, string> = JSON.parse(must(seals[0]?.value, "seal"));
    if (seal.duckdb !== version()) return `DuckDB ${seal.duckdb} sealed it, this is ${version()}`;
    const [digests] = atLeast(await rows(connection, DIGESTS), 1);
    const changed = Object.keys(digests).find((name) => digests[name] !== seal[name]);
    const kind = VIEWS.some(({ name }) => name === changed) ? "view" : "table";
    return changed && `its ${kind} "${changed}" is not as the lab wrote it`;
  } catch (error) {
    return (error as Error).message.split("\n")[0];
  }
}

async function rows(connection: DuckDBConnection, sql: string): Promise<Record<string, string>[]> {
  return (await connection.runAndReadAll(sql)).getRowObjectsJS() as Record<string, string>[];
}
