/**
 * Where runs are computed, as far as their cost is concerned: this machine's processor, the card that PyTorch finds here, or
 * one that a plan is made for.
 * @module
 */
import { cardDevice, cardLike, type Device, processor } from "../../engine/cost/mod.ts";
import { readPlace } from "../../engine/torch/place.ts";
import type { Place, Runtime } from "../../lab/experiment/types.ts";
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

/** What is asked where; undefined where nothing is known of the device. */
export function placeOf(runtime: Runtime, benchmarks: readonly string[], card?: string): Place | undefined {
  const device = deviceOf(runtime, card);
  return device && { runtime, device, benchmarks };
}
