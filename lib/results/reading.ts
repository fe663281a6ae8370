/**
 * A difference in words, by the rule of README.md in this folder: its interval decides as it decides a claim, its
 * corrected p says whether it stands among the others of its table.
 * @module
 */
import { percent } from "../format.ts";
import { VERDICT_WORDS } from "../lab/experiment/verdict_words.ts";
import type { Effect } from "./table.ts";

/** Family-wise level of a table, and level of one difference. */
export const ALPHA = 0.05;

type Read =
  & Pick<Effect, "value" | "low" | "high" | "corrected" | "detectable">
  & Pick<Partial<Effect>, "paper">;

/** Clear among all differences of the table, clear by itself only, or not clear. */
export function clarityOf({ low, high, corrected }: Read): "clear" | "alone" | "open" {
  if (low <= 0 && high >= 0) return "open";
  return corrected.p <= ALPHA ? "clear" : "alone";
}

/** The direction where it is clear, what would have been seen where it is not, and whether the paper agrees. */
export function readingOf(effect: Read): string {
  const clarity = clarityOf(effect);
  if (clarity === "open") {
    return `${VERDICT_WORDS["not resolvable"]}; a true difference of ${
      percent(effect.detectable)
    } would show`;
  }
  return clarity === "clear"
    ? directionOf(effect)
    : `${directionOf(effect)}; by itself, not after correction`;
}

function directionOf({ value, paper }: Read): string {
  const direction = value < 0 ? "falls" : "rises";
  if (paper === undefined) return direction;
  if (paper === 0) return `${direction}; no change in the paper`;
  return `${direction}, ${Math.sign(paper) === Math.sign(value) ? "as in the paper" : "against the paper"}`;
}
