/**
 * Files by content in `.lab/objects`: answers, prompts, declarations, closures, diffs. Written once, never changed.
 * @module
 */
import { exists, writeFileAtomic } from "../../files.ts";
import { canonicalJson, sha256 } from "../../hash.ts";
import { join } from "node:path";
import type { LabPaths } from "./paths.ts";

/** Where an object lies. */
export function objectPath(paths: LabPaths, hash: string): string {
  return join(paths.objects, hash);
}

/** Stores bytes or text and returns their hash. */
export function putObject(paths: LabPaths, content: Uint8Array | string): string {
  const hash = sha256(content);
  if (!exists(objectPath(paths, hash))) writeFileAtomic(objectPath(paths, hash), content);
  return hash;
}

/** Stores a value as canonical JSON and returns its hash. */
export function putJson(paths: LabPaths, value: unknown): string {
  return putObject(paths, canonicalJson(value));
}

/** Reads a stored value. */
export function getJson<T>(paths: LabPaths, hash: string): T {
  return JSON.parse(Deno.readTextFileSync(objectPath(paths, hash))) as T;
}

/** Moves a finished file, whose hash is known, among the objects. */
export function adoptObject(paths: LabPaths, file: string, hash: string): void {
  Deno.mkdirSync(paths.objects, { recursive: true });
  Deno.renameSync(file, objectPath(paths, hash));
}
