/**
 * What it would cost to resolve a conclusion that is open, at most: as many more answers, or trainings where a claim is on
 * several seeds, as the part says that needs most, of every system and benchmark of the slice, at what its runs took.
 * @module
 */
import type { ClaimRow, Slice } from "./slice.ts";

/** More of the same. */
export interface Price {
  /** Wall time, beyond what is there. */
  readonly seconds: number;
  readonly of: "answers" | "trainings";
}

/** Steps that ask a trained system. */
const ASKING = ["answer", "retrieve", "translate_questions", "translate_words", "write_english"];

/**
 * The price of the part that needs most; undefined for a conclusion that is not open, one of whose parts no number of
 * problems would resolve, or of runs whose steps took no time.
 */
export function priceOf(
  { steps }: Pick<Slice, "steps">,
  { verdict, numbers, seeds }: Pick<ClaimRow, "verdict" | "numbers" | "seeds">,
): Price | undefined {
  if (verdict !== "not resolvable") return undefined;
  const times = Object.entries(numbers).flatMap(([name, value]) =>
    /^(\d+\.)?times$/.test(name) ? [value] : []
  );
  // Infinity for what no number of problems resolves.
  const most = Math.max(0, ...times.map((value) => value ?? Infinity));
  if (most <= 1) return undefined;
  const of = seeds.includes(",") ? "trainings" : "answers";
  const once = steps.filter(({ step }) => of === "trainings" || ASKING.includes(step))
    .reduce((sum, { wall_s, runs }) => sum + wall_s * runs, 0);
  return once === 0 || most === Infinity ? undefined : { seconds: (most - 1) * once, of };
}
