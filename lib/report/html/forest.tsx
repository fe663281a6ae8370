/**
 * A difference with its interval as a small drawing: a dot, a line, a mark at zero, and the paper's own difference as
 * an open diamond.
 * @module
 */
import { percent, points } from "../../format.ts";

/** Proportions, not percent. */
export interface ForestProps {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly paper?: number;
  /** What a claim compares with; drawn as a dashed line unless it is zero. */
  readonly threshold?: number;
  /** A difference in points (the default) or a share in percent. */
  readonly kind?: "difference" | "share";
  /** Ends of the axis; the same for all drawings that stand below one another. */
  readonly extent: readonly [number, number];
  /** Height in pixels: 34 with the value above the dot, 20 without. */
  readonly labelled?: boolean;
}

const WIDTH = 300;
const MARGIN = 8;

export function Forest({ value, low, high, paper, threshold, kind, extent, labelled = false }: ForestProps) {
  const print = kind === "share" ? percent : points;
  const height = labelled ? 34 : 20;
  const y = height - 10;
  const x = (at: number) =>
    MARGIN +
    (Math.min(extent[1], Math.max(extent[0], at)) - extent[0]) / (extent[1] - extent[0]) *
      (WIDTH - 2 * MARGIN);
  const label =
    `${kind === "share" ? "Accuracy" : "Difference"} ${print(value)}, interval ${print(low)} to ${
      print(high)
    }` + (paper === undefined ? "" : `; in the paper ${print(paper)}`);
  const middle = x(value);
  const anchor = middle < 60 ? "start" : middle > WIDTH - 60 ? "end" : "middle";
  return (
    <svg class="forest" viewBox={`0 0 ${WIDTH} ${height}`} role="img" aria-label={label}>
      <title>{label}</title>
      <line class="axis" x1={MARGIN} x2={WIDTH - MARGIN} y1={y} y2={y} />
      <line class="zero" x1={x(0)} x2={x(0)} y1={labelled ? 14 : 1} y2={height - 1} />
      {threshold !== undefined && threshold !== 0 && (
        <line class="asked" x1={x(threshold)} x2={x(threshold)} y1={labelled ? 14 : 1} y2={height - 1} />
      )}
      <line class="span" x1={x(low)} x2={x(high)} y1={y} y2={y} />
      {paper !== undefined && <path class="paper" d={`M${x(paper)} ${y - 6}l5.5 6l-5.5 6l-5.5 -6z`} />}
      <circle class="dot" cx={middle} cy={y} r="4.5" />
      {labelled && <text x={middle} y={10} text-anchor={anchor}>{print(value)}</text>}
    </svg>
  );
}

/** An axis that holds zero and every given value, with a little air. */
export function extentOf(values: readonly number[]): readonly [number, number] {
  const low = Math.min(0, ...values), high = Math.max(0, ...values);
  const air = Math.max(high - low, 0.02) * 0.06;
  return [low - air, high + air];
}
