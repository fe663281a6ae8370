/**
 * The engines by name. See README.md.
 * @module
 */
export type * from "./engine.ts";
import { onnx } from "./onnx/engine.ts";

/** The engine that a run computes with: ONNX Runtime, trained by this project's own `lib/tensor`. */
export const engine = onnx;
