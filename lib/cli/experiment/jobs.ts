/**
 * How many runs at a time a machine has room for, and whether it has for one.
 * @module
 */
import { UserError } from "../../errors.ts";
import { type Costly, costsOf, deviceOf, gib } from "./costs.ts";

/** Memory that a run of scale micro takes, with a little room. */
export const RUN_BYTES = 2 * 2 ** 30;

/** A machine, as far as it counts here. */
export interface Room {
  readonly bytes: number;
  readonly cores: number;
}

/** One a core, as far as the memory reaches for the largest of them; at least one. Runs on a card take turns. */
export function jobsThatFit(
  runs: readonly Costly[],
  { bytes, cores }: Room = {
    bytes: Deno.systemMemoryInfo().total,
    cores: navigator.hardwareConcurrency,
  },
): number {
  if (runs.some(({ spec: { runtime } }) => runtime.device === "cuda")) return 1;
  const takes = runs.map((run) =>
    (run.spec.runtime.processes ?? 1) * Math.max(0, ...costsOf(run).map((step) => step.bytes))
  );
  return Math.max(1, Math.min(cores, Math.floor(bytes / Math.max(RUN_BYTES, ...takes))));
}

/** @throws {UserError} with the estimate for the first run that has a step for which a device has not the memory */
export function checkFits(runs: readonly Costly[]): void {
  for (const run of runs) {
    const { spec: { runtime }, resolved: { variant } } = run;
    const device = deviceOf(runtime);
    const step = device && costsOf(run).find(({ bytes }) => bytes > device.bytes);
    if (device === undefined || step === undefined) continue;
    throw new UserError(
      `Cannot run "${variant}" here: ${step.step} takes about ${gib(step.bytes)} of memory${
        (runtime.processes ?? 1) > 1 ? " in each process" : ""
      }, of which there are ${gib(device.bytes)} (${device.name}); ${
        runtime.engine === "torch"
          ? "lower --micro-batch, take --activation-checkpointing or more --processes, or a smaller model"
          : "use a smaller model, or a larger machine"
      }`,
    );
  }
}
