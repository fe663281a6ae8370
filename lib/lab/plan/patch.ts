/**
 * Recipes as trees: applying a patch, and flattening to "path -> JSON" so that two recipes can be compared field by
 * field (`changes.ts`). Lists are leaves.
 * @module
 */
import { canonicalJson, type Json } from "../../hash.ts";

/** True for a plain object, the only thing a patch descends into. */
export function isTree(value: unknown): value is Readonly<Record<string, unknown>> {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

/** A copy of `base` with the patch's fields in place of its own; `undefined` fields are left out of the patch. */
export function applyPatch<T>(base: T, patch: unknown): T {
  if (patch === undefined) return base;
  if (!isTree(patch) || !isTree(base)) return patch as T;
  const out: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(patch)) {
    if (value !== undefined) out[key] = applyPatch((base as Record<string, unknown>)[key], value);
  }
  return out as T;
}

/** Leaves by dotted path, each as canonical JSON, in order of path. An empty object is a leaf. */
export function flatten(value: unknown): Record<string, string> {
  const leaves: [string, string][] = [];
  const visit = (at: unknown, path: string): void => {
    if (isTree(at) && Object.keys(at).length > 0) {
      for (const [key, field] of Object.entries(at)) {
        if (field !== undefined) visit(field, path === "" ? key : `${path}.${key}`);
      }
    } else {
      leaves.push([path, canonicalJson(at as Json)]);
    }
  };
  visit(value, "");
  return Object.fromEntries(leaves.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}
