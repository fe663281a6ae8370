/**
 * The words for verdicts that people read, in the terminal, in `--json` and on the report's pages. Records and the store
 * keep their own names (`Verdict`), which other files have been written with.
 * @module
 */
import { capitalised } from "../../format.ts";
import type { Verdict } from "./types.ts";

/** In order: what is known to be so, what is known not to be so, what this size cannot tell, what was not asked. */
export const VERDICT_WORDS: Readonly<Record<Verdict, string>> = {
  "supported": "holds here",
  "contradicted": "does not hold here",
  "not resolvable": "cannot be resolved",
  "not run": "not run",
};

/** The words with a capital, for headings and for the start of a line. */
export function verdictTitle(verdict: Verdict): string {
  return capitalised(VERDICT_WORDS[verdict]);
}
