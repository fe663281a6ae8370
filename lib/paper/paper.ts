/**
 * The paper as data: typed, validated rows of `data/paper`. Printed values stay strings; see `data/paper/README.md`.
 * @module
 */
import { parse } from "csv-parse/sync";
import * as v from "valibot";
import { UserError } from "../errors.ts";

const text = v.string();
const name = v.pipe(v.string(), v.nonEmpty("must not be empty"));
const count = v.pipe(
  v.string(),
  v.regex(/^\d*$/, "must be a whole number or empty"),
  v.transform((s) => s === "" ? null : Number(s)),
);

const cellSchema = v.strictObject({
  row: text,
  column: name,
  section: text,
  group: text,
  system: text,
  base: text,
  benchmark: text,
  scope: text,
  kind: v.picklist(["score", "mean", "count", "statistic"]),
  n: count,
  printed: name,
});
const tableSchema = v.strictObject({
  id: v.pipe(v.string(), v.regex(/^table-\d+$/, 'must look like "table-7"')),
  title: name,
  section: name,
  note: text,
  experiments: v.pipe(text, v.transform((ids) => ids.split(" ").filter((id) => id !== ""))),
  here: text,
});
const systemSchema = v.strictObject({ label: name, tables: name, system: name, base: name, basis: name });
const benchmarkSchema = v.strictObject({
  benchmark: name,
  title: name,
  n: v.pipe(count, v.number("must not be empty")),
  source: name,
  other_n: count,
  other_source: text,
});
const proseSchema = v.strictObject({
  id: name,
  section: name,
  number: text,
  op: v.picklist(["value", "difference", "ratio", "count", "smallest difference", "greater", "best"]),
  cells: name,
  sentence: name,
});
const settingSchema = v.strictObject({
  setting: name,
  paper: name,
  paper_source: text,
  release: name,
  release_source: text,
  ours: text,
  ours_source: text,
  note: text,
});

/** One printed cell. `value` is its number, or null where it is none ("4 M"). */
export interface PaperCell extends v.InferOutput<typeof cellSchema> {
  readonly table: string;
  /** Place in the table, from 0, in printing order. */
  readonly position: number;
  readonly value: number | null;
}

/** A table with its cells; table-4 has none in the copy we hold. */
export interface PaperTable extends v.InferOutput<typeof tableSchema> {
  readonly cells: readonly PaperCell[];
}

export type PaperSystem = v.InferOutput<typeof systemSchema>;
export type PaperBenchmark = v.InferOutput<typeof benchmarkSchema>;
export type PaperProse = v.InferOutput<typeof proseSchema>;
export type PaperSetting = v.InferOutput<typeof settingSchema>;

/** Everything in `data/paper`. */
export interface Paper {
  readonly tables: readonly PaperTable[];
  readonly systems: readonly PaperSystem[];
  readonly benchmarks: readonly PaperBenchmark[];
  readonly prose: readonly PaperProse[];
  readonly settings: readonly PaperSetting[];
}

/**
 * Reads and checks `data/paper` (or another folder of the same files).
 * @throws {UserError} naming file and line when a file is missing or malformed.
 */
export function loadPaper(folder: string | URL = new URL("../../data/paper", import.meta.url)): Paper {
  const tables = readRows(folder, "tables.csv", tableSchema).map((table) => {
    const file = `${table.id.replace(/\d+/, (n) => n.padStart(2, "0"))}.csv`;
    const rows = isMissing(folder, file) && table.note !== "" ? [] : readRows(folder, file, cellSchema);
    const cells = rows.map((row, position) => ({
      ...row,
      table: table.id,
      position,
      value: printedValue(row.printed),
    }));
    return { ...table, cells };
  });
  return {
    tables,
    systems: readRows(folder, "systems.csv", systemSchema),
    benchmarks: readRows(folder, "benchmarks.csv", benchmarkSchema),
    prose: readRows(folder, "prose.csv", proseSchema),
    settings: readRows(folder, "settings.csv", settingSchema),
  };
}

/** The number in a printed string ("1,000,000", "0.733*"), or null. */
export function printedValue(printed: string): number | null {
  const plain = printed.replace(/\*$/, "");
  return /^\d+(\.\d+)?$/.test(plain) || /^\d{1,3}(,\d{3})+$/.test(plain)
    ? Number(plain.replaceAll(",", ""))
    : null;
}

/** A row or column name without the marks that say where its numbers come from. */
function withoutMarks(label: string): string {
  return label.replace(/[†‡*]/g, "").trim();
}

/**
 * What a table prints for a row and a language or group (`scope`: "bn", "LR", "avg"), or in a column that is of none
 * (`scope`: "BLEU"); undefined where it prints nothing.
 * The row may be named as printed, without its marks, or by its system.
 */
export function findCell(
  paper: Paper,
  at: { readonly table: string; readonly row: string; readonly scope: string; readonly benchmark?: string },
): PaperCell | undefined {
  const cells = paper.tables.find((table) => table.id === at.table)?.cells ?? [];
  const here = cells.filter((c) =>
    (c.scope.toLowerCase() === at.scope.toLowerCase() || (c.scope === "" && c.column === at.scope)) &&
    (at.benchmark === undefined || c.benchmark === at.benchmark)
  );
  return here.find((c) => c.row === at.row) ?? here.find((c) => withoutMarks(c.row) === at.row) ??
    here.find((c) => c.system === at.row);
}

function isMissing(folder: string | URL, file: string): boolean {
  try {
    Deno.statSync(pathOf(folder, file));
    return false;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return true;
    throw error;
  }
}

function pathOf(folder: string | URL, file: string): string | URL {
  return typeof folder === "string" ? `${folder}/${file}` : new URL(`${folder.href}/${file}`);
}

function readRows<T>(folder: string | URL, file: string, schema: v.GenericSchema<unknown, T>): T[] {
  if (isMissing(folder, file)) {
    throw new UserError(
      `Cannot read "${file}": it is missing from the paper's data; restore it from the repository`,
    );
  }
  let rows: { record: unknown; info: { lines: number } }[];
  try {
    rows = parse(Deno.readTextFileSync(pathOf(folder, file)), { columns: true, info: true });
  } catch (error) {
    throw new UserError(`Cannot read "${file}": ${(error as Error).message}`, { cause: error });
  }
  return rows.map(({ record, info }) => {
    const parsed = v.safeParse(schema, record);
    if (parsed.success) return parsed.output;
    const issue = parsed.issues[0];
    throw new UserError(
      `Cannot read "${file}" line ${info.lines}: ${v.getDotPath(issue) ?? "row"}: ${issue.message}`,
    );
  });
}
