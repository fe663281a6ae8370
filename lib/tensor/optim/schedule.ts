/**
 * Learning-rate schedules, with the names and the formulas of Hugging Face transformers (optimization.py).
 * @module
 */
import { didYouMean, UserError } from "../../errors.ts";

const TYPES = ["constant", "constant_with_warmup", "linear", "cosine"] as const;

/** How the learning rate moves: constant, linear warm-up and then constant, a line to 0 or half a cosine to 0. */
export type ScheduleType = typeof TYPES[number];

/** How the learning rate goes over a training. */
export interface Schedule {
  readonly type: ScheduleType;
  /** The largest learning rate. */
  readonly lr: number;
  /** Number of optimiser steps of the whole training. */
  readonly totalSteps: number;
  /** Part of the steps during which the rate rises from 0; rounded up to whole steps. Default 0. */
  readonly warmupRatio?: number;
}

/**
 * The learning rate of step `step`, counted from 0 (so that with warm-up the first step's rate is 0, as there).
 * @throws {UserError} for an unknown type, a negative rate or a ratio outside 0 ... 1
 */
export function learningRate(schedule: Schedule, step: number): number {
  const { type, lr, totalSteps, warmupRatio = 0 } = schedule;
  if (!TYPES.includes(type)) throw new UserError(`Unknown schedule "${type}": ${didYouMean(type, TYPES)}`);
  if (!(lr >= 0)) throw new UserError(`Cannot train with lr ${lr}: give a number from 0 on`);
  if (!(warmupRatio >= 0 && warmupRatio <= 1)) {
    throw new UserError(`Cannot train with warmup_ratio ${warmupRatio}: give a number from 0 to 1`);
  }
  if (type === "constant") return lr;
  const warmup = Math.ceil(warmupRatio * totalSteps);
  if (step < warmup) return lr * step / Math.max(1, warmup);
  if (type === "constant_with_warmup") return lr;
  const left = Math.max(0, totalSteps - step) / Math.max(1, totalSteps - warmup);
  return type === "linear" ? lr * left : lr * 0.5 * (1 + Math.cos(Math.PI * (1 - left)));
}
