/**
 * Where a checkpoint lies by what a recipe calls it.
 * @module
 */
import { basename, isAbsolute, join, resolve } from "node:path";
import { atLeast } from "../../checked.ts";
import { exists } from "../../files.ts";

/** A folder of models, or several in the order in which they are looked through. */
export type ModelsFolders = string | readonly string[];

/**
 * The folder of a checkpoint: the first that is there, else where it belongs.
 * @param id a path (absolute, or beginning with "."), a name below a folder of `models`, or a hub id ("organisation/name"),
 * whose folder there may be called by its name alone, or which Hugging Face's cache has
 */
export function checkpointPlace(id: string, models: ModelsFolders): string {
  if (isAbsolute(id) || id.startsWith(".")) return resolve(id);
  const names = isHubId(id) ? [id, basename(id)] : [id];
  const [first, ...others] = atLeast(
    [models].flat().flatMap((folder) => names.map((name) => resolve(folder, name))),
    1,
  );
  return [first, ...others].find(exists) ?? (isHubId(id) ? hubSnapshot(id) : undefined) ?? first;
}

/** Whether a name is of the form "organisation/name". */
export function isHubId(id: string): boolean {
  return /^[\w.-]+\/[\w.-]+$/.test(id) && !id.startsWith(".");
}

/** Where `hf download` and the Python libraries put a model: the commit that "main" stood for then. */
function hubSnapshot(id: string): string | undefined {
  const home = Deno.env.get("HOME") ?? Deno.env.get("USERPROFILE") ?? "";
  const cache = Deno.env.get("HF_HUB_CACHE") ??
    join(Deno.env.get("HF_HOME") ?? join(home, ".cache", "huggingface"), "hub");
  const repository = join(cache, `models--${id.replace("/", "--")}`);
  const main = join(repository, "refs", "main");
  if (!exists(main)) return undefined;
  const folder = join(repository, "snapshots", Deno.readTextFileSync(main).trim());
  return exists(folder) ? folder : undefined;
}
