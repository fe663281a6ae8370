/**
 * What would resolve an open verdict if the distance from what is asked is truly what was found: how many problems, or
 * trainings where there are several, and how many times as much that is.
 * @module
 */
import { plain, plural, points } from "../../format.ts";
import { minimumDetectable, unitsFactor } from "../../metric/detectable.ts";
import type { Estimate } from "./results.ts";
import type { Finding } from "./types.ts";

/** An estimate with its design; of a paired difference what it detects is known, else its interval tells. */
export type Designed =
  & Pick<Estimate, "value" | "low" | "high" | "problems" | "seeds" | "unit">
  & { readonly detectable?: number };

/** More than this is no plan. */
const MOST_UNITS = 1e6;

/** The end of a sentence on an open verdict; "" for another. */
export function unresolved(verdict: Finding["verdict"], found: Designed, threshold: number): string {
  if (verdict !== "not resolvable") return "";
  const [now, what] = unitsOf(found);
  const times = timesNeeded(found, threshold);
  if (times === null) return `; no number of ${what}s would show so small a difference`;
  const truly = `; if it is truly ${points(found.value - threshold)} pp from what is asked`;
  if (times <= 1) return `${truly}, this design shows it in four of five trials`;
  const cost = `${plain(times)} times the ${found.seeds > 1 ? "trainings" : "answers"}`;
  return `${truly}, ${plural(Math.ceil(now * times), what)} would show it, ${cost}`;
}

/** The same as a number of an open finding, for the report to price; null where no number would resolve it. */
export function timesOf(
  verdict: Finding["verdict"],
  found: Designed,
  threshold: number,
): { times?: number | null } {
  return verdict === "not resolvable" ? { times: timesNeeded(found, threshold) } : {};
}

function timesNeeded(found: Designed, threshold: number): number | null {
  const factor = unitsFactor(detectableOf(found), Math.abs(found.value - threshold));
  const [now] = unitsOf(found);
  return Math.ceil(now * factor) <= MOST_UNITS ? factor : null;
}

/** The independent units of a design. */
function unitsOf({ seeds, problems, unit }: Designed): readonly [count: number, name: string] {
  return seeds > 1 ? [seeds, "seed"] : [problems, unit];
}

/** Else by the half-width of the interval, which is a standard error times what power 0.5 needs. */
function detectableOf({ low, high, detectable }: Designed): number {
  return detectable ?? minimumDetectable((high - low) / 2 / minimumDetectable(1, { power: 0.5 }));
}
