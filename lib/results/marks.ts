/**
 * Marks arranged for `lib/metric`: right answers and answers per problem and language, all seeds of a system together.
 * @module
 */
import { atLeast } from "../checked.ts";
import type { ClusteredScores } from "../metric/mod.ts";
import type { Marks } from "./slice.ts";

/** Marks of one system on one benchmark: language -> seed -> marks. */
export type SystemMarks = ReadonlyMap<string, ReadonlyMap<number, string>>;

/** What an estimate is worked out from: a system's marks in some languages over a benchmark's problems. */
export interface MarkSet {
  readonly marks: SystemMarks;
  readonly languages: readonly string[];
  /** Problem ids; position i of every string of marks. */
  readonly items: readonly string[];
}

/** Marks of a benchmark by variant. */
export type MarkTable = ReadonlyMap<string, SystemMarks>;

const RIGHT = 49, MISSING = 46;

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

/** Two sets with what both answered: same language, seed and problem. */
export function paired(one: MarkSet, other: MarkSet): readonly [MarkSet, MarkSet] {
  return [common(one, other), common(other, one)];
}

/** What is left of `own` where `other` has an answer too. */
function common(own: MarkSet, other: MarkSet): MarkSet {
  const marks = new Map(own.languages.map((lang) => {
    const theirs = other.marks.get(lang);
    const kept = [...own.marks.get(lang) ?? []].flatMap(([seed, marks]) => {
      const mask = theirs?.get(seed);
      return mask === undefined ? [] : [[seed, masked(marks, mask)] as const];
    });
    return [lang, new Map(kept)];
  }));
  return { ...own, marks };
}

function masked(marks: string, other: string): string {
  return other.includes(".") ? marks.replace(/./g, (mark, i) => other[i] === "." ? "." : mark) : marks;
}

/** The seeds of a set, in order. */
export function seedsOf({ marks, languages }: MarkSet): number[] {
  const seeds = languages.flatMap((lang) => [...marks.get(lang)?.keys() ?? []]);
  return [...new Set(seeds)].sort((a, b) => a - b);
}

/** Right answers and answers of each language, all seeds together. */
export function countsOf({ marks, languages }: MarkSet): { readonly k: number; readonly n: number }[] {
  return languages.map((lang) => {
    let k = 0, n = 0;
    for (const own of marks.get(lang)?.values() ?? []) {
      for (let i = 0; i < own.length; i++) {
        if (own.charCodeAt(i) === RIGHT) k++;
        if (own.charCodeAt(i) !== MISSING) n++;
      }
    }
    return { k, n };
  });
}

/** What stands before "#" in an item's id is the unit of every interval: texts that differ in numbers alone are one problem. */
function unitOf(item: string): string {
  const [unit] = atLeast(item.split("#"), 1);
  return unit;
}

/** The problems of some items, and the place of each item's among them. */
function unitsOf(items: readonly string[]): { readonly units: readonly string[]; readonly places: number[] } {
  const units = [...new Set(items.map(unitOf))];
  const placeOf = new Map(units.map((unit, i) => [unit, i]));
  return { units, places: items.map((item) => placeOf.get(unitOf(item))!) };
}

/**
 * [seed][problem]: mean over languages of what is right. Undefined with fewer than two seeds or problems, and where an
 * answer is missing. Of a problem in several texts it is the seed's mean and what the problem adds to it (the linearised
 * ratio; Cochran, 1977, Sampling Techniques, section 9A.1), so that the mean over problems is that over texts.
 */
export function scoresBySeed(set: MarkSet): number[][] | undefined {
  const { marks, languages, items } = set;
  const seeds = seedsOf(set);
  const { units, places } = unitsOf(items);
  if (seeds.length < 2 || units.length < 2) return undefined;
  const rows = seeds.map((seed) => languages.map((lang) => marks.get(lang)?.get(seed)));
  const complete = (own: string | undefined) =>
    own !== undefined && own.length === items.length && !own.includes(".");
  if (!rows.every((row) => row.every(complete))) return undefined;
  return rows.map((row) => {
    const scores = new Array<number>(items.length).fill(0);
    for (const own of row) {
      for (let at = 0; at < scores.length; at++) {
        if (own!.charCodeAt(at) === RIGHT) scores[at]! += 1 / languages.length;
      }
    }
    if (units.length === items.length) return scores;
    const mean = scores.reduce((sum, score) => sum + score, 0) / items.length;
    const added = new Array<number>(units.length).fill(0);
    scores.forEach((score, at) => added[places[at]!]! += score - mean);
    return added.map((more) => mean + more * units.length / items.length);
  });
}

/**
 * Sums over the seeds, a column per language; problems that nobody answered are left out. Undefined when a language has
 * no answers.
 */
export function scoresOf({ marks, languages, items }: MarkSet): ClusteredScores | undefined {
  const width = languages.length;
  const { units, places } = unitsOf(items);
  const total = new Float64Array(units.length * width), count = new Float64Array(units.length * width);
  languages.forEach((lang, s) => {
    for (const own of marks.get(lang)?.values() ?? []) {
      for (let i = 0; i < own.length; i++) {
        const code = own.charCodeAt(i);
        if (code === MISSING) continue;
        const cell = places[i]! * width + s;
        count[cell]!++;
        if (code === RIGHT) total[cell]!++;
      }
    }
  });
  if (count.length === 0) return undefined;
  const balanced = count[0]! > 0 && count.every((n) => n === count[0]);
  if (balanced) return collapse({ clusters: units, strata: languages, total, count });
  const kept = units.map((_, i) => i).filter((i) =>
    count.subarray(i * width, (i + 1) * width).some((n) => n)
  );
  const pick = (from: Float64Array) =>
    Float64Array.from(kept.flatMap((i) => [...from.subarray(i * width, (i + 1) * width)]));
  const scores = {
    clusters: kept.map((i) => units[i]!),
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
    rows[Math.floor(i / width)]! += total[i]!;
    counts[Math.floor(i / width)]! += count[i]!;
  }
  return { clusters, strata: [""], total: rows, count: counts };
}
