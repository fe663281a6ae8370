/**
 * A training on disk: one safetensors file, written atomically, with the trained parameters, the moments, the step and
 * the positions of random streams. A training that goes on from it gives the same bytes as one that never stopped.
 * @module
 */
import { UserError } from "../errors.ts";
import type { StreamState } from "../random.ts";
import { openSafetensors, type SafetensorsInput, writeSafetensors } from "./safetensors.ts";

/** Everything that a training needs to go on; arrays are row-major float32, by parameter name. */
export interface TrainingState {
  /** Optimiser steps done. */
  readonly step: number;
  readonly parameters: Readonly<Record<string, Float32Array>>;
  /** Moments as AdamW keeps them here (optim/adamw.ts). */
  readonly expAvg: Readonly<Record<string, Float32Array>>;
  readonly expAvgSq: Readonly<Record<string, Float32Array>>;
  /** Where the random streams of the data stand, by name. */
  readonly streams: Readonly<Record<string, StreamState>>;
}

/** The layout of the file; a reader refuses what it does not know. */
const FORMAT = "lingualift training state 1";
const PARTS = { parameters: "parameters.", expAvg: "exp_avg.", expAvgSq: "exp_avg_sq." } as const;

/** Writes the state to `path`; the same state gives the same bytes. */
export function saveTrainingState(path: string, state: TrainingState): void {
  const tensors: SafetensorsInput[] = [];
  for (const [part, prefix] of Object.entries(PARTS)) {
    for (const [name, data] of Object.entries(state[part as keyof typeof PARTS])) {
      tensors.push({ name: prefix + name, dtype: "F32", shape: [data.length], data });
    }
  }
  const streams = JSON.stringify(state.streams);
  writeSafetensors(path, tensors, { format: FORMAT, step: String(state.step), streams });
}

/** Reads what `saveTrainingState` wrote. @throws {UserError} naming the file when it is something else */
export function loadTrainingState(path: string): TrainingState {
  const file = openSafetensors(path);
  const { format, step, streams } = file.metadata;
  if (format !== FORMAT) {
    throw new UserError(
      `Cannot go on from "${path}": its format is "${format ?? "none"}", expected "${FORMAT}"`,
    );
  }
  if (streams === undefined) {
    throw new UserError(`Cannot go on from "${path}": it lacks the random streams, it is damaged`);
  }
  const part = (prefix: string) => {
    const names = [...file.entries.keys()].filter((name) => name.startsWith(prefix));
    return Object.fromEntries(names.map((name) => [name.slice(prefix.length), file.float32(name)]));
  };
  return {
    step: Number(step),
    parameters: part(PARTS.parameters),
    expAvg: part(PARTS.expAvg),
    expAvgSq: part(PARTS.expAvgSq),
    streams: JSON.parse(streams),
  };
}
