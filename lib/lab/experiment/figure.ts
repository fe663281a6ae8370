/**
 * What an experiment says of its own figures: one of the kinds in which the paper draws, or a Vega-Lite specification.
 * The report has the data and the drawing (`lib/report/figures`).
 * @module
 */
import type { Json } from "../../hash.ts";

interface Named {
  /** With the paper's number: "Figure 4: code-switch ratio". */
  readonly title: string;
  /** Said after what the report says of the drawing itself. */
  readonly caption?: string | undefined;
}

/** Lines over a number of the recipe, one a group of languages; a drawing a benchmark (Figure 4). */
export interface LineFigure extends Named {
  readonly draw: "lines";
  readonly benchmarks: readonly string[];
  /** Path in the recipe whose number is the axis, for instance `code_switch.ratio`. */
  readonly x: string;
  readonly xTitle: string;
  /** What the number is multiplied with on the axis: 100 makes a share percent. */
  readonly times?: number | undefined;
  /** A variant that is no point of the lines but a level to compare them with. */
  readonly reference?: string | undefined;
}

/** Bars by variant, one a group of languages; a drawing a benchmark (Figures 6 and 9). */
export interface BarFigure extends Named {
  readonly draw: "bars";
  readonly benchmarks: readonly string[];
  /** Which variants in which order; all without it. */
  readonly variants?: readonly string[] | undefined;
}

/** A point a language and variant: one benchmark against another, with Spearman's correlation (Figure 7, Table 19). */
export interface ScatterFigure extends Named {
  readonly draw: "scatter";
  readonly x: string;
  /** A drawing for each. */
  readonly benchmarks: readonly string[];
  readonly variants?: readonly string[] | undefined;
}

/**
 * Points on a plane, a drawing a panel (Figure 5). A step gives the points as scores: `benchmark` is the panel, `scope`
 * the language and the text's id ("sw 12"), `metric` "map x" and "map y". They are drawn for one variant and its first
 * seed; such scores are in no table and not in the gate.
 */
export interface MapFigure extends Named {
  readonly draw: "map";
  /** The panels' ids with their titles, in order. */
  readonly panels: readonly (readonly [id: string, title: string])[];
  /** The base without it. */
  readonly variant?: string | undefined;
}

/** Bars of shares: what a step counted, beside the counts that a table of the paper prints (Table 18). */
export interface ShareFigure extends Named {
  readonly draw: "shares";
  /** The step's score whose `k` is the count; whichever variant has it, it counts the same. */
  readonly metric: string;
  /** The paper's table, for instance "table-18". */
  readonly table: string;
  /** Its rows, each with the scopes that it takes together: `{ Conjunction: ["CCONJ", "SCONJ"] }`. */
  readonly rows: Readonly<Record<string, readonly string[]>>;
}

/** A row of a table of the paper, with ours below it. */
export interface TableLine {
  /** As printed, or a row of ours alone. */
  readonly row: string;
  /** What ours are, where they are not the same thing: "word problems in English". */
  readonly ours?: string | undefined;
  /** Whose scores stand in it: a language, a group (the mean over its languages) or what else a step named. */
  readonly scope?: string | undefined;
  /** Why there are none, said where there are none. */
  readonly why?: string | undefined;
}

/** A table and no drawing: scores that steps computed, below the cells that a table of the paper prints (Tables 5 and 6). */
export interface TableFigure extends Named {
  readonly draw: "table";
  /** The paper's table, for instance "table-6". */
  readonly table: string;
  /** The benchmark that the scores are of; "" for scores of none. */
  readonly benchmark: string;
  /** The paper's columns in order, each with the step's score that it is. */
  readonly columns: readonly (readonly [printed: string, metric: string])[];
  readonly rows: readonly TableLine[];
  /** Decimals of ours; as counts without it. */
  readonly digits?: number | undefined;
}

/** A specification whose data are named and never given; see the report's README. */
export type VegaLiteFigure = Readonly<Record<string, Json>> & { readonly draw?: never };

/** A figure of an experiment: one of the kinds, or a Vega-Lite specification. */
export type FigureChoice =
  | LineFigure
  | BarFigure
  | ScatterFigure
  | MapFigure
  | ShareFigure
  | TableFigure
  | VegaLiteFigure;
