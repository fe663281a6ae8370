/**
 * The models of a system with a second attention, read from their folders.
 * @module
 */
import { loadFusion } from "../../model/fusion/file.ts";
import type { ModelFolders } from "../engine.ts";
import { loadModels } from "../onnx/models.ts";
import type { FusedModels } from "./graph.ts";

/** A system's models: bridge, and aligner with gates. */
export interface FusedFolders extends Pick<ModelFolders, "llm"> {
  readonly states: NonNullable<ModelFolders["states"]> & {
    /** The file of aligner and gates, see `saveFusion` (`lib/model/fusion/file.ts`). */
    readonly fusion: string;
  };
}

/** @throws {UserError} for whatever is wrong with a folder */
export function loadFused(folders: FusedFolders): FusedModels {
  const { llm, bridge } = loadModels(folders);
  if (bridge === null) throw new TypeError("internal: a second attention without a bridge");
  return { llm, bridge, fusion: loadFusion(folders.states.fusion) };
}
