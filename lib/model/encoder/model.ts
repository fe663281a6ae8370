/**
 * An encoder with its weights: fresh ones, and reading and writing a checkpoint folder.
 * @module
 */
import { must } from "../../checked.ts";
import type { Stream } from "../../random.ts";
import { checkTensors, CONFIG_FILE, openCheckpoint } from "../checkpoint/open.ts";
import { exportCheckpoint } from "../checkpoint/export.ts";
import {
  ENCODER_ARCHITECTURE,
  type EncoderConfig,
  encoderParameterShapes,
  parseEncoderConfig,
} from "./config.ts";
import { constantFill, initWeights, normalFill, type Weights } from "../parameters.ts";

/** A configuration and the weights that belong to it, with or without those of the masked-LM head. */
export interface EncoderModel {
  readonly config: EncoderConfig;
  readonly weights: Weights;
}

const INIT_STD = 0.02;

/**
 * Fresh weights: matrices normal with standard deviation 0.02, those that end a residual branch divided by
 * sqrt(2 layers), norms 1, biases 0; a named stream each.
 */
export function initEncoder(
  config: EncoderConfig,
  random: Stream,
  options: { readonly lmHead?: boolean } = {},
): EncoderModel {
  const residual = INIT_STD / Math.sqrt(2 * config.num_hidden_layers);
  const weights = initWeights(encoderParameterShapes(config, options), random, (name, shape) => {
    if (name.endsWith("bias")) return constantFill(0);
    if (shape.length === 1) return constantFill(1);
    return normalFill(/(out_proj|fc2)\.weight$/.test(name) ? residual : INIT_STD);
  });
  return { config, weights };
}

/** Writes a folder that `loadEncoder` reads; `json` are more files (`tokenizer.json`). The masked-LM head is left out. */
export function exportEncoder(
  folder: string,
  { config, weights }: EncoderModel,
  json: Readonly<Record<string, unknown>> = {},
): void {
  const tensors = Object.entries(encoderParameterShapes(config)).map(([name, shape]) => ({
    name,
    shape,
    data: must(weights[name], name),
  }));
  exportCheckpoint(folder, { config: { architectures: [ENCODER_ARCHITECTURE], ...config }, tensors, json });
}

/** Reads what `exportEncoder` wrote. @throws {UserError} for whatever is wrong with the folder. */
export function loadEncoder(folder: string): EncoderModel {
  const checkpoint = openCheckpoint(folder, [ENCODER_ARCHITECTURE]);
  const config = parseEncoderConfig(checkpoint.config, `"${folder}/${CONFIG_FILE}"`);
  const shapes = encoderParameterShapes(config);
  checkTensors(checkpoint, shapes);
  const weights = Object.keys(shapes).map((name) => [name, checkpoint.float32(name)]);
  return { config, weights: Object.fromEntries(weights) };
}
