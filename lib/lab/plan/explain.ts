/**
 * Why something runs again: what went into it before, beside what goes into it now.
 * @module
 */
import { atLeast } from "../../checked.ts";
import { exists } from "../../files.ts";
import type { Closure } from "../code/closure.ts";
import { getJson, objectPath } from "../record/objects.ts";
import { changes, type FieldChange } from "./patch.ts";
import type { LabPaths } from "../record/paths.ts";
import type { Ingredients } from "../record/record.ts";

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

/** Reasons in words; empty when the two are equal. */
export function explainChange(...between: Parameters<typeof ingredientChanges>): string[] {
  return inWords(ingredientChanges(...between), { before: "no longer used", after: "added" });
}

/** Up to this many files or packages are named one by one. */
const FEW = 3;

/**
 * A line for each change of a value and of a few files; many files, and what only one side has, are one line a kind.
 * @param only how to say that something is there only before, only after
 */
export function inWords(
  changes: readonly IngredientChange[],
  only: { readonly before: string; readonly after: string },
): string[] {
  const groups = Map.groupBy(changes, ({ kind, from, to }) => {
    const state = from === "" ? only.after : to === "" ? only.before : "changed";
    return JSON.stringify([kind, state]);
  });
  return [...groups].flatMap(([key, group]) => {
    const [kind, state] = JSON.parse(key) as [IngredientChange["kind"], string];
    const isValue = kind === "recipe" || kind === "run";
    if (isValue) return state === "changed" ? group.map(valueChange) : [`${kind}: ${fields(group)} ${state}`];
    const paths = group.map(({ path }) => path);
    if (paths.length > FEW) return [`${kind}: ${counted(kind, paths)} ${state}`];
    return paths.map((path) => [`${kind}:`, path, state].filter((word) => word !== "").join(" "));
  });
}

/** "recipe: transfer.lr 0.001 -> 0.0005". */
function valueChange({ kind, path, from, to }: IngredientChange): string {
  if (kind === "run") return from.length + to.length > 80 ? `${path} changed` : `${path}: ${from} -> ${to}`;
  const isMade = from.startsWith('"artifact:') && to.startsWith('"artifact:');
  return isMade ? `input: ${path} was made anew` : `recipe: ${path} ${from} -> ${to}`;
}

/** `align (9 fields), alignment_layer = "mlp2"`: what only one side has, by the recipe's parts. */
function fields(only: readonly IngredientChange[]): string {
  const parts = Map.groupBy(only, ({ path }) => path.split(".")[0]);
  return [...parts].map(([part, changes]) => {
    const [first, ...rest] = atLeast(changes, 1);
    return rest.length > 0
      ? `${part} (${rest.length + 1} fields)`
      : `${first.path} = ${first.from || first.to}`;
  }).join(", ");
}

/** "47 files (lib/method 23, lib/model 24)". */
function counted(kind: IngredientChange["kind"], paths: readonly string[]): string {
  if (kind === "package") return `${paths.length} packages`;
  const folders = Map.groupBy(paths, (path) => path.split("/").slice(0, 2).join("/"));
  return `${paths.length} files (${
    [...folders].map(([name, files]) => `${name} ${files.length}`).join(", ")
  })`;
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
