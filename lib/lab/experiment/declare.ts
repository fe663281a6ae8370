/**
 * What the store keeps of an experiment's module: everything that the report shows of it, with the patches resolved at
 * the run's scale and world.
 * @module
 */
import type { Json } from "../../hash.ts";
import { headerOf } from "./discover.ts";
import { type AnyExperiment, claimsOf, resolve } from "../plan/resolve.ts";
import { variantsIn } from "../plan/world_rows.ts";
import type { Declaration } from "../record/record.ts";
import type { Benchmark, Scale } from "./types.ts";

export function declare(
  experiment: AnyExperiment,
  { file, scale, world = experiment.method.worlds[0], benchmarks }: {
    file: string;
    scale: Scale;
    world?: string;
    benchmarks: readonly Benchmark[];
  },
): Declaration {
  const place = { scale, world, benchmarks: benchmarks.map(({ id }) => id) };
  return {
    id: experiment.id,
    version: experiment.version,
    title: experiment.title,
    abstract: headerOf(file),
    method: experiment.method.id,
    baseName: experiment.baseName,
    variants: variantsIn(experiment, world).map((name) => {
      const { method, patch, recipe, unusual } = resolve(experiment, name, scale, world);
      const facts = method.facts?.(recipe, { ...place, changed: unusual.map(({ path }) => path) }) ?? null;
      return { name, method: method.id, patch, facts };
    }),
    benchmarks: benchmarks.map(({ id, title, unit, against, note, languages, groups }) => ({
      id,
      title: title ?? id,
      unit: unit ?? "problem",
      against: against ?? null,
      note: note ?? null,
      languages,
      groups,
    })),
    paper: experiment.paper ?? {},
    paperRows: experiment.paperRows ?? {},
    knockouts: experiment.knockouts ?? {},
    figures: (experiment.figures ?? {}) as Record<string, Json>,
    claims: claimsOf(experiment, world).map(({ id, sentence, source }) => ({ id, sentence, source })),
  };
}
