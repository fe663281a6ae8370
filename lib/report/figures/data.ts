/**
 * The data sets that a figure may draw: `cells`, `effects` and `scores`. An experiment's own specification names one
 * (`data: { name: "cells" }`, the default) and never holds data itself. Accuracies and differences are in percent and
 * points; `recipe` holds, nested, the fields in which the variants differ, so that `recipe.align.ratio` can be an axis.
 * @module
 */
import { atLeast } from "../../checked.ts";
import type { Results } from "../../results/table.ts";
import type { Slice } from "../../results/slice.ts";
import { languageName } from "../html/languages.ts";
import { groupName } from "../html/groups.ts";

type Row = Readonly<Record<string, unknown>>;

/** All data sets of a slice by name. */
export function datasets({ slice, cells, effects }: Results): Record<string, Row[]> {
  const recipes = differingFields(slice);
  const position = new Map(slice.variants.map(({ name }, i) => [name, i]));
  const about = (variant: string) => ({
    variant,
    position: position.get(variant) ?? -1,
    recipe: recipes.get(variant) ?? {},
  });
  return {
    cells: cells.map((cell) => ({
      ...about(cell.variant),
      benchmark: cell.benchmark,
      scope: cell.scope,
      kind: cell.kind,
      label: cell.kind === "lang" ? languageName(cell.scope) : groupName(cell.scope),
      accuracy: round(cell.value * 100),
      low: round(cell.low * 100),
      high: round(cell.high * 100),
      paper: cell.paper?.value ?? null,
    })),
    effects: effects.map((effect) => ({
      ...about(effect.variant),
      benchmark: effect.benchmark,
      scope: effect.scope,
      difference: round(effect.value * 100),
      low: round(effect.low * 100),
      high: round(effect.high * 100),
      p: effect.p,
      corrected: effect.corrected.p,
      paper: effect.paper ?? null,
    })),
    scores: [...slice.own, ...slice.points].map((score) => ({
      ...about(score.variant),
      seed: score.seed,
      benchmark: score.benchmark,
      scope: score.scope,
      metric: score.metric,
      value: score.value,
      n: score.n,
    })),
  };
}

/** Enough digits for a drawing, and the same bytes everywhere. */
function round(value: number): number {
  return Number(value.toFixed(3));
}

/** variant -> its values of the recipe fields that are not the same in all variants, nested by their path. */
function differingFields(slice: Slice): Map<string, Record<string, unknown>> {
  const byPath = new Map<string, Map<string, string>>();
  for (const { variant, path, value } of slice.recipe) {
    const values = byPath.get(path) ?? new Map<string, string>();
    byPath.set(path, values.set(variant, value));
  }
  const out = new Map<string, Record<string, unknown>>();
  for (const [path, values] of byPath) {
    if (new Set(values.values()).size < 2) continue;
    for (const [variant, value] of values) {
      const recipe = out.get(variant) ?? {};
      out.set(variant, recipe);
      place(recipe, path.split("."), JSON.parse(value));
    }
  }
  return out;
}

function place(into: Record<string, unknown>, path: string[], value: unknown): void {
  const [head, ...rest] = atLeast(path, 1);
  if (rest.length === 0) {
    into[head] = value;
    return;
  }
  const next = into[head];
  const inner = typeof next === "object" && next !== null ? next as Record<string, unknown> : {};
  into[head] = inner;
  place(inner, rest, value);
}
