/**
 * Where a checkpoint lies by what a recipe calls it.
 * @module
 */
import { isAbsolute, resolve } from "node:path";
import { atLeast } from "../../checked.ts";
import { exists } from "../../files.ts";

/** A folder of models, or several in the order in which they are looked through. */
export type ModelsFolders = string | readonly string[];

/**
 * The folder of a checkpoint: the first that is there, else where it belongs.
 * @param id a path (absolute, or beginning with "."), or a name below a folder of `models`
 */
export function checkpointPlace(id: string, models: ModelsFolders): string {
  if (isAbsolute(id) || id.startsWith(".")) return resolve(id);
  const [first, ...others] = atLeast([models].flat().map((folder) => resolve(folder, id)), 1);
  return [first, ...others].find(exists) ?? first;
}
