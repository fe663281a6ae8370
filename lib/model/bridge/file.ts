/**
 * A bridge with its weights as one safetensors file, its configuration in the file's metadata.
 * @module
 */
import { UserError } from "../../errors.ts";
import { openSafetensors, writeSafetensors } from "../../tensor/mod.ts";
import { type BridgeConfig, bridgeParameterShapes } from "./layer.ts";
import type { Weights } from "../parameters.ts";

/** A configuration and the weights that belong to it. */
export interface BridgeModel {
  readonly config: BridgeConfig;
  readonly weights: Weights;
}

/** The file's name in a trained model's folder. */
export const BRIDGE_FILE = "bridge.safetensors";

/** Writes the file. */
export function saveBridge(path: string, { config, weights }: BridgeModel): void {
  const tensors = Object.entries(bridgeParameterShapes(config)).map(([name, shape]) => ({
    name,
    dtype: "F32" as const,
    shape,
    data: weights[name]!,
  }));
  writeSafetensors(path, tensors, { config: JSON.stringify(config) });
}

/** Reads what `saveBridge` wrote. */
export function loadBridge(path: string): BridgeModel {
  const file = openSafetensors(path);
  const written = file.metadata.config;
  if (written === undefined) throw new UserError(`Cannot read the bridge "${path}": it has no "config"`);
  const config: BridgeConfig = JSON.parse(written);
  const names = Object.keys(bridgeParameterShapes(config));
  return { config, weights: Object.fromEntries(names.map((name) => [name, file.float32(name)])) };
}
