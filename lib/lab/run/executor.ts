/**
 * Where runs are done: the seam between the lab, which decides what is to run and collects what came of it, and what
 * starts processes. The lab writes a request into an attempt's folder; the worker leaves messages and, last, a result
 * there. A result is the only success: an executor only says whether there is still something to wait for.
 * @module
 */
import type { Resources } from "../experiment/types.ts";
import type { Attempt } from "./attempt.ts";
import type { Permissions } from "./permissions.ts";

/** A run to be started, or the steps of it that others wait for. */
export interface Work {
  /** The experiment's id, the run's, and its name for people. */
  readonly experiment: string;
  readonly run: string;
  readonly name: string;
  /** Whether it only makes steps that others wait for. */
  readonly isPart: boolean;
  readonly attempt: Attempt;
  readonly permissions: Permissions;
  readonly resources: Resources;
  /** Ids of attempts that have to end before, well or not. */
  readonly after: readonly string[];
}

/** A started run, as its executor knows it. */
export interface Handle {
  readonly id: string;
}

/** What an executor knows of a started run. Words are for people: "was killed by SIGKILL", "waits for Resources". */
export type State =
  | { readonly kind: "waiting" | "running" | "unknown"; readonly why?: string }
  | {
    readonly kind: "ended";
    readonly how: string;
    /** What may help where it has no result: starting it again, or that with more memory. Absent: nothing. */
    readonly remedy?: "again" | "memory" | undefined;
    /** What was printed on it beside what its process printed. */
    readonly log?: string;
  };

export interface Executor {
  readonly name: string;
  /** Whether it holds work until there is room and goes on without the lab: it gets all at once, and none is lost. */
  readonly isQueue: boolean;
  /** How long the lab waits between looks, and for a result after the run has ended or is unknown, in ms. */
  readonly patience: { readonly look: number; readonly result: number };
  /** How often work that came to nothing through no fault of its own is started again. */
  readonly restarts: number;
  /**
   * Starts the work, or puts it in a queue. One handle each, in the same order.
   * @throws {UserError} when it is refused; what it has put in a queue before has its handle written down
   */
  submit(work: readonly Work[]): Promise<readonly Handle[]>;
  /** By handle's id: one question for all. */
  poll(handles: readonly Handle[]): Promise<ReadonlyMap<string, State>>;
  /** Asks them to stop, and ends them if they do not. */
  cancel(handles: readonly Handle[]): Promise<void>;
}
