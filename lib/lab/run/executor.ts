/**
 * Where runs are done: the seam between the lab, which decides what is to run and collects what came of it, and what
 * starts processes. The lab writes a request into an attempt's folder; the worker leaves messages and, last, a result
 * there. A result is the only success: an executor only says whether there is still something to wait for.
 * @module
 */
import type { Attempt } from "./attempt.ts";
import type { Permissions } from "./permissions.ts";

/** A run to be started. */
export interface Work {
  /** The run's id, and its name for people. */
  readonly run: string;
  readonly name: string;
  readonly attempt: Attempt;
  readonly permissions: Permissions;
}

/** A started run, as its executor knows it. */
export interface Handle {
  readonly id: string;
}

/** What an executor knows of a started run. `how` is for people: "was killed by SIGKILL". */
export type State =
  | { readonly kind: "waiting" | "running" | "unknown" }
  | { readonly kind: "ended"; readonly how: string };

export interface Executor {
  readonly name: string;
  /** How long the lab waits between looks, and for a result after the run has ended or is unknown, in ms. */
  readonly patience: { readonly look: number; readonly result: number };
  /** Starts the work, or puts it in a queue. One handle each, in the same order. */
  submit(work: readonly Work[]): Promise<readonly Handle[]>;
  /** By handle's id: one question for all. */
  poll(handles: readonly Handle[]): Promise<ReadonlyMap<string, State>>;
  /** Asks them to stop, and ends them if they do not. */
  cancel(handles: readonly Handle[]): Promise<void>;
}
