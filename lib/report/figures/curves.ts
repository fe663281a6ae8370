/**
 * Learning curves: a drawing for every stage, a line for every system that trained there by itself, its band from the
 * lowest to the highest seed; the learning rate dashed, on the right.
 * @module
 */
import type { TopLevelSpec } from "vega-lite";
import type { Curve, CurvePoint } from "../../results/slice.ts";
import { systemColour } from "./figure.ts";
import type { Drawing } from "./kinds/shared.ts";

/** Systems whose seeds share their trainings in pairs, under one name: those of the first. */
interface Line {
  readonly name: string;
  /** All of them. */
  readonly systems: readonly string[];
  readonly curves: readonly Curve[];
}

/** A drawing a stage, in the stages' order. */
export function curveDrawings(curves: readonly Curve[]): Drawing[] {
  return [...Map.groupBy(curves, ({ stage }) => stage)].map(([stage, own]) =>
    curveDrawing(stage, linesOf(own))
  );
}

/** Trainings of the same systems belong together: one a seed. */
function linesOf(curves: readonly Curve[]): Line[] {
  const systems = ({ runs }: Curve) => [...new Set(runs.map(({ variant }) => variant))];
  return [...Map.groupBy(curves, (curve) => JSON.stringify(systems(curve)))].map(([, own]) => {
    const all = systems(own[0]!), [first, ...others] = all;
    const name = others.length === 0 ? first! : `${first} (and ${others.length} more)`;
    return { name, systems: all, curves: own };
  });
}

function curveDrawing(stage: string, lines: readonly Line[]): Drawing {
  const seeds = Math.max(...lines.map(({ curves }) => curves.length));
  const names = lines.map(({ name }) => name);
  const losses = lines.flatMap(({ name, curves }) => bandOf(curves).map((row) => ({ system: name, ...row })));
  const rates = thinned(lines[0]!.curves[0]!.points).filter(({ lr }) => lr !== null).map((
    { updates, lr },
  ) => ({
    updates,
    lr,
  }));
  const x = {
    field: "updates",
    type: "quantitative",
    title: "Updates",
    axis: { tickCount: 6, labelOverlap: true },
  } as const;
  const y = {
    type: "quantitative",
    title: "Training loss",
    scale: losses.every(({ loss, low = loss }) => low > 0) ? { type: "log", nice: false } : { zero: false },
    axis: { tickCount: 5 },
  } as const;
  const color = systemColour(names, "system");
  const tooltip = [
    { field: "system", title: "system" },
    { field: "updates", title: "updates" },
    { field: "loss", title: "loss", format: ".4f" },
  ];
  const loss = {
    data: { values: losses },
    layer: [
      ...seeds > 1
        ? [{
          mark: { type: "area", opacity: 0.2 },
          encoding: { x, y: { ...y, field: "low" }, y2: { field: "high" }, color },
        }]
        : [],
      { mark: { type: "line", strokeWidth: 1.6 }, encoding: { x, y: { ...y, field: "loss" }, color } },
      // What a pointer can meet: a line has no numbers of its places. Each point weighs, so there are few.
      {
        data: { values: lines.flatMap(pointsOf) },
        mark: { type: "point", size: 22, opacity: 1 },
        encoding: { x, y: { ...y, field: "loss" }, color, tooltip },
      },
    ],
  };
  const rate = {
    data: { values: rates },
    mark: { type: "line", strokeDash: [4, 4], strokeWidth: 1.2, color: "var(--soft)" },
    encoding: {
      x,
      y: {
        field: "lr",
        type: "quantitative",
        title: "Learning rate (dashed)",
        axis: { format: ".1e", tickCount: 4, grid: false },
      },
    },
  };
  const layer = rates.length === 0 ? loss.layer : [{ ...loss }, rate];
  const spec = {
    width: "container",
    height: 200,
    ...(rates.length === 0 ? { data: loss.data } : { resolve: { scale: { y: "independent" } } }),
    layer,
  } as unknown as TopLevelSpec;
  return {
    part: stage,
    title: `Loss of ${stage}`,
    caption: [
      "Means over windows of updates.",
      ...(seeds > 1
        ? [`The line is the mean of ${seeds} trainings, the band from the lowest to the highest.`]
        : []),
      ...lines.flatMap(sharedBy),
      ...hidden(lines),
    ].join(" "),
    spec,
    minWidth: 0,
  };
}

/** Whose training a line is, in full: a legend has no room for all their names. */
function sharedBy({ name, systems }: Line): string[] {
  return systems.length === 1 ? [] : [`${name} is one training that they share: ${systems.join(", ")}.`];
}

/** Which trainings cannot be told apart, as each hides those before it. */
function hidden(lines: readonly Line[]): string[] {
  return [...Map.groupBy(lines, ({ curves }) => JSON.stringify(bandOf(curves))).values()]
    .filter((alike) => alike.length > 1)
    .map((alike) => `On one line lie: ${alike.map(({ name }) => name).join(", ")}.`);
}

/** Points of a line, at most. */
const POINTS = 10;

/** Some places of a line, its last one among them. */
function pointsOf({ name, curves }: Line) {
  const band = bandOf(curves);
  const every = Math.ceil(band.length / POINTS);
  return band.filter((_, i) => (band.length - 1 - i) % every === 0).map((row) => ({ system: name, ...row }));
}

/** More places of a line are not told apart on a page, and weigh. */
const PLACES = 80;

/** A window as it is drawn. */
interface Window {
  readonly updates: number;
  readonly loss: number;
  readonly low?: number;
  readonly high?: number;
}

/** Of trainings of the same length the mean loss at each window, and the lowest and highest where there are several. */
function bandOf(curves: readonly Curve[]): Window[] {
  const [first, ...others] = curves.map(({ points }) => thinned(points));
  const alike = [first!, ...others.filter((points) => points.length === first!.length)];
  return first!.map(({ updates }, i) => {
    const losses = alike.map((points) => points[i]!.loss);
    const loss = round(mean(losses));
    if (losses.length === 1) return { updates, loss };
    return { updates, loss, low: round(Math.min(...losses)), high: round(Math.max(...losses)) };
  });
}

/** Means over neighbours, where there are more windows than are drawn. */
function thinned(points: readonly CurvePoint[]): CurvePoint[] {
  const together = Math.ceil(points.length / PLACES);
  return Array.from({ length: Math.ceil(points.length / together) }, (_, i) => {
    const part = points.slice(i * together, (i + 1) * together);
    const rates = part.flatMap(({ lr }) => lr ?? []);
    return {
      updates: part.at(-1)!.updates,
      loss: mean(part.map(({ loss }) => loss)),
      lr: rates.length === 0 ? null : mean(rates),
    };
  });
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function round(value: number): number {
  return Number(value.toPrecision(4));
}
