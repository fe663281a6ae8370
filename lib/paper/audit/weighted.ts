/**
 * Overall means of systems of which the paper prints group means only: the groups weigh as many languages as they have for
 * other systems on the benchmark.
 * @module
 */
import type { PaperCell } from "../paper.ts";
import { type Finding, refOf, whereIs } from "./finding.ts";
import type { CheckedMean } from "./checked_mean.ts";
import { add, decimalsOf, meet, roundingRange, scale, showRange } from "./printed.ts";
import { sameSubject, type Series } from "./series.ts";

/** One finding for each overall mean that its group means do not give. */
export function auditWeightedMeans(
  checked: readonly { readonly series: Series; readonly means: readonly CheckedMean[] }[],
): Finding[] {
  const sizes = groupSizes(checked.flatMap(({ means }) => means));
  const scored = checked.map(({ series }) => series).filter((series) => series.scores.length > 0);
  return checked.flatMap(({ series, means }) => {
    const overall = series.means.find((cell) => cell.scope === "avg");
    if (!overall || means.length > 0 || scored.some((other) => sameSubject(other, series))) return [];
    const total = sizes.get(keyOf(overall));
    const groups = series.means.flatMap((cell) => {
      const size = cell === overall ? undefined : sizes.get(keyOf(cell));
      return size === undefined ? [] : [{ cell, size }];
    });
    if (total === undefined || groups.reduce((sum, { size }) => sum + size, 0) !== total) return [];
    const given = scale(
      groups.map(({ cell, size }) => scale(roundingRange(cell.printed), size)).reduce(add),
      1 / total,
    );
    if (meet(given, roundingRange(overall.printed))) return [];
    return [{
      rule: "mean",
      message: `${whereIs(overall)} prints ${overall.printed}, but its group means give ` +
        `${showRange(given, decimalsOf(overall.printed) + 1)} (${
          groups.map(({ cell, size }) => `${size} of ${cell.scope} ${cell.printed}`).join(", ")
        })`,
      explanations: [],
      cells: [overall, ...groups.map(({ cell }) => cell)].map(refOf),
    }];
  });
}

function groupSizes(means: readonly CheckedMean[]): Map<string, number> {
  return new Map(
    means.filter((mean) => mean.follows).map(({ mean, members }) => [keyOf(mean), members.length]),
  );
}

function keyOf(cell: PaperCell): string {
  return JSON.stringify([cell.benchmark, cell.scope]);
}
