/**
 * The rows of an experiment in a world: those whose method runs there. A system that one world alone can train has no row in
 * the tables of the others.
 * @module
 */
import type { System } from "../experiment/types.ts";
import { type AnyExperiment, variantNames } from "./resolve.ts";

/**
 * Names of the rows that can be run in a world (the method's first unless said), the base first. In a world that the base
 * itself does not know these are all, so that whoever plans them says what is wrong with the world.
 */
export function variantsIn(
  experiment: AnyExperiment,
  world: string = experiment.method.worlds[0],
): string[] {
  const names = variantNames(experiment);
  if (!experiment.method.worlds.includes(world)) return names;
  return names.filter((name) => {
    const variant = experiment.variants[name] as Partial<System> | undefined;
    const method = variant?.kind === "system" && variant.method !== undefined
      ? variant.method
      : experiment.method;
    return method.worlds.includes(world);
  });
}
