/**
 * `deno task report`: writes the site, says whether the one that is there still follows from the store, or
 * writes the tables for other programs.
 * @module
 */
import { command, parse } from "./command.ts";
import { exitWith } from "./exit.ts";
import { print, tell } from "./terminal/print.ts";
import { wholeNumber } from "./values.ts";
import { integer, plural } from "../format.ts";
import { UserError } from "../errors.ts";
import { writeExport } from "../report/export/write_export.ts";
import { checkReport, writeReport } from "../report/write_report.ts";
import { miniSheets } from "./mini_sheets.ts";

interface Options {
  readonly store: string;
  readonly out: string;
  readonly answers: number;
  readonly check?: true;
  readonly export?: string;
  readonly json?: true;
}

/** @returns the exit code: 0 done, 1 stale (with `--check`). */
export async function reportMain(args: readonly string[]): Promise<number> {
  const program = command("report", "Writes an offline site from the store")
    .option("--store <file>", "the store", ".lab/lab.duckdb")
    .option("--out <folder>", "the site's folder, replaced whole", "reports/site")
    .option(
      "--answers <n>",
      "answers written in full, over all pages; numbers always use all",
      wholeNumber("--answers", 0),
      120_000,
    )
    .option("--check", "write nothing; exit with 1 when the site no longer follows from the store")
    .option(
      "--export <folder>",
      "write every table as CSV and Parquet to this folder, below reports; no site",
    )
    .option("--json", "print the result as JSON");
  const parsed = parse<Options>(program, args);
  if (!parsed) return 0;
  const { store, out, answers, check, json } = parsed.options;
  if (parsed.options.export !== undefined) {
    if (check) {
      throw new UserError("Cannot use --check with --export: it looks at a site; leave one of them out");
    }
    return await exportTables(store, parsed.options.export, json);
  }
  if (check) {
    const stale = await checkReport({ store, out, sheets: miniSheets() });
    print(
      json ? JSON.stringify({ stale }) : stale.length === 0 ? "Up to date" : `Stale: ${stale.join(", ")}`,
    );
    return stale.length === 0 ? 0 : 1;
  }
  const onProgress = json ? () => {} : tell;
  const summary = await writeReport({ store, out, answers, sheets: miniSheets(), onProgress });
  print(
    json
      ? JSON.stringify(summary)
      : `${out}/index.html: ${plural(summary.pages, "page")}, ${
        integer(summary.cells)
      } numbers recomputed from ` +
        `${integer(summary.answers)} answers`,
  );
  return 0;
}

async function exportTables(store: string, out: string, json: true | undefined): Promise<number> {
  const summary = await writeExport({ store, out, onProgress: json ? () => {} : tell });
  const rows = Object.values(summary.rows).reduce((sum, n) => sum + n, 0);
  print(
    json
      ? JSON.stringify(summary)
      : `${out}: ${plural(Object.keys(summary.rows).length, "table")}, ${
        integer(rows)
      } rows, as CSV and Parquet`,
  );
  return 0;
}

if (import.meta.main) await exitWith(() => reportMain(Deno.args));
