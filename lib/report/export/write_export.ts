/**
 * Writes the report's tables as CSV and Parquet, for other programs. As with the site, the store is believed only where
 * its scores follow from its answers, the folder is built beside its place and moved there when it is whole, and a folder
 * of something else is refused.
 * @module
 */
import { join } from "node:path";
import * as v from "valibot";
import { atLeast } from "../../checked.ts";
import { UserError } from "../../errors.ts";
import { writeFileAtomic } from "../../files.ts";
import { plural } from "../../format.ts";
import { canonicalJson } from "../../hash.ts";
import { paperLookup } from "../../paper/lookup.ts";
import { loadPaper } from "../../paper/paper.ts";
import { readResults } from "../../results/read_results.ts";
import { listSlices } from "../../results/read_slice.ts";
import { sliceName } from "../../results/slice.ts";
import { computeResults, type Results } from "../../results/table.ts";
import { createTemporary, type Value } from "../../store/append.ts";
import { openStore, type Store } from "../../store/open.ts";
import { quote } from "../../store/schema.ts";
import { refuseForeign, replaceFolder } from "../whole_folder.ts";
import { EXPORT_TABLES, type ExportTable } from "./tables.ts";

/** From which store, and where to. */
export interface ExportOptions {
  /** Path of `lab.duckdb`. */
  readonly store: string;
  /** Folder of the files; replaced whole. */
  readonly out: string;
  /** Called with a line for each part that is done. */
  readonly onProgress?: (line: string) => void;
}

/** What was written: rows by table. */
export interface ExportSummary {
  readonly out: string;
  readonly rows: Readonly<Record<string, number>>;
}

const MARK = "export.json";
const COLUMNS: ExportTable["columns"] = [
  { name: "table_name", type: "VARCHAR", comment: "name of the file, without its ending" },
  { name: "column_name", type: "VARCHAR", comment: "name of the column" },
  { name: "type", type: "VARCHAR", comment: "DuckDB's type" },
  { name: "comment", type: "VARCHAR", comment: "what it holds" },
];

/**
 * Writes the files.
 * @throws {UserError} when the store cannot be read or believed, has no runs, or `out` is a folder of something else.
 */
export async function writeExport({ store, out, onProgress }: ExportOptions): Promise<ExportSummary> {
  refuseForeign(out, MARK, "Cannot export to");
  using db = await openStore(store, "read");
  const keys = await listSlices(db);
  if (keys.length === 0) {
    throw new UserError(
      `Cannot export "${store}": it holds no finished run; run \`deno task experiment\` first`,
    );
  }
  const paper = paperLookup(loadPaper());
  const all: Results[] = [];
  for (const key of keys) all.push(computeResults(await readResults(db, key), paper));
  const rows = await replaceFolder(out, (folder) => writeTables(db, folder, all, onProgress));
  return { out, rows };
}

async function writeTables(
  db: Store,
  folder: string,
  all: readonly Results[],
  onProgress: (line: string) => void = () => {},
): Promise<Record<string, number>> {
  const rows: Record<string, number> = {};
  for (const table of EXPORT_TABLES) {
    rows[table.name] = await write(db, folder, table, all);
    onProgress(`${table.name}: ${plural(rows[table.name]!, "row")}`);
  }
  const described = EXPORT_TABLES.flatMap(({ name, columns }) =>
    columns.map((column) => [name, column.name, column.type.split(" ")[0]!, column.comment])
  );
  await writeRows(db, folder, "columns", COLUMNS, described);
  const slices = Object.fromEntries(all.map(({ slice }) => [sliceName(slice), slice.rows]));
  writeFileAtomic(join(folder, MARK), `${canonicalJson({ format: "lingualift-export", rows, slices })}\n`);
  return rows;
}

/** @returns how many rows it has */
function write(db: Store, folder: string, { name, columns, from }: ExportTable, all: readonly Results[]) {
  return "sql" in from
    ? copy(db, folder, name, from.sql)
    : writeRows(db, folder, name, columns, all.flatMap(from.rows));
}

async function writeRows(
  db: Store,
  folder: string,
  name: string,
  columns: ExportTable["columns"],
  rows: readonly (readonly Value[])[],
): Promise<number> {
  const table = `export_${name}`;
  await createTemporary(db.connection, { name: table, columns }, rows);
  return await copy(db, folder, name, `SELECT * FROM ${table} ORDER BY rowid`);
}

/** DuckDB writes the files itself, beyond Deno's permissions: the folder was made under these. */
async function copy(db: Store, folder: string, name: string, sql: string): Promise<number> {
  const to = (ending: string) => quote(join(folder, `${name}.${ending}`));
  await db.connection.run(`COPY (${sql}) TO ${to("csv")} (FORMAT csv, HEADER)`);
  await db.connection.run(`COPY (${sql}) TO ${to("parquet")} (FORMAT parquet, COMPRESSION zstd)`);
  const counted = await db.rows(
    v.object({ n: v.number() }),
    `SELECT count(*) AS n FROM read_parquet(${to("parquet")}) ORDER BY n`,
  );
  return atLeast(counted, 1)[0].n;
}
