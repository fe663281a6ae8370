/**
 * A system's models read from their folders, and written when a training is done.
 * @module
 */
import { join } from "node:path";
import { BRIDGE_FILE, loadBridge, saveBridge } from "../../model/bridge/file.ts";
import { exportLlama, loadLlama } from "../../model/llama/model.ts";
import type { Weights } from "../../model/parameters.ts";
import type { ModelFolders } from "../engine.ts";
import type { Models } from "./graph.ts";

/** @throws {UserError} for whatever is wrong with a folder */
export function loadModels({ llm, states }: Pick<ModelFolders, "llm" | "states">): Models {
  return { llm: loadLlama(llm), bridge: states === null ? null : loadBridge(states.bridge) };
}

/** Writes `llm/` and, where there is a bridge, its file, with the values that were learned. */
export function saveModels(dir: string, { llm, bridge }: Models, learned: Weights): void {
  exportLlama(join(dir, "llm"), { config: llm.config, weights: updated(llm.weights, learned) });
  if (bridge === null) return;
  saveBridge(join(dir, BRIDGE_FILE), { config: bridge.config, weights: updated(bridge.weights, learned) });
}

function updated(weights: Weights, learned: Weights): Weights {
  return Object.fromEntries(Object.entries(weights).map(([name, old]) => [name, learned[name] ?? old]));
}
