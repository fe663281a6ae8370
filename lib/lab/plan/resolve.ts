/**
 * From an experiment's declaration to the recipe of one run: base, then the method's numbers for scale and world, then
 * the experiment's, then the variant's patch; checked by the method's schema, so that a misspelt field is refused.
 * @module
 */
import * as v from "valibot";
import { didYouMean, UserError } from "../../errors.ts";
import { changes, type FieldChange } from "./changes.ts";
import { applyPatch, flatten, isTree } from "./patch.ts";
import type { Claim, Experiment, Method, Patch, Scale, System } from "../experiment/types.ts";

// deno-lint-ignore no-explicit-any -- an experiment over whatever recipe; its schema guards the values
export type AnyExperiment = Experiment<any>;
// deno-lint-ignore no-explicit-any -- see above
export type AnyMethod = Method<any>;

/** A recipe as it will be run, with where each field's value comes from. */
export interface Resolved {
  readonly variant: string;
  readonly method: AnyMethod;
  readonly recipe: unknown;
  readonly fields: readonly { readonly path: string; readonly value: string; readonly by: string }[];
  /** What differs from the base at this scale; empty for the base. */
  readonly patch: readonly FieldChange[];
  /** What differs from what its system has by default beside this base: for the base's own system the same. */
  readonly unusual: readonly FieldChange[];
}

/**
 * Another system as a variant: its recipe is derived from the experiment's, after the patch if there is one.
 * `system(monoSft, monoSft.from)` is Mono-SFT with the same LLM and data.
 */
export function system<R, S>(method: Method<S>, recipeOf: (recipe: R) => S, patch?: Patch<R>): System {
  return { kind: "system", method, recipeOf: (recipe) => recipeOf(applyPatch(recipe, patch) as R), patch };
}

function isSystem(variant: unknown): variant is System {
  return isTree(variant) && variant.kind === "system" && isTree(variant.method);
}

/** Names of all rows, the base first. */
export function variantNames(experiment: AnyExperiment): string[] {
  return [experiment.baseName, ...Object.keys(experiment.variants)];
}

/** The claims that are judged in a world (the method's first unless said). */
export function claimsOf(
  { claims, worldClaims, method }: AnyExperiment,
  world: string = method.worlds[0],
): readonly Claim[] {
  return [...claims, ...worldClaims?.[world] ?? []];
}

/**
 * The recipe of one row at one scale in one world (the method's first unless said).
 * @throws {UserError} for a field that the recipe does not have or a value of the wrong kind, and for a variant that
 * equals the base.
 */
export function resolve(
  experiment: AnyExperiment,
  variant: string,
  scale: Scale,
  world: string = experiment.method.worlds[0],
): Resolved {
  const where = `Cannot run "${experiment.id}"`;
  const { method } = experiment;
  const numbers = method.scales[scale];
  if (numbers === undefined) {
    throw new UserError(
      `${where}: method "${method.id}" has no scale "${scale}" yet; it has ${
        Object.keys(method.scales).join(", ")
      }`,
    );
  }
  const plain = checkRecipe(method, experiment.base, `${where}: base`);
  const patches = [numbers, method.worldScales?.[world]?.[scale], experiment.scales?.[scale]];
  const base = checkRecipe(method, patches.reduce(applyPatch, plain), `${where}: scale "${scale}"`);
  if (variant === experiment.baseName) {
    return { variant, method, recipe: base, fields: origins(plain, base, base), patch: [], unusual: [] };
  }
  const change = experiment.variantsAt?.[scale]?.[variant] ?? experiment.variants[variant];
  if (change === undefined) {
    throw new UserError(
      `Unknown variant "${variant}" of "${experiment.id}": ${didYouMean(variant, variantNames(experiment))}`,
    );
  }
  const name = `${where}: variant "${variant}"`;
  const own = isSystem(change) ? change.patch : change;
  if (own !== undefined) checkCounts(method, base, checkRecipe(method, applyPatch(base, own), name), name);
  if (isSystem(change)) {
    const [other, recipe] = [plain, base].map((own) =>
      checkRecipe(change.method, change.recipeOf(own), name)
    );
    // Fields that only one of the two systems has are no change of a setting.
    const shared = changes(flatten(base), flatten(recipe)).filter(({ from, to }) => from !== "" && to !== "");
    const usual = change.method.from?.(base);
    const unusual = usual === undefined ? [] : changes(flatten(usual), flatten(recipe));
    const patch = [
      { path: "method", from: method.id, to: change.method.id },
      ...shared,
      ...unusual.filter(({ path }) => !shared.some((one) => one.path === path)),
    ];
    return { variant, method: change.method, recipe, fields: origins(other, recipe, recipe), patch, unusual };
  }
  const recipe = checkRecipe(method, applyPatch(base, change), name);
  const patch = changes(flatten(base), flatten(recipe));
  return { variant, method, recipe, fields: origins(plain, base, recipe), patch, unusual: patch };
}

/** @throws {UserError} when nothing is changed, or only what does not count */
function checkCounts(method: AnyMethod, base: unknown, recipe: unknown, name: string): void {
  const all = changes(flatten(base), flatten(recipe));
  const [first] = all;
  if (first === undefined) throw new UserError(`${name} equals the base recipe; a variant has to differ`);
  const unused = method.unused?.(recipe) ?? [];
  if (!all.every(({ path }) => unused.some((one) => path === one || path.startsWith(`${one}.`)))) return;
  throw new UserError(
    `${name} changes nothing here: "${first.path}" does not count in this recipe (a checkpoint has sizes of its own); ` +
      "take another scale, or give the variant a checkpoint at this one (`variantsAt`)",
  );
}

function origins(plain: unknown, base: unknown, recipe: unknown): Resolved["fields"] {
  const [first, scaled, last] = [flatten(plain), flatten(base), flatten(recipe)];
  return Object.entries(last).map(([path, value]) => ({
    path,
    value,
    by: scaled[path] !== value ? "variant" : first[path] !== value ? "scale" : "base",
  }));
}

/** The recipe as the schema sees it. @throws {UserError} naming the field and the nearest valid one. */
export function checkRecipe(method: AnyMethod, recipe: unknown, where: string): unknown {
  const parsed = v.safeParse(method.recipe, recipe);
  if (parsed.success) return parsed.output;
  const issue = parsed.issues[0];
  // A rule about several fields has no path and says itself what is wrong.
  if (issue.type === "check") throw new UserError(`${where}: ${issue.message}`);
  const path = v.getDotPath(issue) ?? "recipe";
  if (issue.type.endsWith("object") && issue.expected === "never") {
    const keys = siblings(method.recipe, path.split(".").slice(0, -1));
    const name = path.split(".").at(-1)!;
    throw new UserError(
      `${where}: unknown field "${path}" of recipe "${method.id}": ${didYouMean(name, keys)}`,
    );
  }
  throw new UserError(
    `${where}: field "${path}" of recipe "${method.id}" is ${issue.received}, expected ${
      issue.expected ?? issue.message
    }`,
  );
}

/** Field names of the schema's object at `path`, looking through optional, nullable and the like. */
function siblings(schema: unknown, path: readonly string[]): string[] {
  const open = (at: unknown): Readonly<Record<string, unknown>> => {
    let inner = at;
    while (isTree(inner) && !isTree(inner.entries) && isTree(inner.wrapped)) inner = inner.wrapped;
    return isTree(inner) && isTree(inner.entries) ? inner.entries : {};
  };
  let entries = open(schema);
  for (const key of path) entries = open(entries[key]);
  return Object.keys(entries);
}
