/**
 * Learning curves: what a step's `loss.csv` says of its training, as means over windows of updates, short enough for the
 * store. It is kept as an object that the run's record names, so that it outlives the step's folder.
 * @module
 */
import { join } from "node:path";
import { unlessGone } from "../../files.ts";
import { getJson, putJson } from "./objects.ts";
import type { LabPaths } from "./paths.ts";
import type { StepEntry } from "./record.ts";

/** Of every update its loss, learning rate and gradient's norm, in a step's folder; a training without lr says so by no column. */
const LOSSES_FILE = "loss.csv";

/** Windows of a curve: more would show no more on a page. */
const WINDOWS = 200;

/** Means over windows of the same length but the last; null where the training did not write it. */
export interface Curve {
  readonly windows: readonly {
    /** Updates done at the window's end. */
    readonly updates: number;
    readonly loss: number;
    readonly lr: number | null;
    /** Before clipping. */
    readonly grad_norm: number | null;
  }[];
}

/** Keeps the curve of what a step has left in its folder: nothing where it trained nothing. */
export function keepCurve(paths: LabPaths, folder: string): { readonly curve?: string } {
  const text = unlessGone(() => Deno.readTextFileSync(join(folder, LOSSES_FILE)));
  return text === undefined ? {} : { curve: putJson(paths, curveOf(text)) };
}

/** The curve of a step. */
export function readCurve(paths: LabPaths, { curve }: StepEntry): Curve["windows"] {
  return curve === undefined ? [] : getJson<Curve>(paths, curve).windows;
}

/** @throws {Error} when the text is no `loss.csv` */
export function curveOf(text: string): Curve {
  const [header, ...lines] = text.trimEnd().split("\n");
  const columns = header!.split(",");
  const rows = lines.map((line) => line.split(",").map(Number));
  const place = (name: string) => columns.indexOf(name);
  const [loss, lr, norm] = [place("loss"), place("lr"), place("grad_norm")];
  if (columns[0] !== "step" || loss < 0 || rows.some((row) => row.length !== columns.length)) {
    throw new Error(`Cannot read a training's losses: "${header}" is not followed by rows of its columns`);
  }
  const length = Math.max(1, Math.ceil(rows.length / WINDOWS));
  const windows = Array.from({ length: Math.ceil(rows.length / length) }, (_, i) => {
    const part = rows.slice(i * length, (i + 1) * length);
    const mean = (column: number) => part.reduce((sum, row) => sum + row[column]!, 0) / part.length;
    return {
      updates: i * length + part.length,
      loss: mean(loss),
      lr: lr < 0 ? null : mean(lr),
      grad_norm: norm < 0 ? null : mean(norm),
    };
  });
  return { windows };
}
