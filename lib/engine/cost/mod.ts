/**
 * What trainings and answers cost, by engine. See README.md of the folder above.
 * @module
 */
export { CARD_NAMES, cardDevice, cardLike, type Device } from "./devices.ts";
export type { FitCost, FitSize } from "./size.ts";
import type { Compute } from "../engine.ts";
import { cpuDevice, type Device } from "./devices.ts";
import { ONNX_CPU_FLOPS, onnxCost } from "./onnx.ts";
import type { FitCost, FitSize } from "./size.ts";
import { TORCH_CPU_FLOPS, torchCost } from "./torch.ts";

/** An engine by its name, and the machine's options. */
type Computing = Compute & { readonly engine: string };

/** What a training takes in the engine. */
export function fitCost(size: FitSize, compute: Computing): FitCost {
  return compute.engine === "torch" ? torchCost(size, compute) : onnxCost(size);
}

/** This machine's processor with that memory, as fast as the engine makes it. */
export function processor(bytes: number, { engine, threads, dtype = "float32" }: Computing): Device {
  return cpuDevice(bytes, threads, engine === "torch" ? TORCH_CPU_FLOPS[dtype] : ONNX_CPU_FLOPS);
}
