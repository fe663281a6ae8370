/**
 * A benchmark's scores for a page of text: scopes down, systems across, so that 47 languages are long and not wide. Tables
 * too wide to read are cut between systems, and each part begins with the base.
 * @module
 */
import type { Grid } from "./plain.ts";
import type { PlainTable } from "./rows.ts";

/** Columns of one system: what we found with its interval, and the paper's where it has any. */
type SystemColumns = readonly { readonly head: string; readonly cells: readonly string[] }[];

/** A row of a table is not wider, in characters of its source, unless two systems alone are. */
export const WIDTH = 130;

/** The scopes `from` to `to` of a table. */
export function scoreTables({ columns, rows }: PlainTable, from: number, to: number): Grid[] {
  const scopes = columns.slice(from, to);
  const systems = [...Map.groupBy(rows, ({ system }) => system)].map(([system, own]): SystemColumns => {
    const [ours, interval, paper] = (["ours", "interval", "paper"] as const).map((which) =>
      own.find(({ whose }) => whose === which)?.cells.slice(from, to)
    );
    const found = ours!.map((value, i) =>
      value === "" || interval === undefined ? value : `${value} (${interval[i]})`
    );
    const isPrinted = paper?.some((value) => value !== "") ?? false;
    return [{ head: system, cells: found }, ...(isPrinted ? [{ head: "paper", cells: paper! }] : [])];
  });
  return packed(scopes, systems).map((part) => ({
    head: ["Languages", ...part.map(({ head }) => head)],
    rows: scopes.map((scope, i) => [scope, ...part.map(({ cells }) => cells[i]!)])
      .filter((row) => row.slice(1).some((value) => value !== "")),
  }));
}

function packed(scopes: readonly string[], [base, ...others]: readonly SystemColumns[]): SystemColumns[] {
  if (base === undefined) return [];
  const parts: SystemColumns[][] = [[base]];
  for (const system of others) {
    const last = parts.at(-1)!;
    if (last.length > 1 && widthOf(scopes, [...last, system].flat()) > WIDTH) parts.push([base, system]);
    else last.push(system);
  }
  return parts.map((part) => part.flat());
}

function widthOf(scopes: readonly string[], columns: SystemColumns): number {
  return [{ head: "Languages", cells: scopes }, ...columns].reduce(
    (sum, { head, cells }) => sum + 3 + Math.max(head.length, ...cells.map(({ length }) => length)),
    1,
  );
}
