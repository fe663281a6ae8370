/**
 * Types for `cli-progress`, which has none of its own.
 * @module
 */
import progress from "cli-progress";

export interface SingleBar {
  update(value: number, payload: Readonly<Record<string, string>>): void;
  setTotal(total: number): void;
}

interface Bars {
  create(total: number, start: number, payload: Readonly<Record<string, string>>): SingleBar;
  remove(bar: SingleBar): boolean;
  log(text: string): void;
  update(): void;
  stop(): void;
}

interface BarOptions {
  readonly stream: unknown;
  readonly format: string;
  readonly hideCursor: boolean;
  readonly clearOnComplete: boolean;
}

/** Several bars below each other on standard error. */
export const MultiBar = progress.MultiBar as unknown as new (options: BarOptions) => Bars;
