/**
 * Which GGUF file a checkpoint is in, if it is in one.
 * @module
 */
import { join } from "node:path";
import { UserError } from "../../errors.ts";
import { exists } from "../../files.ts";
import { INDEX_FILE, WEIGHTS_FILE } from "./open.ts";

const ENDING = ".gguf";

/** Whether a path names such a file. */
export function isGguf(path: string): boolean {
  return path.endsWith(ENDING);
}

/**
 * The path itself if it is a GGUF file's, or the one in a folder without safetensors; null where there is none.
 * @throws {UserError} where a folder has several
 */
export function findGguf(place: string): string | null {
  if (isGguf(place)) return place;
  if ([WEIGHTS_FILE, INDEX_FILE].some((name) => exists(join(place, name))) || !exists(place)) return null;
  const names = [...Deno.readDirSync(place)].map(({ name }) => name).filter(isGguf).sort();
  const [name] = names;
  if (name === undefined) return null;
  if (names.length === 1) return join(place, name);
  throw new UserError(
    `Cannot open checkpoint "${place}": it has ${names.length} GGUF files (${
      names.join(", ")
    }); name one by its path`,
  );
}
