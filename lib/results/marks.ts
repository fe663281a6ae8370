/**
 * Marks arranged for `lib/metric`: right answers and answers per problem and language, all seeds of a variant together.
 * @module
 */
import type { ClusteredScores } from "../metric/mod.ts";
import type { Marks } from "./slice.ts";

/** Marks of a benchmark by variant, language and seed. */
export type MarkTable = ReadonlyMap<string, ReadonlyMap<string, ReadonlyMap<number, string>>>;

/** variant -> language -> seed -> marks, of one benchmark. */
export function tabulate(marks: readonly Marks[], benchmark: string): MarkTable {
  const table = new Map<string, Map<string, Map<number, string>>>();
  for (const row of marks) {
    if (row.benchmark !== benchmark) continue;
    const languages = table.get(row.variant) ?? new Map<string, Map<number, string>>();
    table.set(row.variant, languages);
    const seeds = languages.get(row.lang) ?? new Map<number, string>();
    languages.set(row.lang, seeds);
    seeds.set(row.seed, row.marks);
  }
  return table;
}

/** Scores of one variant in some languages; undefined when a language has no answers. */
export function scoresOf(
  table: MarkTable,
  variant: string,
  languages: readonly string[],
  items: readonly string[],
): ClusteredScores | undefined {
  const rows = languages.map((lang) => [...(table.get(variant)?.get(lang)?.values() ?? [])]);
  if (rows.some((row) => row.length === 0)) return undefined;
  return sum(rows, languages, items);
}

/** Scores of two variants on what both answered: same seed, language and problem. */
export function pairedScores(
  table: MarkTable,
  pair: readonly [string, string],
  languages: readonly string[],
  items: readonly string[],
): readonly [ClusteredScores, ClusteredScores] | undefined {
  const [first, second] = pair.map((variant) => table.get(variant));
  return pairedMarks(first, second, languages, items);
}

/**
 * [seed][problem]: mean over languages of what is right, minus the same of `base` where there is one, of the seeds that
 * both have. Undefined with fewer than two, and where one lacks an answer.
 */
export function scoresBySeed(
  [marks, base]: readonly [VariantMarks | undefined, VariantMarks?],
  languages: readonly string[],
  items: readonly string[],
): number[][] | undefined {
  const sides = base ? [marks, base] : [marks];
  const rows = sides.flatMap((side) => languages.map((lang) => side?.get(lang) ?? new Map<number, string>()));
  const seeds = [...rows[0].keys()].filter((seed) => rows.every((row) => row.has(seed)));
  if (seeds.length < 2) return undefined;
  const complete = (own: string) => own.length === items.length && !own.includes(".");
  if (!seeds.every((seed) => rows.every((row) => complete(row.get(seed)!)))) return undefined;
  return seeds.map((seed) => {
    const scores = new Array<number>(items.length).fill(0);
    rows.forEach((row, i) => {
      const own = row.get(seed)!, share = (i < languages.length ? 1 : -1) / languages.length;
      for (let at = 0; at < scores.length; at++) if (own.charCodeAt(at) === RIGHT) scores[at] += share;
    });
    return scores;
  });
}

const RIGHT = 49, MISSING = 46;

/** Marks of one variant on one benchmark: language -> seed -> marks. */
export type VariantMarks = MarkTable extends ReadonlyMap<string, infer M> ? M : never;

/** Scores of two sets of marks over the same items. */
export function pairedMarks(
  one: VariantMarks | undefined,
  other: VariantMarks | undefined,
  languages: readonly string[],
  items: readonly string[],
): readonly [ClusteredScores, ClusteredScores] | undefined {
  const both = languages.map((lang) => {
    const [first, second] = [one, other].map((marks) => marks?.get(lang) ?? new Map<number, string>());
    return [...first].flatMap(([seed, marks]) => {
      const other = second.get(seed);
      return other === undefined ? [] : [[marks, other] as const];
    });
  });
  if (both.some((row) => row.length === 0)) return undefined;
  const masked = both.map((row) => row.map(([a, b]) => [mask(a, b), mask(b, a)]));
  const [a, b] = [0, 1].map((side) => sum(masked.map((row) => row.map((x) => x[side])), languages, items));
  return a && b ? [a, b] : undefined;
}

function mask(marks: string, other: string): string {
  return other.includes(".") ? marks.replace(/./g, (mark, i) => other[i] === "." ? "." : mark) : marks;
}

/** Adds up marks; a language column per entry of `rows`. Problems that nobody answered are left out. */
function sum(
  rows: readonly (readonly string[])[],
  languages: readonly string[],
  items: readonly string[],
): ClusteredScores | undefined {
  const width = languages.length;
  const total = new Float64Array(items.length * width), count = new Float64Array(items.length * width);
  rows.forEach((column, s) => {
    for (const marks of column) {
      for (let i = 0; i < marks.length; i++) {
        const code = marks.charCodeAt(i);
        if (code === MISSING) continue;
        count[i * width + s]++;
        if (code === RIGHT) total[i * width + s]++;
      }
    }
  });
  const balanced = count.every((n) => n === count[0]);
  if (balanced) return collapse({ clusters: items, strata: languages, total, count });
  const kept = items.map((_, i) => i).filter((i) =>
    count.subarray(i * width, (i + 1) * width).some((n) => n)
  );
  const pick = (from: Float64Array) =>
    Float64Array.from(kept.flatMap((i) => [...from.subarray(i * width, (i + 1) * width)]));
  const scores = {
    clusters: kept.map((i) => items[i]),
    strata: languages,
    total: pick(total),
    count: pick(count),
  };
  const empty = languages.some((_, s) => !kept.some((_, row) => scores.count[row * width + s]));
  return empty ? undefined : scores;
}

/** With every problem in every language equally often, the mean over languages is the mean over all: one column does. */
function collapse({ clusters, strata, total, count }: ClusteredScores): ClusteredScores {
  const width = strata.length;
  const rows = new Float64Array(clusters.length), counts = new Float64Array(clusters.length);
  for (let i = 0; i < total.length; i++) {
    rows[Math.floor(i / width)] += total[i];
    counts[Math.floor(i / width)] += count[i];
  }
  return { clusters, strata: [""], total: rows, count: counts };
}
