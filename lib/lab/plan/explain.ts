/**
 * Why something runs again: what went into it before, beside what goes into it now.
 * @module
 */
import { exists } from "../../files.ts";
import type { Closure } from "../code/closure.ts";
import { getJson, objectPath } from "../record/objects.ts";
import { changes } from "./changes.ts";
import { type IngredientChange, inWords } from "./in_words.ts";
import type { LabPaths } from "../record/paths.ts";
import type { Ingredients } from "../record/record.ts";

/**
 * Everything that differs, most specific first.
 * @param now the closure behind `after.code`, where it is not among the objects yet
 */
function ingredientChanges(
  paths: LabPaths,
  before: Ingredients,
  after: Ingredients,
  now?: Closure,
): IngredientChange[] {
  return [
    ...of("recipe", before.fields, after.fields),
    ...of("run", before.other, after.other),
    ...of("data", before.inputs, after.inputs),
    ...codeChanges(paths, before.code, after.code, now),
  ];
}

/** Reasons in words; empty when the two are equal. */
export function explainChange(...between: Parameters<typeof ingredientChanges>): string[] {
  return inWords(ingredientChanges(...between), { before: "no longer used", after: "added" });
}

function codeChanges(paths: LabPaths, before: string, after: string, known?: Closure): IngredientChange[] {
  if (before === after) return [];
  const [old, now] = [readClosure(paths, before), known ?? readClosure(paths, after)];
  if (!old || !now) return [{ kind: "code", path: "", from: before, to: after }];
  return [
    ...of("code", old.code, now.code),
    ...of("data", old.data, now.data),
    ...of("package", old.packages, now.packages),
  ];
}

function readClosure(paths: LabPaths, hash: string): Closure | undefined {
  return exists(objectPath(paths, hash)) ? getJson<Closure>(paths, hash) : undefined;
}

function of(
  kind: IngredientChange["kind"],
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): IngredientChange[] {
  return changes(before, after).map((change) => ({ kind, ...change }));
}
