/**
 * What differs between two runs or steps as lines for a person; the same lines in a terminal and on a page.
 * @module
 */
import { atLeast } from "../../checked.ts";
import type { FieldChange } from "./changes.ts";

/** One thing that went in and differs; "" stands for "not there". Of files and packages the hashes. */
export interface IngredientChange extends FieldChange {
  /** "run" is what is neither of the others: seed, device, versions. */
  readonly kind: "recipe" | "run" | "data" | "code" | "package";
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
