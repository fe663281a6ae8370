/**
 * The engine of the embedded default: ONNX Runtime for everything, trained by `lib/tensor`.
 * @module
 */
import type { Engine } from "../engine.ts";
import { openAnswerer } from "./answerer.ts";
import { openBridged } from "./bridged.ts";
import { openEncoder } from "./encoder.ts";
import { fit } from "./fit.ts";

export const onnx: Engine = {
  name: "onnx",
  fit,
  open: openAnswerer,
  encoder: openEncoder,
  bridged: openBridged,
};
