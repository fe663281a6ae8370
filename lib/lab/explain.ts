/**
 * Why something runs again: what went into it before, beside what goes into it now.
 * @module
 */
import { exists } from "../files.ts";
import type { Closure } from "./code/closure.ts";
import { getJson, objectPath } from "./objects.ts";
import { changes, type FieldChange } from "./patch.ts";
import type { LabPaths } from "./paths.ts";
import type { Ingredients } from "./record.ts";

/** One thing that went in and differs; "" stands for "not there". Of files and packages the hashes. */
export interface IngredientChange extends FieldChange {
  /** "run" is what is neither of the others: seed, device, versions. */
  readonly kind: "recipe" | "run" | "data" | "code" | "package";
}

/**
 * Everything that differs, most specific first.
 * @param now the closure behind `after.code`, where it is not among the objects yet
 */
export function ingredientChanges(
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

/** The same in words; empty when the two are equal. */
export function explainChange(...between: Parameters<typeof ingredientChanges>): string[] {
  return ingredientChanges(...between).map(inWords);
}

/** "recipe: transfer.lr 0.001 -> 0.0005", "code: lib/method/train.ts changed". */
export function inWords({ kind, path, from, to }: IngredientChange): string {
  if (kind === "recipe" || kind === "run") {
    const change = `${from || "(not set)"} -> ${to || "(not set)"}`;
    if (kind === "run") return from.length + to.length > 80 ? `${path} changed` : `${path}: ${change}`;
    const isMade = from.startsWith('"artifact:') && to.startsWith('"artifact:');
    return isMade ? `input: ${path} was made anew` : `recipe: ${path} ${change}`;
  }
  const what = from === "" ? "added" : to === "" ? "no longer used" : "changed";
  return path === "" ? `${kind}: ${what}` : `${kind}: ${path} ${what}`;
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
