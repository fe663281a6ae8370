/**
 * `origin.json` in a folder that the lab has made: where its files are from, and their hashes.
 * @module
 */
import { join } from "node:path";
import * as v from "valibot";
import { exists, writeFileAtomic } from "../../files.ts";
import { sha256File } from "../../hash.ts";
import { parseConfig } from "../checkpoint/_parse_config.ts";
import { readJsonFile } from "../checkpoint/_read_json.ts";

const ORIGIN_FILE = "origin.json";

const SCHEMA = v.object({ from: v.string(), licence: v.string(), sha256: v.record(v.string(), v.string()) });
/** Where a folder's files are from. */
export type Origin = v.InferOutput<typeof SCHEMA>;

/** Writes down where the folder's files are from. */
export function writeOrigin(
  folder: string,
  { from, licence, files }: {
    readonly from: string;
    readonly licence: string;
    readonly files: readonly string[];
  },
): void {
  const sha256 = Object.fromEntries(files.map((file) => [file, sha256File(join(folder, file))]));
  writeFileAtomic(join(folder, ORIGIN_FILE), JSON.stringify({ from, licence, sha256 }, null, 2));
}

/** What stands there; undefined for a folder from elsewhere. @throws {UserError} when it is damaged */
export function readOrigin(folder: string): Origin | undefined {
  const path = join(folder, ORIGIN_FILE);
  return exists(path) ? parseConfig(SCHEMA, readJsonFile(path), `"${path}"`) : undefined;
}

/** Files whose content is no longer what was got. */
export function changedFiles(folder: string, { sha256 }: Origin): string[] {
  return Object.entries(sha256).flatMap(([file, hash]) => {
    const path = join(folder, file);
    return exists(path) && sha256File(path) === hash ? [] : [file];
  });
}
