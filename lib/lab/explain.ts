/**
 * Why something runs again: what went into it before, beside what goes into it now.
 * @module
 */
import { exists } from "../files.ts";
import type { Closure } from "./code/closure.ts";
import { getJson, objectPath } from "./objects.ts";
import { changes } from "./patch.ts";
import type { LabPaths } from "./paths.ts";
import type { Ingredients } from "./record.ts";

/**
 * Reasons in words, most specific first; empty when the two are equal.
 * @param now the closure behind `after.code`, where it is not among the objects yet
 */
export function explainChange(
  paths: LabPaths,
  before: Ingredients,
  after: Ingredients,
  now?: Closure,
): string[] {
  const fields = changes(before.fields, after.fields).map(({ path, from, to }) =>
    from.startsWith('"artifact:') && to.startsWith('"artifact:')
      ? `input: ${path} was made anew`
      : `recipe: ${path} ${from || "(not set)"} -> ${to || "(not set)"}`
  );
  const other = changes(before.other, after.other).map(({ path, from, to }) =>
    from.length + to.length > 80
      ? `${path} changed`
      : `${path}: ${from || "(not set)"} -> ${to || "(not set)"}`
  );
  return [
    ...fields,
    ...other,
    ...named("data", before.inputs, after.inputs),
    ...codeChanges(paths, before.code, after.code, now),
  ];
}

function codeChanges(paths: LabPaths, before: string, after: string, known?: Closure): string[] {
  if (before === after) return [];
  const [old, now] = [readClosure(paths, before), known ?? readClosure(paths, after)];
  if (!old || !now) return ["code: changed"];
  return [
    ...named("code", old.code, now.code),
    ...named("data", old.data, now.data),
    ...named("package", old.packages, now.packages),
  ];
}

function readClosure(paths: LabPaths, hash: string): Closure | undefined {
  return exists(objectPath(paths, hash)) ? getJson<Closure>(paths, hash) : undefined;
}

function named(
  kind: string,
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): string[] {
  return changes(before, after).map(({ path, from, to }) =>
    `${kind}: ${path} ${from === "" ? "added" : to === "" ? "no longer used" : "changed"}`
  );
}
