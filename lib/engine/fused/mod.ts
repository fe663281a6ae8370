/**
 * What trains and asks systems whose LLM has a second attention on the encoder's layers (LayAlign). It stands beside the
 * engines and not in them, so that no other system's steps depend on its code.
 * @module
 */
import { UserError } from "../../errors.ts";
import type { Compute } from "../engine.ts";
import { openAnswerer } from "./answerer.ts";
import { fit } from "./fit.ts";

export { lowerLayers } from "./layers.ts";

/** As an `Engine`, of models with an aligner. */
export const fused = { fit, open: openAnswerer } as const;

/** @throws {UserError} for an engine or a device that does not compute a second attention */
export function checkFuses({ engine, device }: Pick<Compute, "device"> & { readonly engine: string }): void {
  if (engine !== "onnx") {
    throw new UserError(
      `Cannot compute a second attention in every layer (LayAlign) with --engine ${engine}: only the lab's own ` +
        "engine has it; leave the row out with --variant, or use --engine onnx",
    );
  }
  if (device !== "cpu") {
    throw new UserError(
      `Cannot compute a second attention in every layer (LayAlign) on "${device}": it has been tried on processors ` +
        "alone; leave the row out with --variant, or use --device cpu",
    );
  }
}
