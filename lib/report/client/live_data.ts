/**
 * What `deno task serve` tells its pages, as plain JSON: which site it serves, and the runs that are under way.
 * @module
 */

/** A run between its start and its end. Times are in seconds. */
export interface LiveRun {
  readonly id: string;
  readonly experiment: string;
  readonly variant: string;
  readonly seed: number;
  readonly scale: string;
  readonly world: string;
  readonly engine: string;
  /** "local", or the queue that has it. */
  readonly executor: string;
  /** Whether only steps that other runs wait for are made. */
  readonly isPart: boolean;
  /** Whether it has ended, and no lab has taken in yet what it came to. */
  readonly isOver: boolean;
  /** The step it is at, and which one that is, from 1; null while it waits or begins. */
  readonly step: { readonly name: string; readonly at: number; readonly since: number } | null;
  readonly done: number | null;
  readonly total: number | null;
  readonly note: string | null;
  readonly loss: number | null;
  /** Losses of the step, thinned out. */
  readonly losses: readonly number[];
  readonly tokensPerSecond: number | null;
  /** To the end of the step, by its pace so far. */
  readonly left: number | null;
  /** Since something was last heard of it; null where nothing was yet. */
  readonly silent: number | null;
  /** The page of its experiment, where the site has one. */
  readonly page: string | null;
}

/** A run that has ended since the server was started. */
export interface LiveEnd {
  readonly id: string;
  readonly name: string;
  readonly ending: "done" | "failed" | "stopped";
  /** Its first numbers, or why it failed. */
  readonly note: string;
  /** ISO 8601. */
  readonly at: string;
  readonly page: string | null;
}

/** Everything at one moment. */
export interface LiveState {
  /** Which site is served: pages of another one are loaded again. Empty where there is none. */
  readonly version: string;
  readonly drawing: { readonly kind: "current" | "drawing" } | {
    readonly kind: "failed";
    readonly why: string;
  };
  readonly runs: readonly LiveRun[];
  readonly ended: readonly LiveEnd[];
}
