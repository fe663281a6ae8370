/**
 * Means that do not follow from the cells they are over, within what rounding allows.
 * @module
 */
import type { Paper } from "../paper.ts";
import { type CheckedMean, meansOf } from "./checked_mean.ts";
import { explainMeans } from "./explain_means.ts";
import { type Finding, refOf, whereIs } from "./finding.ts";
import { inferMembers, type MeanRow } from "./membership.ts";
import { decimalsOf, meet, roundingRange, showRange } from "./printed.ts";
import { auditWeightedMeans } from "./weighted.ts";
import { byScope, sameSubject, type Series, seriesOf } from "./series.ts";

/** Every printed mean whose members are known, by series. */
export function checkMeans(
  paper: Paper,
): { readonly series: Series; readonly means: readonly CheckedMean[] }[] {
  const all = seriesOf(paper);
  const sourced = all.map((series) => ({ series, rows: rowsOf(series, all) }));
  const inferred = inferAll(sourced.flatMap(({ rows }) => rows));
  return sourced.map(({ series, rows }) => ({
    series,
    means: rows.flatMap((row) => {
      const members = stated(row) ?? inferred.get(inferenceKey(row)) ?? null;
      const cells = members === null ? [] : row.scores.filter((cell) => members.includes(cell.scope));
      return cells.length === 0 ? [] : [{
        ...row,
        members: cells,
        follows: meansOf(cells).some((m) => meet(m, roundingRange(row.mean.printed))),
      }];
    }),
  }));
}

/** One finding for each mean that does not follow. */
export function auditMeans(paper: Paper): Finding[] {
  const checked = checkMeans(paper);
  const found = checked.flatMap(({ series, means }) =>
    means.filter((mean) => !mean.follows).map((mean) => {
      const decimals = decimalsOf(mean.mean.printed) + 1;
      const elsewhere = mean.members[0]!.table === mean.mean.table
        ? ""
        : ` of Table ${mean.members[0]!.table.slice(6)}`;
      return {
        rule: "mean" as const,
        message:
          `${
            whereIs(mean.mean)
          } prints ${mean.mean.printed}, but its ${mean.members.length} cells${elsewhere} give ` +
          `${showRange(meansOf(mean.members)[0], decimals)} (${
            mean.members.map((c) => `${c.scope} ${c.printed}`).join(", ")
          })`,
        explanations: explainMeans({ mean, means, series, paper }),
        cells: [mean.mean, ...mean.members].map(refOf),
      };
    })
  );
  return [...found, ...auditWeightedMeans(checked)];
}

/** The means of a series with its own scores, or else with those that the paper prints for the system elsewhere. */
function rowsOf(series: Series, all: readonly Series[]): MeanRow[] {
  if (series.scores.length > 0) return series.means.map((mean) => ({ mean, scores: series.scores }));
  const elsewhere = all.filter((other) => sameSubject(other, series) && other.scores.length > 0)
    .toSorted((a, b) => b.scores.length - a.scores.length)[0];
  if (!elsewhere) return [];
  const there = byScope(elsewhere);
  return series.means.filter((mean) => !there.has(mean.scope)).map((mean) => ({
    mean,
    scores: elsewhere.scores,
  }));
}

/** Members that the table states: everything for "avg", the cells of the same row group otherwise. */
function stated({ mean, scores }: MeanRow): readonly string[] | null {
  if (mean.scope === "avg") return scores.map((cell) => cell.scope);
  if (mean.group === "" || scores[0]!.table !== mean.table) return null;
  return scores.filter((cell) => cell.group === mean.group).map((cell) => cell.scope);
}

function inferAll(rows: readonly MeanRow[]): Map<string, readonly string[]> {
  const groups = new Map<string, MeanRow[]>();
  for (const row of rows.filter((row) => stated(row) === null)) {
    const key = inferenceKey(row);
    groups.set(key, [...groups.get(key) ?? [], row]);
  }
  const inferred = new Map<string, readonly string[]>();
  for (const [key, group] of groups) {
    const members = inferMembers(group);
    if (members) inferred.set(key, members);
  }
  return inferred;
}

function inferenceKey({ mean, scores }: MeanRow): string {
  return JSON.stringify([mean.benchmark, mean.scope, scores.map((cell) => cell.scope).toSorted()]);
}
