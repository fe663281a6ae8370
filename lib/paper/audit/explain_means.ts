/**
 * What would make a mean follow: another rounding, a cell as another table prints it, one cell that is off, other members,
 * another weighting, or a value copied from a neighbouring row.
 * @module
 */
import type { Paper, PaperCell } from "../paper.ts";
import { listed, tableNames } from "./finding.ts";
import { type CheckedMean, meansOf } from "./checked_mean.ts";
import {
  add,
  decimalsOf,
  meet,
  type Range,
  roundingRange,
  scale,
  scoreRange,
  showRange,
  subtract,
  twiceRoundingRange,
} from "./printed.ts";
import { byScope, sameSubject, type Series, seriesOf } from "./series.ts";

/** A single cell that is off by more than this is no misprint. */
const MOST_ITEMS = 5;

interface Case {
  readonly mean: CheckedMean;
  /** All checked means of the series, for explanations that fit several at once. */
  readonly means: readonly CheckedMean[];
  readonly series: Series;
  readonly paper: Paper;
}

/** Explanations of one mean that does not follow, likeliest first. */
export function explainMeans(one: Case): string[] {
  const sure = [
    ...otherRounding(one),
    ...printedElsewhere(one),
    ...oneCellOff(one),
    ...unweighted(one),
    ...copied(one),
    ...oneMember(one),
  ];
  return sure.length > 0 ? sure : twoMembers(one);
}

function otherRounding({ mean: { mean, members } }: Case): string[] {
  const kept = { low: mean.value!, high: mean.value! + 10 ** -decimalsOf(mean.printed) * (1 - 1e-6) };
  const found: string[] = [];
  const ranges = meansOf(members);
  if (ranges.some((range) => meet(range, kept))) {
    found.push("it follows when digits are cut off instead of rounded");
  }
  if (ranges.some((range) => meet(range, twiceRoundingRange(mean.printed)))) {
    found.push("it follows when rounded twice, to one decimal more first");
  }
  return found;
}

/** What a cell would have to be for the mean to follow, all others as printed. */
function needed(mean: CheckedMean, cell: PaperCell): Range {
  const total = scale(roundingRange(mean.mean.printed), mean.members.length);
  const others = mean.members.filter((other) => other !== cell).map(scoreRange);
  return others.length === 0 ? total : subtract(total, others.reduce(add));
}

function printedElsewhere({ mean, series, paper }: Case): string[] {
  const found = new Map<string, string[]>();
  for (const other of seriesOf(paper)) {
    if (other.table === series.table || !sameSubject(other, series)) continue;
    const there = byScope(other);
    for (const cell of mean.members) {
      const twin = there.get(cell.scope);
      if (!twin || twin.value === cell.value || twin.table === cell.table) continue;
      if (!meet(roundingRange(twin.printed), needed(mean, cell))) continue;
      const what = `${cell.scope} = ${twin.printed}`;
      found.set(what, [...found.get(what) ?? [], twin.table]);
    }
  }
  if (found.size > 2) return []; // any of many cells: none in particular
  return [...found].map(([what, tables]) =>
    `it follows with ${what}, as ${tableNames(tables)} ${tables.length > 1 ? "print" : "prints"} it`
  );
}

/** One shift of one cell that mends every mean of the row that fails and breaks none that holds. */
function oneCellOff({ mean, means }: Case): string[] {
  const failing = means.filter((m) => !m.follows);
  const holding = means.filter((m) => m.follows);
  const fits = mean.members.flatMap((cell) => {
    const over = failing.filter((m) => m.members.includes(cell));
    if (over.length < failing.length || holding.some((m) => m.members.includes(cell))) return [];
    const shift = over.map((m) => subtract(needed(m, cell), scoreRange(cell)))
      .reduce((a, b) => ({ low: Math.max(a.low, b.low), high: Math.min(a.high, b.high) }));
    return shift.low > shift.high + 1e-9 ? [] : [{ cell, shift }];
  });
  const [first] = fits;
  if (first === undefined) return [];
  const { cell, shift } = first;
  const items = cell.n === null ? null : itemsIn(shift, cell.n);
  if (cell.n !== null && (items === null || (Math.abs(items) > MOST_ITEMS && failing.length === 1))) {
    return [];
  }
  const nearest = Math.min(Math.abs(shift.low), Math.abs(shift.high)),
    furthest = Math.max(Math.abs(shift.low), Math.abs(shift.high));
  const amount = items === null
    ? showRange({ low: nearest, high: furthest }, 2)
    : `${(100 * Math.abs(items) / cell.n!).toFixed(2)} (${Math.abs(items)} of ${cell.n} items)`;
  const names = fits.map((fit) => fit.cell.scope);
  const which = failing.length > 1 ? `all ${failing.length} means of the row that fail` : "it";
  const who = names.length === 1 ? names[0] : names.length > 7 ? "any one cell" : `one of ${listed(names)}`;
  return [
    `${which} would follow if ${who} were ${amount} ${shift.low + shift.high > 0 ? "higher" : "lower"}`,
  ];
}

