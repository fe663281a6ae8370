/**
 * Whether a folder is a whole model, looked at without reading weights.
 * @module
 */
import { join } from "node:path";
import { UserError } from "../../errors.ts";
import { exists } from "../../files.ts";
import { openSafetensors } from "../../tensor/safetensors.ts";
import { readJsonFile } from "../checkpoint/_read_json.ts";
import { INDEX_FILE, WEIGHTS_FILE } from "../checkpoint/open.ts";
import { MODEL_FILES } from "./catalog.ts";

/** What a folder lacks to be a model, a phrase each ("no config.json"); none when it is whole. */
export function faultsOf(folder: string): string[] {
  return MODEL_FILES.flatMap((file) => {
    const path = join(folder, file);
    // A checkpoint in shards is opened, and checked, by what uses it.
    if (file === WEIGHTS_FILE && !exists(path) && exists(join(folder, INDEX_FILE))) return [];
    if (!exists(path)) return [`no ${file}`];
    return isWhole(path) ? [] : [`a damaged ${file}`];
  });
}

function isWhole(path: string): boolean {
  try {
    if (path.endsWith(".json")) readJsonFile(path);
    else openSafetensors(path);
    return true;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return false;
  }
}
