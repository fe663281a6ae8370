/**
 * What a system that reads a question twice, as states and as tokens, has of each of the two: its accuracy as it is asked,
 * beside that of the rows that hold one of them back, with what holding it back changes.
 * @module
 */
import type { Knockouts } from "../lab/experiment/types.ts";
import { corrected, type Estimates, type TableDifference } from "./estimates.ts";
import type { Benchmark, Slice } from "./slice.ts";

/** What is held back, in the order of the columns. */
export const HELD_BACK = ["without_states", "without_tokens"] as const satisfies readonly (keyof Knockouts)[];
export type HeldBack = typeof HELD_BACK[number];

/** A row that holds a part back, minus the row that reads both, paired by seed, language and problem, in one group. */
export interface Knockout extends TableDifference {
  readonly benchmark: string;
  /** The row that reads both. */
  readonly of: string;
  readonly held: HeldBack;
}

/**
 * Every knock-out of a benchmark that has been run, in the order of the variants, by group; p is corrected over all of them.
 * `variant` is the row that holds the part back, which may be a knock-out of several.
 */
export function knockoutsOf(
  { variants, knockouts }: Pick<Slice, "variants" | "knockouts">,
  estimates: Pick<Estimates, "difference">,
  { id, groups }: Pick<Benchmark, "id" | "groups">,
): Knockout[] {
  const found = variants.flatMap(({ name: of }) =>
    groups.flatMap(({ name: scope }) =>
      HELD_BACK.flatMap((held) => {
        const variant = Object.hasOwn(knockouts, of) ? knockouts[of]![held] : undefined;
        const one = variant === undefined ? undefined : estimates.difference(variant, of, id, scope);
        return one === undefined ? [] : [{ ...one, benchmark: id, of, held, variant: variant!, scope }];
      })
    )
  );
  return corrected(found);
}
