/**
 * What is known of the data sets in a folder, as data and as text: the list that `deno task data` prints.
 * @module
 */
import { DATA_SETS, inventory } from "./catalog.ts";
import { checkDataSet, type Checked } from "./check.ts";

/** What is known of one set in one folder. */
export interface SetStatus {
  readonly id: string;
  readonly title: string;
  readonly source: string;
  readonly licence: string;
  readonly note: string;
  readonly present: readonly string[];
  readonly missing: readonly string[];
  readonly checked?: readonly Checked[];
}

/** Every set; `withRows` also reads all files that are there. */
export function statusOf(folder: string, withRows: boolean): SetStatus[] {
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

/** A set's status in lines. */
export function describeStatus(status: SetStatus): string {
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
    lines.push("rows" in each ? `  read:     ${each.part} ${rowsOf(each)}` : `  damaged:  ${each.problem}`);
  }
  return lines.join("\n");
}

function rowsOf({ rows, skipped }: { readonly rows: number; readonly skipped?: number }): string {
  return skipped === undefined
    ? `${rows}`
    : `${rows} (${skipped} ${skipped === 1 ? "line" : "lines"} skipped)`;
}
