/**
 * Which of a row of commits moved a number: a binary search between two that differ, around commits that cannot be
 * measured.
 * @module
 */

/** What was found. */
export interface Found {
  /** The last place before the move and the first after it; between them lie only places that cannot be measured. */
  readonly before: number;
  readonly after: number;
  /** Whether other values were seen than those of the ends: then the number moved more than once. */
  readonly isSeveral: boolean;
}

/**
 * Searches between two places whose values differ. A place belongs to the end whose value it has; with another value to
 * the nearer one. At most ceil(log2(after - before)) places with a value are measured, and no place twice.
 * @param measure the value at a place, undefined where it cannot be had
 */
export async function searchMove(
  ends: { readonly before: number; readonly after: number },
  values: { readonly before: number; readonly after: number },
  measure: (place: number) => Promise<number | undefined>,
): Promise<Found> {
  let { before, after } = ends;
  let isSeveral = false;
  const skipped = new Set<number>();
  for (let place; (place = middleOf(before, after, skipped)) !== undefined;) {
    const value = await measure(place);
    if (value === undefined) {
      skipped.add(place);
      continue;
    }
    if (value !== values.before && value !== values.after) isSeveral = true;
    if (Math.abs(value - values.before) <= Math.abs(value - values.after)) before = place;
    else after = place;
  }
  return { before, after, isSeveral };
}

/**
 * The median of the places between that are not skipped. Of the places themselves and not of their numbers: where many
 * cannot be measured, the nearest to the middle may leave nearly all others on one side.
 */
function middleOf(before: number, after: number, skipped: ReadonlySet<number>): number | undefined {
  const open = Array.from({ length: after - before - 1 }, (_, at) => before + 1 + at)
    .filter((place) => !skipped.has(place));
  return open[Math.floor((open.length - 1) / 2)];
}
