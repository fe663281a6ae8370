/**
 * Runs that are under way: what their workers have told since the last look, and whether they have come to an end.
 * @module
 */
import { exists, writeFileAtomic } from "../../files.ts";
import type { DecidedRun } from "../plan/decide.ts";
import type { LabPaths } from "../record/paths.ts";
import { timestamp } from "../record/provenance.ts";
import { allAttempts, type Attempt, messageReader, readHandle, readLog, readResult } from "./attempt.ts";
import type { Executor, Handle, State } from "./executor.ts";
import type { WorkerMessage, WorkerResult } from "./messages.ts";

/** A run, or the steps of it that others wait for, between its submission and its end. */
export interface UnderWay {
  readonly run: DecidedRun;
  readonly attempt: Attempt;
  /** Keys of steps that others wait for, where only these are made. */
  readonly until?: readonly string[] | undefined;
  handle: Handle;
  readonly started: string;
  readonly clock: number;
  /** What is new since the last call. */
  readonly news: () => WorkerMessage[];
  /** When something was last heard of it, on the same clock. */
  heard: number;
  hasBegun: boolean;
  restarts: number;
  /** What it has come to ask for: more memory after it ran out of it. */
  memory: number | null;
  /** Since when it seems to be over without a result. */
  over?: { readonly state: State; readonly since: number } | undefined;
}

/** Something that an executor has begun with. */
export function underWay(
  run: DecidedRun,
  { attempt, handle, until, memory }: Pick<UnderWay, "attempt" | "handle" | "until" | "memory">,
): UnderWay {
  return {
    run,
    attempt,
    handle,
    until,
    memory,
    started: timestamp(),
    clock: performance.now(),
    news: messageReader(attempt),
    heard: performance.now(),
    hasBegun: false,
    restarts: 0,
  };
}

/** What an earlier start of the lab left with this executor, of these runs. @param memory that they asked for */
export function leftUnderWay(
  paths: LabPaths,
  runs: readonly DecidedRun[],
  { executor: { name }, memory }: {
    readonly executor: Pick<Executor, "name">;
    readonly memory: (run: DecidedRun) => number | null;
  },
): UnderWay[] {
  const byId = new Map(runs.map((run) => [run.id, run]));
  return allAttempts(paths).flatMap(({ run: id, attempt, request: { identity, until }, handle }) => {
    const run = byId.get(id);
    if (handle?.executor !== name || handle.isCancelled || run?.identity !== identity) return [];
    return [underWay(run, { attempt, handle, until, memory: memory(run) })];
  });
}

/** What a look at something under way found. */
export type Finding =
  | { readonly kind: "goes on" }
  | { readonly kind: "result"; readonly result: WorkerResult }
  /** It is over, and there is nothing to wait for any more. */
  | { readonly kind: "nothing"; readonly state: State };

/**
 * Passes on what is new. A result that says that the work is done counts whatever the executor says: a queue may not have
 * noticed, or have begun anew. One that says why not counts when no process is left that may do better.
 */
export function lookAt(
  one: UnderWay,
  state: State,
  { executor, begin, tell }: {
    executor: Executor;
    /** It has just begun. */
    begin: () => void;
    tell: (message: WorkerMessage) => void;
  },
): Finding {
  const hasBegun = (): void => {
    if (!one.hasBegun) begin();
    one.hasBegun = true;
  };
  if (state.kind === "running" || state.kind === "ended") hasBegun();
  // Nothing can have come from what has never begun.
  if (!one.hasBegun && state.kind === "waiting") return { kind: "goes on" };
  const isOver = state.kind === "ended" || state.kind === "unknown";
  const result = executor.isQueue || isOver ? readResult(one.attempt) : undefined;
  for (const message of one.news()) {
    // A queue may have forgotten what is at work.
    hasBegun();
    one.heard = performance.now();
    if (message.type !== "alive") tell(message);
  }
  if (result && (isOver || result.type !== "failed")) return { kind: "result", result };
  if (!isOver) {
    one.over = undefined;
    return { kind: "goes on" };
  }
  if (!exists(one.attempt.request) || readHandle(one.attempt)?.isCancelled) {
    return { kind: "nothing", state: { kind: "ended", how: "was cancelled elsewhere" } };
  }
  one.over ??= { state, since: performance.now() };
  // What a queue has forgotten may live on.
  const since = state.kind === "unknown" ? Math.max(one.over.since, one.heard) : one.over.since;
  if (performance.now() - since < executor.patience.result) return { kind: "goes on" };
  return { kind: "nothing", state };
}

/** A run that has ended without a result. @throws when nothing can be written into its folder, say on a full disk */
export function failureOf(state: State, attempt: Attempt): WorkerResult {
  const before = state.kind === "ended" ? state.log ?? "" : "";
  const stack = [before, readLog(attempt)].map((text) => text.trim()).filter((text) => text !== "").join(
    "\n",
  );
  // What stopped it may be what would stop any other.
  writeFileAtomic(`${attempt.folder}/last.txt`, "");
  const words = stack.split("\n").at(-1) ?? "";
  return {
    type: "failed",
    message: `The run's process ${wordsOf(state)}${words && `: ${words}`}`,
    stack,
    isForAll: false,
  };
}

/** "was killed by SIGKILL". */
export function wordsOf(state: State): string {
  if (state.kind === "ended") return state.how;
  return state.kind === "unknown" ? "was lost" : `is ${state.kind}`;
}
