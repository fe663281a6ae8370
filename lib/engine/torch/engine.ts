/**
 * The engine for large models: PyTorch in a Python process, `python/lingualift_torch`.
 * @module
 */
import type { Engine } from "../engine.ts";
import { openAnswerer } from "./answerer.ts";
import { openBridged, openEncoder } from "./encoder.ts";
import { fit } from "./fit.ts";
import { usedByPython } from "./python.ts";

export const torch: Engine = {
  name: "torch",
  used: usedByPython,
  fit,
  open: openAnswerer,
  encoder: openEncoder,
  bridged: openBridged,
};
