/**
 * `deno task report`: writes the site, one experiment's page as one file, or the tables for other programs, or says
 * whether the site that is there still follows from the store.
 * @module
 */
import { command, parse } from "./command.ts";
import { exitWith } from "./exit.ts";
import { print, tell } from "./terminal/print.ts";
import { wholeNumber } from "./values.ts";
import { integer, plural } from "../format.ts";
import { UserError } from "../errors.ts";
import { writeExport } from "../report/export/write_export.ts";
import { readHistory } from "../report/history.ts";
import { type OneFileSummary, writeOneFile } from "../report/one_file.ts";
import { ANSWERS_IN_FULL, checkReport, writeReport } from "../report/write_report.ts";
import { miniSheets } from "./mini_sheets.ts";

interface Options {
  readonly store: string;
  readonly out: string;
  readonly answers: number;
  readonly oneFile?: string;
  readonly check?: true;
  readonly export?: string;
  readonly history?: string;
  readonly json?: true;
}

/** @returns the exit code: 0 done, 1 stale (with `--check`). */
export async function reportMain(args: readonly string[]): Promise<number> {
  const program = command("report", "Writes an offline site from the store")
    .argument("[experiment]", "with --one-file: which; a page such as stage_removal.mini.smoke, too")
    .option("--store <file>", "the store", ".lab/lab.duckdb")
    .option("--out <folder>", "the site's folder, replaced whole", "reports/site")
    .option(
      "--answers <n>",
      "answers written in full, over all pages; numbers always use all",
      wholeNumber("--answers", 0),
      ANSWERS_IN_FULL,
    )
    .option("--one-file <file>", "one experiment as one file of at most 5 MB, to send; below reports")
    .option("--check", "write nothing; exit with 1 when the site no longer follows from the store")
    .option(
      "--export <folder>",
      "write every table as CSV and Parquet to this folder, below reports; no site",
    )
    .option(
      "--history <file>",
      "scores over commits, as deno task -q history --json writes them, for the pages",
    )
    .option("--json", "print the result as JSON");
  const parsed = parse<Options>(program, args);
  if (!parsed) return 0;
  const { store, out, answers, oneFile: file, check, json } = parsed.options;
  const [experiment] = parsed.args;
  const { export: folder } = parsed.options;
  const alone = file !== undefined ? "--one-file" : folder !== undefined ? "--export" : undefined;
  if (check && alone) {
    throw new UserError(`Cannot use --check with ${alone}: it looks at a site; leave one of them out`);
  }
  if (file !== undefined && folder !== undefined) {
    throw new UserError("Cannot use --one-file with --export: each writes something else; give one of them");
  }
  if (experiment !== undefined && file === undefined) {
    throw new UserError(`Cannot draw "${experiment}" alone: the site has all; --one-file FILE writes one`);
  }
  const { history } = parsed.options;
  if (history !== undefined && (check || alone)) {
    throw new UserError(
      `Cannot use --history with ${alone ?? "--check"}: it is for a site's pages; leave one of them out`,
    );
  }
  if (folder !== undefined) return await exportTables(store, folder, json);
  if (file !== undefined) {
    const summary = await writeOneFile({ store, file, experiment, answers, sheets: miniSheets() });
    print(json ? JSON.stringify(summary) : describe(summary));
    return 0;
  }
  if (check) {
    const stale = await checkReport({ store, out, sheets: miniSheets() });
    print(
      json ? JSON.stringify({ stale }) : stale.length === 0 ? "Up to date" : `Stale: ${stale.join(", ")}`,
    );
    return stale.length === 0 ? 0 : 1;
  }
  const onProgress = json ? () => {} : tell;
  const summary = await writeReport({
    ...{ store, out, answers, onProgress },
    sheets: miniSheets(),
    history: history === undefined ? undefined : readHistory(history),
  });
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

/** What the file has, and what it was too small for. */
function describe({ file, slice, bytes, cells, answers, readable, isOver }: OneFileSummary): string {
  const size = `${(bytes / 1e6).toFixed(1)} MB`;
  const rest = readable < answers ? `; ${integer(readable)} of them can be read there` : "";
  const over = isOver ? ". It is over 5 MB with no answer to read: its tables and figures alone are" : "";
  return `${file}: ${slice}, ${size}, ${integer(cells)} numbers recomputed from ${
    integer(answers)
  } answers${rest}${over}`;
}

if (import.meta.main) await exitWith(() => reportMain(Deno.args));
