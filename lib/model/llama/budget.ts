/**
 * How large a Llama model is, and this machine.
 * @module
 */
import { countParameters } from "../parameters.ts";
import { type LlamaConfig, llamaParameterShapes } from "./config.ts";

/** The number of parameters of a configuration. */
export function parameterCount(config: LlamaConfig): number {
  return countParameters(llamaParameterShapes(config));
}

/** A machine, as far as it counts here. */
export interface Machine {
  readonly bytes: number;
  readonly threads: number;
}

/** This machine: its memory and its cores. Needs `--allow-sys=systemMemoryInfo`. */
export function thisMachine(): Machine {
  return { bytes: Deno.systemMemoryInfo().total, threads: navigator.hardwareConcurrency };
}
