/**
 * `deno task data`: which real data sets are in the data folder, which are not, and where to get them.
 *
 *     deno task data                    what is in $LINGUALIFT_DATA, else ../shared/data
 *     deno task data --data DIR --check read every file and count its rows
 * @module
 */
import { Command } from "commander";
import { UserError } from "../../errors.ts";
import { exists } from "../../files.ts";
import { DATA_SETS, inventory } from "./catalog.ts";
import { checkDataSet, type Checked } from "./check.ts";

/** What is known of one set in one folder. */
interface SetStatus {
  id: string;
  title: string;
  source: string;
  licence: string;
  note: string;
  present: string[];
  missing: string[];
  checked?: Checked[];
}

function print(text: string): void {
  const bytes = new TextEncoder().encode(`${text}\n`);
  for (let at = 0; at < bytes.length;) at += Deno.stdout.writeSync(bytes.subarray(at));
}

function statusOf(folder: string, withRows: boolean): SetStatus[] {
  return DATA_SETS.map((set) => {
    const parts = inventory(folder, set);
    const { id, title, source, licence, note } = set;
    const present = parts.filter(({ isThere }) => isThere).map(({ part }) => part);
    const missing = parts.filter(({ isThere }) => !isThere).map(({ part }) => part);
    return {
      id,
      title,
      source,
      licence,
      note,
      present,
      missing,
      ...(withRows ? { checked: checkDataSet(folder, set) } : {}),
    };
  });
}

function describe(status: SetStatus): string {
  const { title, present, missing, checked = [] } = status;
  const all = present.length + missing.length;
  const lines = [`${title}: ${present.length} of ${all} there`];
  if (present.length > 0) lines.push(`  there:    ${present.join(" ")}`);
  if (missing.length > 0) lines.push(`  missing:  ${missing.join(" ")}`);
  lines.push(
    `  from:     ${status.source}`,
    `  licence:  ${status.licence}${status.note && `; ${status.note}`}`,
  );
  for (const each of checked) {
    lines.push("rows" in each ? `  read:     ${each.part} ${each.rows}` : `  damaged:  ${each.problem}`);
  }
  return lines.join("\n");
}

/** Runs the command. @returns the exit code: 2 when `--check` finds a damaged file */
export function main(args: readonly string[]): number {
  const command = new Command("data")
    .description("which real data sets are there, which are not, and where to get them")
    .option("--data <dir>", "data folder", Deno.env.get("LINGUALIFT_DATA") ?? "../shared/data")
    .option("--check", "read every file and count its rows", false)
    .option("--json", "print JSON", false);
  const { data, check, json } = command.parse([...args], { from: "user" }).opts<
    { data: string; check: boolean; json: boolean }
  >();
  if (!exists(data)) {
    throw new UserError(`Cannot list data: there is no folder "${data}"; name yours with --data DIR`);
  }
  const all = statusOf(data, check);
  print(json ? JSON.stringify({ folder: data, sets: all }, null, 2) : all.map(describe).join("\n\n"));
  return all.some(({ checked = [] }) => checked.some((each) => "problem" in each)) ? 2 : 0;
}

if (import.meta.main) {
  try {
    Deno.exit(main(Deno.args));
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    Deno.stderr.writeSync(new TextEncoder().encode(`${error.message}\n`));
    Deno.exit(error.exitCode);
  }
}
