/**
 * The floors of a slice: what the best rule gets that does not read the text, as a row beside the systems.
 * @module
 */
import type { Floor } from "../lab/experiment/results.ts";
import { scopesOf, type Slice } from "./slice.ts";

/** The floor of a benchmark in a language or group (the mean over its languages); undefined where a language has none. */
export function floorOf({ floors, benchmarks }: Slice, benchmark: string, scope: string): Floor | undefined {
  const known = benchmarks.find(({ id }) => id === benchmark);
  const languages = known && scopesOf(known).find((one) => one.scope === scope)?.languages;
  if (languages === undefined || languages.length === 0) return undefined;
  const own = floors.filter((row) => row.benchmark === benchmark);
  const values = languages.map((lang) =>
    // Runs that ask other items have other floors: the highest counts.
    Math.max(...own.filter((row) => row.scope === lang).map(({ value }) => value))
  );
  if (!values.every(Number.isFinite)) return undefined;
  const name = [...new Set(own.map(({ metric }) => metric))].map((metric) =>
    metric.replace("floor", "Floor")
  );
  return { name: name.join(" or "), value: values.reduce((sum, value) => sum + value, 0) / values.length };
}
