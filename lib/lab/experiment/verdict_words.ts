/**
 * The words for verdicts that people read, in the terminal, in `--json` and on the report's pages. Records and the store
 * keep their own names (`Verdict`), which other files have been written with.
 * @module
 */
import { capitalised } from "../../format.ts";
import { scaleNote } from "./scale_notes.ts";
import type { Verdict } from "./types.ts";

/** What is said of a conclusion: its verdict, or that the scale is none to judge by. */
export type Shown = Verdict | "none yet";

/** What is shown of a verdict: none where the scale's numbers are not the lab's answer, whatever they came to. */
export function shownOf(verdict: Verdict, scale: string): Shown {
  return verdict === "not run" || scaleNote(scale) === undefined ? verdict : "none yet";
}

/** In order: what is known to be so, what is known not to be so, what this size cannot tell, what was not asked. */
export const VERDICT_WORDS: Readonly<Record<Shown, string>> = {
  "supported": "holds here",
  "contradicted": "does not hold here",
  "not resolvable": "cannot be resolved",
  "not run": "not run",
  "none yet": "no verdict at this scale",
};

/** The words with a capital, for headings and for the start of a line. */
export function verdictTitle(verdict: Shown): string {
  return capitalised(VERDICT_WORDS[verdict]);
}
