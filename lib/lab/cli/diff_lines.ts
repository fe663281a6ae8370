/**
 * What went into two runs, as lines: what both have and is different, one by one; what only one of them has, together.
 * @module
 */
import { type IngredientChange, inWords } from "../explain.ts";

/** Up to this many names are written out. */
const FEW = 3;

export function ingredientLines(changes: readonly IngredientChange[]): string[] {
  const differing = changes.filter(({ from, to }) => from !== "" && to !== "");
  const oneSided = (["A", "B"] as const).flatMap((side) => {
    const only = changes.filter(({ from, to }) => (side === "A" ? to : from) === "");
    const kinds = [...new Set(only.map(({ kind }) => kind))];
    return kinds.map((kind) => {
      const own = only.filter((change) => change.kind === kind);
      const what = kind === "recipe" ? recipeParts(own, side) : named(kind, own.map(({ path }) => path));
      return `${kind}: only in ${side}: ${what}`;
    });
  });
  return [...differing.map(inWords), ...oneSided];
}

/** `align (9 fields), alignment_layer = "mlp2"`: parts of a recipe that the other one has not. */
function recipeParts(only: readonly IngredientChange[], side: "A" | "B"): string {
  const parts = Map.groupBy(only, ({ path }) => path.split(".")[0]);
  return [...parts].map(([part, [first, ...rest]]) =>
    rest.length > 0
      ? `${part} (${rest.length + 1} fields)`
      : `${first.path} = ${side === "A" ? first.from : first.to}`
  ).join(", ");
}

/** Files by folder, where there are many. */
function named(kind: string, paths: readonly string[]): string {
  if (paths.length <= FEW) return paths.join(", ");
  if (kind === "package") return `${paths.length} packages`;
  const folders = Map.groupBy(paths, (path) => path.split("/").slice(0, 2).join("/"));
  const counts = [...folders].map(([folder, files]) => `${folder} ${files.length}`);
  return `${paths.length} ${kind === "run" ? "entries" : "files"} (${counts.join(", ")})`;
}
