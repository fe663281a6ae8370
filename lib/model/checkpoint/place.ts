/**
 * Where a checkpoint lies by what a recipe calls it.
 * @module
 */
import { isAbsolute, resolve } from "node:path";

/** @param id a path (absolute, or beginning with "."), or a name below the folder `models` */
export function checkpointPlace(id: string, models: string): string {
  return isAbsolute(id) || id.startsWith(".") ? resolve(id) : resolve(models, id);
}
