/**
 * Which translations are found by what needs no reading: numerals and names that both sentences write alike, then the
 * nearest length.
 * @module
 */
import type { TextPair } from "../../world/world.ts";

/** How many translations are found; where several look equally near, the share that picking one of them gives. */
export function foundBySurface(pairs: readonly TextPair[]): number {
  const sides = (["source", "target"] as const).map((side) => pairs.map((pair) => pair[side]));
  const [sources, targets] = sides.map((texts) => texts.map(marksOf)) as [Set<string>[], Set<string>[]];
  const lengths = sides.map((texts) => {
    const mean = texts.reduce((sum, { length }) => sum + length, 0) / texts.length;
    return texts.map(({ length }) => length / mean);
  });
  return sources.reduce((sum, marks, i) => {
    let [nearest, ties, isAmong] = [[-1, 0] as const as readonly [number, number], 0, false];
    targets.forEach((theirs, j) => {
      const shared = marks.intersection(theirs).size / (marks.union(theirs).size || 1);
      const near = [shared, -Math.abs(lengths[0]![i]! - lengths[1]![j]!)] as const;
      const order = near[0] - nearest[0] || near[1] - nearest[1];
      if (order > 0) [nearest, ties, isAmong] = [near, 0, false];
      if (order >= 0) [ties, isAmong] = [ties + 1, isAmong || i === j];
    });
    return sum + (isAmong ? 1 / ties : 0);
  }, 0);
}

/** Numerals and words in Latin letters with a capital. */
function marksOf(text: string): Set<string> {
  return new Set(text.match(/\d+|\p{Lu}[\p{L}\p{M}]+/gu));
}
