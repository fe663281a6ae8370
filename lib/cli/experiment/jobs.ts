/**
 * How many runs at a time a machine has room for.
 * @module
 */
import type { PreparedRun } from "../../lab/plan/prepare.ts";

/** Memory that a run of scale micro takes, with a little room. */
const RUN_BYTES = 2 * 2 ** 30;

/** A machine, as far as it counts here. */
export interface Room {
  readonly bytes: number;
  readonly cores: number;
}

/** One a core, as far as the memory reaches for the largest of them; at least one. */
export function jobsThatFit(
  runs: readonly Pick<PreparedRun, "resolved" | "spec">[],
  { bytes, cores }: Room = {
    bytes: Deno.systemMemoryInfo().total,
    cores: navigator.hardwareConcurrency,
  },
): number {
  const takes = runs.map(({ resolved: { method, recipe }, spec }) => method.memory?.(recipe, spec) ?? 0);
  return Math.max(1, Math.min(cores, Math.floor(bytes / Math.max(RUN_BYTES, ...takes))));
}
