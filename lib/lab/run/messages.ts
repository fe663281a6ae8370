/**
 * What parent and worker tell each other, as plain JSON.
 * @module
 */
import type { RunSpec, Surroundings } from "../plan/prepare.ts";
import type { StepEntry } from "../record/record.ts";
import type { StepStart } from "./step.ts";
import type { Measured } from "../experiment/types.ts";

/** What the parent asks for. */
export interface WorkerRequest {
  readonly lab: string;
  readonly file: string;
  readonly spec: RunSpec;
  /** What the parent found out: the worker may not look around. */
  readonly surroundings: Surroundings;
  /** Identity the parent decided on; a different one here means that the code changed in between. */
  readonly identity: string;
  /** Keys of steps that others wait for: the worker ends when they are there. Absent: the whole run is to be done. */
  readonly until?: readonly string[];
}

/** What a worker tells while it works. */
export type WorkerMessage =
  | Measured & {
    readonly type: "progress";
    readonly step: string;
    readonly done: number;
    readonly total: number;
    readonly note?: string | undefined;
  }
  | StepStart & { readonly type: "step" }
  | { readonly type: "notice"; readonly message: string }
  /** Every few seconds. */
  | { readonly type: "alive" };

/** How a run ended. */
export type WorkerResult =
  | {
    readonly type: "done";
    readonly steps: readonly StepEntry[];
    readonly wall_s: number;
    readonly cpu_s: number;
    readonly peak_bytes: number;
    /** What did it: the process, as no other one is called, the host's name and its processor. */
    readonly process: string;
    readonly host: string;
    readonly cpu: string;
  }
  /** The steps of \`until\` are there. */
  | { readonly type: "prepared" }
  | {
    readonly type: "failed";
    readonly message: string;
    readonly stack: string;
    /** Whether the lab itself cannot be written, so that no other run would fare better. */
    readonly isForAll: boolean;
  };
