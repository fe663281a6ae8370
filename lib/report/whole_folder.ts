/**
 * Folders that are replaced whole: built beside their place and moved there when they are complete, and never in the
 * place of anything that this lab has not written.
 * @module
 */
import { join } from "node:path";
import { UserError } from "../errors.ts";
import { exists, removeTree } from "../files.ts";

/**
 * @param mark the file by which a folder of this kind is known
 * @param cannot what the error begins with
 * @throws {UserError} when `out` has files and none of them is the mark
 */
export function refuseForeign(out: string, mark: string, cannot: string): void {
  if (!exists(out) || exists(join(out, mark)) || [...Deno.readDirSync(out)].length === 0) return;
  throw new UserError(`${cannot} "${out}": the folder holds other files; name an empty or new folder`);
}

/** Fills a fresh folder by `build` and puts it in the place of `out`; where that fails, `out` stays as it was. */
export async function replaceFolder<T>(out: string, build: (folder: string) => Promise<T>): Promise<T> {
  const building = `${out}.building`;
  removeTree(building);
  Deno.mkdirSync(building, { recursive: true });
  try {
    const result = await build(building);
    // Out of the way by its name: removing it takes longer, and someone may be reading.
    const before = `${out}.before`;
    removeTree(before);
    if (exists(out)) Deno.renameSync(out, before);
    Deno.renameSync(building, out);
    removeTree(before);
    return result;
  } catch (error) {
    removeTree(building);
    throw error;
  }
}
