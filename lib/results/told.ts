/**
 * What a table tells from zero, in words: for a first look, whose reader shall see at once what it shows and what not.
 * @module
 */
import { points, pointsRange } from "../format.ts";
import { clarityOf } from "./reading.ts";
import type { Slice } from "./slice.ts";
import type { Effect } from "./table.ts";

type Found = Pick<
  Effect,
  "benchmark" | "variant" | "scope" | "value" | "low" | "high" | "corrected" | "detectable"
>;

/** A line a variant, in table order: every difference of a group that stands after correction, with its 95 % interval. */
export function toldFromZero(
  { variants, baseName }: Pick<Slice, "variants" | "baseName">,
  effects: readonly Found[],
): string[] {
  return variants.map(({ name }) => name).filter((name) => effects.some(({ variant }) => variant === name))
    .map((name) => {
      const told = effects.filter((one) => one.variant === name && clarityOf(one) === "clear");
      const list = told.map((one) =>
        `${one.benchmark} ${one.scope} ${points(one.value)} (${pointsRange(one)})`
      );
      return `${name} minus ${baseName}: ${list.length === 0 ? "nothing" : list.join("; ")}`;
    });
}

/** Before these lines. */
export const TOLD = "What is told from zero here, points with 95 % interval, after correction:";
