/**
 * What a run asks of a machine that a queue finds for it.
 * @module
 */
import type { Resources } from "../../lab/experiment/types.ts";
import { type Costly, costsOf } from "./costs.ts";
import { RUN_BYTES } from "./jobs.ts";

/** Beside what the plan foretells, which errs by a sixth where it was measured (docs/full.md). */
const ROOM = 1.25;

/** By its method, and by its runtime where that says nothing; the memory by the plan's estimate. */
export function resourcesOf(run: Costly): Resources {
  const { resolved: { method, recipe }, spec: { runtime } } = run;
  const { device, threads, processes = 1, nodes = 1 } = runtime;
  const isCard = device === "cuda";
  const largest = Math.max(0, ...costsOf(run).map(({ bytes }) => bytes));
  return {
    nodes,
    cpus: threads * processes,
    gpus: isCard ? processes : 0,
    // What a card's host needs nobody has measured.
    memory: isCard ? null : Math.max(RUN_BYTES, ROOM * largest * processes),
    ...method.resources?.(recipe, runtime),
  };
}
