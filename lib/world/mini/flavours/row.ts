/**
 * A row of instruction data as a flavour has it, and how rows follow each other: all rows of a problem in turn, then those
 * of the next. How many rows share a problem is what is left of a set's size where every system learns as many rows: the
 * number of distinct problems.
 * @module
 */
import type { Problem } from "../problem.ts";

/** What a row shows and what is learned from it. */
export interface FlavourRow {
  /** How it came about: "rephrased", "harder", "program". */
  readonly kind: string;
  readonly question: string;
  readonly solution: string;
  /** What the solution ends in, or what its program prints; of lettered options a letter. */
  readonly gold: string;
  /** The problem that it tells and solves, where it is one of the world's or evolved from one; null: bare numbers. */
  readonly problem: Problem | null;
}

/** Which problem row `i` is of, and which of its rows. */
export function placeIn(rows: number, i: number): { readonly problem: number; readonly row: number } {
  return { problem: Math.floor(i / rows), row: i % rows };
}
