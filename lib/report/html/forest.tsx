/**
 * A number with its interval as a small drawing on an axis with ticks. A difference is a dot left or right of a line at
 * zero, with the paper's own difference as an open diamond; a share is a bar that grows from zero.
 * @module
 */
import { scale } from "vega";
import { percent, points } from "../../format.ts";

type Extent = readonly [number, number];

/** Proportions, not percent. */
export interface ForestProps {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly paper?: number | undefined;
  /** What a claim compares with; drawn as a dashed line unless it is zero. */
  readonly threshold?: number | undefined;
  /** A difference in points (the default) or a share in percent. */
  readonly kind?: "difference" | "share";
  /** Ends of the axis; the same for all drawings that stand below one another. */
  readonly extent: Extent;
  /** With the value above and the ticks below; without, {@link ForestAxis} stands over a column of drawings. */
  readonly labelled?: boolean;
}

const WIDTH = 300;
const MARGIN = 16;

/** Where a value lies between the ends of the axis; beyond them, at the end. */
function place([low, high]: Extent, value: number): number {
  const share = (Math.min(high, Math.max(low, value)) - low) / (high - low);
  return Math.round((MARGIN + share * (WIDTH - 2 * MARGIN)) * 10) / 10;
}

export function Forest({ value, low, high, paper, threshold, kind, extent, labelled = false }: ForestProps) {
  const share = kind === "share";
  const print = share ? (x: number) => `${percent(x)} %` : (x: number) => `${points(x)} points`;
  const [top, y, height] = labelled ? [15, 26, 46] : [1, 10, 20];
  const x = (at: number) => place(extent, at);
  const label =
    `${share ? "Share" : "Difference"} ${print(value)}, interval ${print(low)} to ${print(high)}` +
    (paper === undefined ? "" : `; in the paper ${print(paper)}`);
  const middle = x(value);
  const anchor = middle < 70 ? "start" : middle > WIDTH - 70 ? "end" : "middle";
  return (
    <svg
      class={share ? "forest share" : "forest"}
      viewBox={`0 0 ${WIDTH} ${height}`}
      role="img"
      aria-label={label}
    >
      <title>{label}</title>
      <line class="axis" x1={MARGIN} x2={WIDTH - MARGIN} y1={y} y2={y} />
      {labelled && <Ticks extent={extent} y={y} unit={share ? " %" : ""} />}
      <line class="zero" x1={x(0)} x2={x(0)} y1={top} y2={y + 7} />
      {share && <rect class="bar" x={x(0)} y={y - 5} width={Math.max(0, middle - x(0))} height="10" />}
      {threshold !== undefined && threshold !== 0 && (
        <line class="asked" x1={x(threshold)} x2={x(threshold)} y1={top} y2={y + 7} />
      )}
      <line class="span" x1={x(low)} x2={x(high)} y1={y} y2={y} />
      {paper !== undefined && <path class="paper" d={`M${x(paper)} ${y - 6}l5.5 6l-5.5 6l-5.5 -6z`} />}
      {share
        ? <line class="end" x1={middle} x2={middle} y1={y - 5} y2={y + 5} />
        : <circle class="dot" cx={middle} cy={y} r="4.5" />}
      {labelled && <text class="value" x={middle} y={11} text-anchor={anchor}>{print(value)}</text>}
    </svg>
  );
}

/** The axis over a column of differences. */
export function ForestAxis({ extent }: { extent: Extent }) {
  return (
    <svg class="forest over" viewBox={`0 0 ${WIDTH} 36`} aria-hidden="true">
      <text x={WIDTH / 2} y="12" text-anchor="middle">points</text>
      <Ticks extent={extent} y={33} above />
    </svg>
  );
}

function Ticks({ extent, y, unit = "", above = false }: {
  extent: Extent;
  y: number;
  unit?: string;
  above?: boolean;
}) {
  return (
    <>
      {ticksOf(extent).map((at) => (
        <g key={at} class="tick">
          <line x1={place(extent, at)} x2={place(extent, at)} y1={y} y2={above ? y + 2 : y + 4} />
          <text x={place(extent, at)} y={above ? y - 3 : y + 16} text-anchor="middle">
            {`${Math.round(at * 100)}`.replace("-", "\u2212") + unit}
          </text>
        </g>
      ))}
    </>
  );
}

/** A few round numbers on the axis, in whole points; zero is one of them. */
function ticksOf(extent: Extent): number[] {
  const axis = scale("linear")().domain(extent.map((end) => end * 100));
  const whole = (axis.ticks(4) as number[]).filter(Number.isInteger);
  return [...new Set([0, ...whole])].map((at) => at / 100);
}

/** An axis that holds zero and every given value, with a little air. */
export function extentOf(values: readonly number[]): Extent {
  const low = Math.min(0, ...values), high = Math.max(0, ...values);
  const air = Math.max(high - low, 0.02) * 0.06;
  return [low - air, high + air];
}
