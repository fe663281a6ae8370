/**
 * What a printed percentage can stand for. "41.2" is anything that rounds to it; if it is a share of n items, only some of
 * those values exist, and sometimes none does (GRIM: Brown & Heathers 2017, Social Psychological and Personality Science
 * 8:363-369). All numbers are percentages; limits are closed, since authors round halves either way.
 * @module
 */

/** A closed range of values. */
export interface Range {
  readonly low: number;
  readonly high: number;
}

const EPSILON = 1e-9;

/** Number of decimals printed. */
export function decimalsOf(printed: string): number {
  return printed.replace(/\*$/, "").split(".")[1]?.length ?? 0;
}

/** Everything that rounds to `printed`. @throws {RangeError} when it is no number. */
export function roundingRange(printed: string): Range {
  const value = Number(printed.replace(/\*$/, "").replaceAll(",", ""));
  if (!Number.isFinite(value)) throw new RangeError(`Cannot read "${printed}" as a number`);
  const half = 10 ** -decimalsOf(printed) / 2;
  return { low: value - half, high: value + half };
}

/** Everything that rounds to `printed` when it is rounded to one decimal more first (14.549 to 14.55 to 14.6). */
export function twiceRoundingRange(printed: string): Range {
  const { low, high } = roundingRange(printed);
  const more = 10 ** -(decimalsOf(printed) + 1) / 2;
  return { low: low - more, high: high - more };
}

/** The percentages k / n that round to `printed`, as a range; null when there is none. */
export function shareRange(printed: string, n: number): Range | null {
  return sharesIn(roundingRange(printed), n);
}

/** The percentages k / n inside a range, as a range; null when there is none. */
export function sharesIn({ low, high }: Range, n: number): Range | null {
  const least = Math.max(0, Math.ceil((low - EPSILON) * n / 100));
  const most = Math.min(n, Math.floor((high + EPSILON) * n / 100));
  return least > most ? null : { low: 100 * least / n, high: 100 * most / n };
}

const excluded = new Map<string, number>();

/** The part of all values with that many decimals between 0 and 100 that no k / n prints as: how much GRIM can tell. */
export function excludedShare(n: number, decimals: number): number {
  const key = `${n} ${decimals}`;
  let share = excluded.get(key);
  if (share === undefined) {
    const steps = 100 * 10 ** decimals;
    let out = 0;
    for (let i = 0; i <= steps; i++) {
      if (shareRange((i / 10 ** decimals).toFixed(decimals), n) === null) out++;
    }
    excluded.set(key, share = out / (steps + 1));
  }
  return share;
}

/** What a score can be: a share of its items where that is possible, else whatever rounds to it. */
export function scoreRange(cell: { readonly printed: string; readonly n: number | null }): Range {
  return (cell.n === null ? null : shareRange(cell.printed, cell.n)) ?? roundingRange(cell.printed);
}

/** Whether two ranges meet. */
export function meet(a: Range, b: Range): boolean {
  return a.low <= b.high + EPSILON && b.low <= a.high + EPSILON;
}

/** Sums of ranges and their scaling, for means and differences. */
export function add(a: Range, b: Range): Range {
  return { low: a.low + b.low, high: a.high + b.high };
}

export function subtract(a: Range, b: Range): Range {
  return { low: a.low - b.high, high: a.high - b.low };
}

export function scale(a: Range, factor: number): Range {
  return { low: a.low * factor, high: a.high * factor };
}

/** A value with enough decimals to compare it with a printed one. */
export function show(value: number, decimals: number): string {
  return value.toFixed(decimals);
}

/** A range as text: one number when its ends print alike. */
export function showRange(range: Range, decimals: number): string {
  const low = show(range.low, decimals), high = show(range.high, decimals);
  return low === high ? low : `${low} to ${high}`;
}
