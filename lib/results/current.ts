/**
 * Which runs of a slice count, as SQL.
 * @module
 */
import type { SliceKey } from "./slice.ts";

/** SQL: runs of a slice that count; its values come from {@link keyValues}. */
export const CURRENT =
  `run.current AND run.status = 'done' AND run.experiment = $experiment AND run.scale = $scale AND run.world = $world`;

/** What a statement that names a slice is given. */
export function keyValues({ experiment, scale, world }: SliceKey): SliceKey {
  return { experiment, scale, world };
}
