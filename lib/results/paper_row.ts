/**
 * Which of the paper's numbers stands beside one of ours.
 * @module
 */
import type { Slice } from "./slice.ts";

/** A number that the paper prints. */
export interface PaperValue {
  readonly printed: string;
  readonly value: number;
  readonly table: string;
  readonly row: string;
  readonly column: string;
}

/** Looks up what the paper prints; undefined where it prints nothing. */
export type PaperLookup = (table: string, row: string, column: string) => PaperValue | undefined;

/**
 * The printed row that stands beside a variant; undefined where the experiment names no table. A name may carry its
 * table, as in `data/paper/prose.csv`: "table-22 > LinguaLIFT".
 */
export function paperRow(
  { paper, paperRows }: Pick<Slice, "paper" | "paperRows">,
  benchmark: string,
  variant: string,
): { readonly table: string; readonly row: string } | undefined {
  const name = paperRows[variant] ?? variant;
  const own = /^(table-\d+) > (.+)$/.exec(name);
  if (own) return { table: own[1]!, row: own[2]! };
  const table = paper[benchmark];
  return table === undefined ? undefined : { table, row: name };
}