/** The smallest whole number of items inside a shift, or null. */
function itemsIn(shift: Range, n: number): number | null {
  const low = Math.ceil(shift.low * n / 100 - 1e-6), high = Math.floor(shift.high * n / 100 + 1e-6);
  if (low > high) return null;
  return Math.abs(low) <= Math.abs(high) ? low : high;
}

function unweighted({ mean, means }: Case): string[] {
  if (mean.mean.scope !== "avg") return [];
  const groups = means.filter((m) => m !== mean);
  if (groups.length < 2) return [];
  const values = groups.map((m) => m.mean);
  const average = scale(values.map((cell) => roundingRange(cell.printed)).reduce(add), 1 / values.length);
  return meet(average, roundingRange(mean.mean.printed))
    ? [`it follows as the plain mean of ${listed(values.map((cell) => `${cell.scope} ${cell.printed}`))}`]
    : [];
}

type Change = readonly PaperCell[];

/** The members after leaving some out and adding some others. */
function after(mean: CheckedMean, change: Change): PaperCell[] {
  return [
    ...mean.members.filter((c) => !change.includes(c)),
    ...change.filter((c) => !mean.members.includes(c)),
  ];
}

function mends(mean: CheckedMean, change: Change): boolean {
  const cells = after(mean, change);
  return cells.length > 0 && meansOf(cells).some((range) => meet(range, roundingRange(mean.mean.printed)));
}

/** Whether a fit among these changes says something: by chance fewer than half a one would fit. */
function telling(mean: CheckedMean, changes: readonly Change[]): boolean {
  const values = changes.map((change) => after(mean, change)).filter((cells) => cells.length > 0)
    .map((cells) => cells.reduce((sum, cell) => sum + cell.value!, 0) / cells.length);
  const spread = Math.max(...values) - Math.min(...values);
  return changes.length * 10 ** -decimalsOf(mean.mean.printed) < spread / 2;
}

/** One language more or less; counts for more where it mends the row's other failing means too. */
function oneMember({ mean, means }: Case): string[] {
  const failing = means.filter((m) => !m.follows && m.scores === mean.scores);
  const changes = mean.scores.map((cell) => [cell]);
  const fits = changes.filter((change) => mends(mean, change));
  const all = fits.filter((change) => failing.length > 1 && failing.every((m) => mends(m, change)));
  if (all.length > 0) {
    return all.map((change) =>
      `${described(mean, change)}, as are all ${failing.length} means of the row that fail`
    );
  }
  return telling(mean, changes) ? fits.map((change) => described(mean, change)) : [];
}

/** Two languages more or less. */
function twoMembers({ mean }: Case): string[] {
  const changes = mean.scores.flatMap((a, i) => mean.scores.slice(i + 1).map((b) => [a, b]));
  if (!telling(mean, changes)) return [];
  return changes.filter((change) => mends(mean, change)).map((change) => described(mean, change));
}

function described(mean: CheckedMean, change: Change): string {
  const without = change.filter((c) => mean.members.includes(c)),
    extra = change.filter((c) => !mean.members.includes(c));
  const parts = [
    without.length > 0 ? `without ${scopes(without)}` : "",
    extra.length > 0 ? `with ${scopes(extra)}` : "",
  ];
  return `it is the mean ${parts.filter(Boolean).join(" and ")}`;
}

function scopes(cells: readonly PaperCell[]): string {
  return listed(cells.map((cell) => cell.scope));
}

/** The same value for another system in this table, or for this system in a table with other cells. */
function copied({ mean: { mean }, series, paper }: Case): string[] {
  return seriesOf(paper).flatMap((other) => {
    const twin = other.means.find((cell) => cell.scope === mean.scope && cell.value === mean.value);
    if (!twin || twin === mean || other.benchmark !== series.benchmark) return [];
    if (other.table === series.table) return [`${other.system} has the same ${twin.printed} in this table`];
    const different = sameSubject(other, series) && other.scores.length > 0 &&
      series.scores.some((cell) => (byScope(other).get(cell.scope)?.value ?? cell.value) !== cell.value);
    return different ? [`${tableNames([other.table])} prints the same ${twin.printed} over other cells`] : [];
  });
}
