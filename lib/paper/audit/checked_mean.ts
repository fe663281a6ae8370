/**
 * A printed mean beside the scores it is over.
 * @module
 */
import type { PaperCell } from "../paper.ts";
import type { MeanRow } from "./membership.ts";
import { add, type Range, scale, scoreRange } from "./printed.ts";

/** A printed mean, the scores it is over, and every score it could be over. */
export interface CheckedMean extends MeanRow {
  readonly members: readonly PaperCell[];
  readonly follows: boolean;
}

/** The mean as the exact scores allow it, and as computed from the printed ones. */
export function meansOf(cells: readonly PaperCell[]): [Range, Range] {
  const exact = cells.map(scoreRange).reduce(add);
  const printed = cells.reduce((sum, cell) => sum + cell.value!, 0);
  return [scale(exact, 1 / cells.length), scale({ low: printed, high: printed }, 1 / cells.length)];
}
