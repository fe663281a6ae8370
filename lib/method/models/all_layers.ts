/**
 * What a system with a second attention needs of machine and encoder, checked when a run is planned.
 * @module
 */
import { checkFuses } from "../../engine/fused/mod.ts";
import { UserError } from "../../errors.ts";
import type { Environment } from "../../lab/experiment/types.ts";
import { findEncoder } from "../../model/encoder/find.ts";
import type { Recipe } from "../recipe/fields.ts";
import { modelsFolders } from "../source/worlds.ts";

/** @throws {UserError} for an engine or device that has no second attention, or an encoder that gives its last layer alone */
export function checkAllLayers(
  { checkpoint, dtype }: Pick<Recipe["encoder"], "checkpoint" | "dtype">,
  environment: Environment,
): void {
  if (environment.runtime !== undefined) checkFuses(environment.runtime);
  if (checkpoint === null) return;
  const { format } = findEncoder(checkpoint, { models: modelsFolders(environment), dtype });
  if (format === "safetensors") return;
  throw new UserError(
    `Cannot read all layers of the encoder "${checkpoint}" (LayAlign): ${
      format === "onnx" ? "its graph gives the last one" : "the lab's own engine does not compute it"
    }; take a BERT or XLM-R in safetensors, without onnx/ beside it, or leave the row out with --variant`,
  );
}
