/**
 * Aligner and gates as one safetensors file, their sizes in the file's metadata.
 * @module
 */
import { must } from "../../checked.ts";
import { UserError } from "../../errors.ts";
import { openSafetensors, writeSafetensors } from "../../tensor/mod.ts";
import type { Weights } from "../parameters.ts";
import { type FusionConfig, fusionParameterShapes } from "./layer.ts";

/** Sizes and the weights that belong to them. */
export interface FusionModel {
  readonly config: FusionConfig;
  readonly weights: Weights;
}

/** The file's name in a trained model's folder, beside the bridge. */
export const FUSION_FILE = "fusion.safetensors";

/** Writes the file. */
export function saveFusion(path: string, { config, weights }: FusionModel): void {
  const tensors = Object.entries(fusionParameterShapes(config)).map(([name, shape]) => ({
    name,
    dtype: "F32" as const,
    shape,
    data: must(weights[name], name),
  }));
  writeSafetensors(path, tensors, { config: JSON.stringify(config) });
}

/** Reads what `saveFusion` wrote. @throws {UserError} for another file */
export function loadFusion(path: string): FusionModel {
  const file = openSafetensors(path);
  const written = file.metadata.config;
  if (written === undefined) {
    throw new UserError(`Cannot read the aligner "${path}": it has no "config"`);
  }
  const config: FusionConfig = JSON.parse(written);
  const names = Object.keys(fusionParameterShapes(config));
  return { config, weights: Object.fromEntries(names.map((name) => [name, file.float32(name)])) };
}
