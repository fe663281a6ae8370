/**
 * What Slurm says of jobs. They are known by the name that the lab gave them and their place in the array: ids come again
 * after a controller has lost its state.
 * @module
 */
import type { State } from "../executor.ts";

const COLUMNS = {
  ArrayJobID: 20,
  ArrayTaskID: 20,
  Name: 128,
  State: 24,
  Reason: 64,
  exit_code: 12,
  NodeList: 64,
};

/** Arguments of squeue: one line an element, formats spelled out, since its JSON changes between versions. */
export function squeueArguments(names: readonly string[]): string[] {
  const format = Object.entries(COLUMNS).map(([name, width]) => `${name}:${width}`).join(",");
  return ["--noheader", "--array", "--states=all", `--name=${names.join(",")}`, `--Format=${format}`];
}

/** One element of an array. */
export interface Job {
  /** For scancel: "7_2". An element that waits has its array's id as its own, which would end all of them. */
  readonly job: string;
  /** The lab's: name and place. */
  readonly id: string;
  readonly state: string;
  readonly reason: string;
  /** As wait(2) has it: signal below, exit code above. */
  readonly exit: number;
  readonly nodes: string;
}

/** The elements in squeue's answer. */
export function readQueue(text: string): Job[] {
  return text.split("\n").filter((line) => line.trim() !== "").map((line) => {
    let at = 0;
    const [array, task, name, state, reason, exit, nodes] = Object.values(COLUMNS).map((width) =>
      line.slice(at, at += width).trim()
    );
    return {
      job: `${array}_${task}`,
      id: `${name}_${task}`,
      state: state!,
      reason: reason!,
      exit: Number(exit),
      nodes: nodes ?? "",
    };
  });
}

const WAITING = ["PENDING", "CONFIGURING", "REQUEUED", "REQUEUE_FED", "REQUEUE_HOLD", "SPECIAL_EXIT"];
const RUNNING = ["RUNNING", "COMPLETING", "SUSPENDED", "STOPPED", "SIGNALING", "STAGE_OUT", "RESIZING"];

/** Reasons of waiting that never end. */
const HOPELESS = ["DependencyNeverSatisfied"];

/** What Slurm's words for an element mean to the lab. @param printed what was printed on the element */
export function stateOf(job: Job, printed: () => string): State {
  const { state, reason, nodes } = job;
  const why = reason === "None" ? undefined : reason;
  if (HOPELESS.includes(reason)) {
    return { kind: "ended", how: `will never begin (${reason})`, remedy: "again" };
  }
  if (WAITING.includes(state)) return { kind: "waiting", ...(why && { why }) };
  if (RUNNING.includes(state)) return { kind: "running", ...(nodes && { why: `on ${nodes}` }) };
  const log = printed();
  return { kind: "ended", ...endOf(job, log), log };
}

function endOf(
  { state, reason, exit, nodes }: Job,
  log: string,
): Pick<State & { kind: "ended" }, "how" | "remedy"> {
  const where = nodes === "" ? "" : ` on ${nodes}`;
  if (state === "OUT_OF_MEMORY" || OUT_OF_MEMORY.test(log)) {
    return { how: `ran out of memory${where}`, remedy: "memory" };
  }
  // Somebody wanted it to end.
  if (state === "CANCELLED") return { how: "was cancelled" };
  if (state === "DEADLINE") return { how: "missed its deadline" };
  const how = {
    COMPLETED: "ended without a result",
    TIMEOUT: "reached its time limit",
    NODE_FAIL: "lost its node",
    PREEMPTED: "was preempted",
    BOOT_FAIL: "found a node that does not boot",
  }[state] ?? exitWords(exit);
  // Some reasons say no more than the exit code.
  const detail = state === "FAILED" && !DULL.includes(reason) ? ` (${reason})` : "";
  return { how: `${how}${where}${detail}`, remedy: "again" };
}

const DULL = ["None", "NonZeroExitCode", "JobLaunchFailure"];

/** What slurmstepd prints: some clusters report no more than a signal. */
const OUT_OF_MEMORY = /exceeded (job |step )?memory limit|oom[-_ ]kill|out[- ]of[- ]memory/i;

function exitWords(exit: number): string {
  return (exit & 127) > 0 ? `was killed by signal ${exit & 127}` : `ended with exit code ${exit >> 8}`;
}

/** Of several with one name and place, what is most alive: a lost submission may have been made again. */
export function mostAlive(states: readonly State[]): State {
  const order = ["running", "waiting", "unknown", "ended"];
  return [...states].sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))[0] ?? { kind: "unknown" };
}
