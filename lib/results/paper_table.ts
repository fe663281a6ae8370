/**
 * A table of the paper with ours in it: what it prints, and below that the scores that steps computed themselves, a line a
 * variant, as an experiment's figure of kind "table" names them. For pages, the terminal and Markdown.
 * @module
 */
import * as v from "valibot";
import { UserError } from "../errors.ts";
import { integer } from "../format.ts";
import { scoreMatrix } from "../lab/experiment/claim_scores.ts";
import { estimatesOf } from "./estimates.ts";
import type { PaperLookup } from "./paper_row.ts";
import type { Slice } from "./slice.ts";

/** What a store may hold of such a figure. */
export const TABLE_CHOICE = v.strictObject({
  draw: v.literal("table"),
  title: v.string(),
  caption: v.optional(v.string()),
  table: v.string(),
  benchmark: v.string(),
  columns: v.array(v.tuple([v.string(), v.string()])),
  rows: v.array(v.strictObject({
    row: v.string(),
    ours: v.optional(v.string()),
    scope: v.optional(v.string()),
    why: v.optional(v.string()),
  })),
  digits: v.optional(v.number()),
});

/** A line of a row: the paper's or a variant's. */
export interface PrintedLine {
  readonly whose: string;
  readonly isPaper: boolean;
  /** "" where there is no number. */
  readonly cells: readonly string[];
}

/** A row of the paper, or one of ours alone. */
export interface PrintedRow {
  readonly row: string;
  /** What ours are, where they are not the same thing. */
  readonly ours: string | null;
  readonly lines: readonly PrintedLine[];
  /** Why there is no line of ours; null where there is one. */
  readonly why: string | null;
}

/** A table of the paper beside ours. */
export interface PrintedTable {
  /** The figure's name. */
  readonly name: string;
  readonly title: string;
  readonly caption: string;
  /** "table-5" */
  readonly table: string;
  readonly columns: readonly string[];
  readonly rows: readonly PrintedRow[];
}

/** Whose line is the paper's. */
const PAPER = "the paper";
/** Said where an experiment does not say why nothing of ours is there. */
const ABSENT = "no such data here";

/**
 * The tables of an experiment in the order of their names.
 * @throws {UserError} for a table that is none, or that names a benchmark which the experiment lacks
 */
export function paperTables(slice: Slice, paper: PaperLookup): PrintedTable[] {
  return Object.entries(slice.figures).filter(([, given]) => given.draw === "table").sort().map(
    ([name, given]) => {
      const parsed = v.safeParse(TABLE_CHOICE, given);
      const fail = (what: string): never => {
        throw new UserError(`Cannot show the table "${name}" of "${slice.experiment}": ${what}`);
      };
      if (!parsed.success) {
        const [issue] = parsed.issues;
        return fail(`${v.getDotPath(issue) ?? "draw"}: ${issue.message}`);
      }
      const { title, caption = "", table, benchmark, columns, rows, digits } = parsed.output;
      if (benchmark !== "" && !slice.benchmarks.some(({ id }) => id === benchmark)) {
        return fail(`unknown benchmark "${benchmark}"`);
      }
      const measured = slice.variants.map(({ name }) => name).filter((variant) =>
        slice.own.some((score) => score.variant === variant)
      );
      const ours = ourCells(slice, benchmark, digits);
      return {
        ...{ name, title, caption, table },
        columns: columns.map(([printed]) => printed),
        rows: rows.map(({ row, ours: what, scope, why }): PrintedRow => {
          const cells = columns.map(([column]) => paper(table, row, column)?.printed ?? "");
          const own = scope === undefined ? [] : measured.map((variant): PrintedLine => ({
            ...{ whose: variant, isPaper: false },
            cells: columns.map(([, metric]) => ours(variant, scope, metric)),
          }));
          const lines = own.some(isThere) ? together(own) : [];
          return {
            row,
            ours: what ?? null,
            lines: [
              ...[{ whose: PAPER, isPaper: true, cells }].filter(isThere),
              ...lines,
            ],
            why: lines.length > 0 ? null : why ?? ABSENT,
          };
        }),
      };
    },
  );
}

function isThere({ cells }: PrintedLine): boolean {
  return cells.some((cell) => cell !== "");
}

/** One line where no number depends on the variant. */
function together(lines: readonly PrintedLine[]): readonly PrintedLine[] {
  const [first] = lines;
  const isOne = new Set(lines.map(({ cells }) => JSON.stringify(cells))).size === 1;
  return isOne && first !== undefined && lines.length > 1 ? [{ ...first, whose: "ours" }] : lines;
}

/** The mean over seeds, and of a group over its languages; "" where one was not measured. */
function ourCells(slice: Slice, benchmark: string, digits: number | undefined) {
  const estimates = estimatesOf({ slice, items: {}, marks: [] });
  return function cell(variant: string, scope: string, metric: string): string {
    const found = scoreMatrix(estimates, variant, { benchmark, scope, metric })?.flat();
    if (found === undefined) return "";
    const mean = found.reduce((sum, value) => sum + value, 0) / found.length;
    return digits === undefined ? integer(Math.round(mean)) : mean.toFixed(digits);
  };
}
