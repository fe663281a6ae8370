/**
 * The benchmarks as the lab sees them: languages in the paper's order, and the groups that its tables average over.
 * @module
 */
import type { Benchmark } from "../lab/types.ts";
import type { BenchmarkId, Level, World } from "../world/world.ts";

/** The paper's names of the levels in its tables. */
const GROUPS: Readonly<Record<Level, string>> = { low: "LR", medium: "MR", high: "HR" };

/** Those of word problems: what the systems here are trained for. */
const TITLES = {
  mmwp: "MMWP (48 languages)",
  mgsm: "MGSM (two steps)",
  msvamp: "MSVAMP (held-out templates)",
} as const satisfies Partial<Record<BenchmarkId, string>>;

/** The benchmarks that the systems here can be asked, with the languages that the world has. */
export function benchmarksOf(world: World): Benchmark[] {
  return (Object.keys(TITLES) as (keyof typeof TITLES)[]).map((id) => {
    const rows = world.languages().filter(({ benchmarks }) => benchmarks.has(id));
    const sorted = [...rows].sort((a, b) => (a.code < b.code ? -1 : 1));
    const groups = Object.entries(GROUPS).map(([level, name]) =>
      [name, sorted.filter((row) => row.level === level).map(({ code }) => code)] as const
    ).filter(([, codes]) => codes.length > 0);
    return {
      id,
      title: TITLES[id],
      languages: sorted.map(({ code }) => code),
      groups: Object.fromEntries(groups),
      unit: "problem",
    };
  });
}
