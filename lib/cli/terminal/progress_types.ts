/**
 * What shows how far runs are.
 * @module
 */
import type { Measured } from "../../lab/experiment/types.ts";

/** How a run is called, and how many steps it has, if that is known. */
export interface RunLabel {
  /** In lines that stay: "LinguaLIFT, seed 1". */
  readonly name: string;
  /** In moving lines, which have little room; with the seed where there are several. */
  readonly short: string;
  readonly seed?: number | undefined;
  readonly steps?: number | undefined;
}

/** How far a step is. */
export interface StepProgress extends Measured {
  readonly step: string;
  readonly done: number;
  readonly total: number;
  readonly note?: string | undefined;
}

/** How a run ended; "prepared": steps of it that others wait for are there, and it goes on later. */
export type Ending = "done" | "failed" | "interrupted" | "prepared";

/** Shows how far runs are; each is named by an id of the caller's. */
export interface Progress {
  /** Whether the lines move. */
  readonly isLive: boolean;
  /** A line for the user, above the moving ones if there are any. */
  line(text: string): void;
  began(id: string, label: RunLabel): void;
  /** A step begins or was found in the cache; `text` says how and why. */
  step(id: string, step: string, text: string): void;
  progress(id: string, at: StepProgress): void;
  ended(id: string, ending: Ending): void;
  /** How wide a line may be. */
  columns(): number;
  /** Something that holds for all, in place of the time left. */
  remark(text: string): void;
  stop(): void;
}

/** What is shown. */
export interface ProgressOptions {
  /** Runs, or other things that `unit` names. */
  readonly total: number;
  readonly unit?: string;
  /** Time to the end of all, given that of the running steps by run, in seconds. */
  readonly timeLeft?: (
    running: ReadonlyMap<string, number | undefined>,
  ) => { readonly seconds: number; readonly atLeast: boolean } | undefined;
}
