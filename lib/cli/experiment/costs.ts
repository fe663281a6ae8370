/**
 * What runs take where they are computed: on this machine's processor, on the card that PyTorch finds here, or on one that a
 * plan is made for.
 * @module
 */
import { cardDevice, cardLike, type Device, processor } from "../../engine/cost/mod.ts";
import { readPlace } from "../../engine/torch/place.ts";
import type { Runtime, StepCost } from "../../lab/experiment/types.ts";
import type { PreparedRun, RunSpec } from "../../lab/plan/prepare.ts";
import { TORCH_PLACE } from "./runtime.ts";

/** What each process computes on; undefined where nothing is known of it. */
export function deviceOf(runtime: Runtime, card?: string): Device | undefined {
  const { device, dtype, processes = 1 } = runtime;
  if (card !== undefined) return cardDevice(card, dtype);
  // Processes share a machine's memory.
  if (device === "cpu") return processor(Deno.systemMemoryInfo().total / processes, runtime);
  const [found] = device === "cuda" ? readPlace(TORCH_PLACE)?.devices ?? [] : [];
  return found && cardLike(found, dtype);
}

/** A run as far as its cost is concerned. */
export type Costly = Pick<PreparedRun, "experiment" | "resolved"> & {
  readonly spec: Pick<RunSpec, "world" | "data" | "models" | "runtime">;
};

/** What a run's steps take, on a card that is not here if one is named; nothing where no one can say. */
export function costsOf(
  { experiment, resolved: { method, recipe }, spec }: Costly,
  card?: string,
): readonly StepCost[] {
  const runtime = onCard(spec.runtime, card);
  const device = deviceOf(runtime, card);
  if (device === undefined) return [];
  return method.costs?.(recipe, spec, { runtime, device, benchmarks: experiment.benchmarks }) ?? [];
}

/** On a card it is PyTorch that trains, whichever engine is named. */
export function onCard(runtime: Runtime, card: string | undefined): Runtime {
  return card === undefined ? runtime : { ...runtime, engine: "torch", device: "cuda" };
}

/** Bytes in words. */
export function gib(bytes: number): string {
  return `${(bytes / 2 ** 30).toFixed(1)} GiB`;
}
