/**
 * Works out a slice's numbers: a cell per variant, benchmark and language or group, and what each variant changes.
 *
 * A cell's value comes from the store's counts, its interval from the answers, and `evidence.ts` recomputes the value
 * from the answers: two ways that must meet. Intervals and p are of other problems (bootstrap and sign flips, clustered by
 * problem) with one seed, of other seeds and problems (`summariseSeeds`) with several, as the claims' are.
 * @module
 */
import {
  clusteredAccuracy,
  holm,
  minimumDetectable,
  pairedDifference,
  pOfZero,
  type SeedSummary,
  summariseSeeds,
} from "../metric/mod.ts";
import { percent } from "../format.ts";
import { type MarkTable, pairedMarks, scoresBySeed, scoresOf, tabulate, type VariantMarks } from "./marks.ts";
import { type PaperLookup, paperRow, type PaperValue } from "./paper_row.ts";
import { type Benchmark, type Count, type Items, type Marks, scopesOf, type Slice } from "./slice.ts";

/** One number of a table with what it takes to recompute it. */
export interface Cell {
  /** `benchmark|variant|scope`. */
  readonly key: string;
  readonly benchmark: string;
  readonly variant: string;
  /** Language or group. */
  readonly scope: string;
  readonly kind: "lang" | "group";
  /** The languages it is the mean of. */
  readonly languages: readonly string[];
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly n: number;
  readonly k: number;
  readonly seeds: number;
  /** Seeds whose spread the interval includes; 1: it is of problems alone. */
  readonly covered: number;
  /** The string in the table, percent with one decimal. */
  readonly printed: string;
  /** How it was computed, sacreBLEU-style. */
  readonly signature: string;
  /** The paper's printed string, where it prints one. */
  readonly paper?: PaperValue;
}

/** A variant minus the base in one group, paired by seed, language and problem. */
export interface Effect {
  readonly benchmark: string;
  readonly variant: string;
  readonly scope: string;
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /** Two-sided, before and after Holm's correction over the benchmark's table. */
  readonly p: number;
  readonly adjusted: number;
  /** Smallest true difference that this design shows with 80 % power at 5 %. */
  readonly detectable: number;
  readonly n: number;
  /** Seeds whose spread the interval and p include; 1: they are of problems alone. */
  readonly covered: number;
  readonly method: string;
  /** The paper's own difference in percentage points, from its printed cells. */
  readonly paper?: number;
}

/** A system on a benchmark minus the same system on the benchmark `against`, paired by seed, language and item. */
export interface Change extends Omit<Effect, "paper"> {
  readonly against: string;
}

/** A slice with its numbers worked out. */
export interface Results {
  readonly slice: Slice;
  readonly cells: readonly Cell[];
  readonly effects: readonly Effect[];
  readonly changes: readonly Change[];
}

/** Seed of the bootstrap and the sign-flip test. */
const BOOTSTRAP_SEED = 0;

/** All cells and effects of a slice. */
export function computeResults(
  slice: Slice,
  marks: readonly Marks[],
  items: Items,
  paper: PaperLookup,
): Results {
  const cells: Cell[] = [], effects: Effect[] = [], changes: Change[] = [];
  for (const benchmark of slice.benchmarks) {
    const problems = items[benchmark.id] ?? [];
    if (problems.length === 0) continue;
    const table = tabulate(marks, benchmark.id);
    cells.push(...cellsOf({ slice, benchmark, table, problems, paper }));
    effects.push(...effectsOf({ slice, benchmark, table, problems, paper }));
    changes.push(...changesOf({ slice, benchmark, table, problems }, marks, items));
  }
  return { slice, cells, effects, changes };
}

interface Context {
  readonly slice: Slice;
  readonly benchmark: Benchmark;
  readonly table: MarkTable;
  readonly problems: readonly string[];
  readonly paper: PaperLookup;
}

function cellsOf({ slice, benchmark, table, problems, paper }: Context): Cell[] {
  const counts = countsByLanguage(slice.counts, benchmark.id);
  return slice.variants.flatMap(({ name: variant }) =>
    scopesOf(benchmark).flatMap(({ scope, kind, languages }): Cell[] => {
      const parts = languages.map((lang) => counts.get(`${variant}\n${lang}`));
      const scores = scoresOf(table, variant, languages, problems);
      if (!scores || !parts.every((part) => part !== undefined)) return [];
      const value = parts.reduce((sum, part) => sum + part.k / part.n, 0) / parts.length;
      const ofSeeds = overSeeds(scoresBySeed([table.get(variant)], languages, problems));
      const estimate = ofSeeds ?? clusteredAccuracy(scores, { seed: BOOTSTRAP_SEED });
      const n = parts.reduce((sum, part) => sum + part.n, 0);
      const seeds = new Set(parts.flatMap((part) => part.runs)).size;
      return [{
        key: cellKey(benchmark.id, variant, scope),
        benchmark: benchmark.id,
        variant,
        scope,
        kind,
        languages,
        value,
        low: Math.max(0, estimate.low),
        high: Math.min(1, estimate.high),
        n,
        k: parts.reduce((sum, part) => sum + part.k, 0),
        seeds,
        covered: ofSeeds?.seeds.length ?? 1,
        printed: percent(value),
        signature:
          `acc|n=${n}|mean=lang|seeds=${seeds}|problems=${scores.clusters.length}|ci95=${estimate.method}|v1`,
        paper: lookUp(slice, benchmark.id, variant, scope, paper),
      }];
    })
  );
}

/** Identity of a cell in pages, files and addresses. */
export function cellKey(benchmark: string, variant: string, scope: string): string {
  return `${benchmark}|${variant}|${scope}`;
}

function countsByLanguage(counts: readonly Count[], benchmark: string) {
  const sums = new Map<string, { n: number; k: number; runs: string[] }>();
  for (const row of counts) {
    if (row.benchmark !== benchmark) continue;
    const key = `${row.variant}\n${row.lang}`;
    const sum = sums.get(key) ?? { n: 0, k: 0, runs: [] };
    sums.set(key, { n: sum.n + row.n, k: sum.k + row.k, runs: [...sum.runs, row.run] });
  }
  return sums;
}

function effectsOf({ slice, benchmark, table, problems, paper }: Context): Effect[] {
  const base = slice.baseName;
  const raw = slice.variants.filter(({ name }) => name !== base).flatMap(({ name: variant }) =>
    benchmark.groups.flatMap(({ name: scope, languages }): Omit<Effect, "adjusted">[] => {
      const difference = differenceOf(table.get(variant), table.get(base), languages, problems);
      if (!difference) return [];
      const theirs = lookUp(slice, benchmark.id, variant, scope, paper);
      const theirBase = lookUp(slice, benchmark.id, base, scope, paper);
      return [{
        benchmark: benchmark.id,
        variant,
        scope,
        ...difference,
        // Two tables may average over different languages, so that only one table's rows are compared.
        paper: theirs && theirs.table === theirBase?.table ? theirs.value - theirBase.value : undefined,
      }];
    })
  );
  return corrected(raw);
}

/** What each system gains over the benchmark that this one is compared with, by group and language. */
function changesOf(
  { slice, benchmark, table, problems }: Omit<Context, "paper">,
  marks: readonly Marks[],
  items: Items,
): Change[] {
  const { id, against } = benchmark;
  if (against === null) return [];
  const same = JSON.stringify(items[against]) === JSON.stringify(problems);
  if (!same) return [];
  const before = tabulate(marks, against);
  return corrected(
    slice.variants.flatMap(({ name: variant }) =>
      scopesOf(benchmark).flatMap(({ scope, languages }) => {
        const difference = differenceOf(table.get(variant), before.get(variant), languages, problems);
        return difference ? [{ benchmark: id, against, variant, scope, ...difference }] : [];
      })
    ),
  );
}

/** What both have of the answers; undefined when there are none. */
function differenceOf(
  one: VariantMarks | undefined,
  base: VariantMarks | undefined,
  languages: readonly string[],
  problems: readonly string[],
) {
  const pair = pairedMarks(one, base, languages, problems);
  if (!pair) return undefined;
  const ofSeeds = overSeeds(scoresBySeed([one, base], languages, problems));
  const { value, low, high, standardError, p, method } = ofSeeds
    ? { ...ofSeeds, p: pOfZero(ofSeeds) }
    : pairedDifference(...pair, { seed: BOOTSTRAP_SEED });
  return {
    value,
    low,
    high,
    p,
    detectable: standardError > 0 ? minimumDetectable(standardError) : high,
    n: pair[0].count.reduce((sum, n) => sum + n, 0),
    covered: ofSeeds?.seeds.length ?? 1,
    method,
  };
}

/** Undefined with one seed, and where nothing spreads, so that there is no interval. */
function overSeeds(scores: number[][] | undefined): SeedSummary | undefined {
  const summary = scores && summariseSeeds(scores);
  return summary && summary.standardError > 0 ? summary : undefined;
}

/** With Holm's correction over all of them. */
function corrected<T extends { readonly p: number }>(
  raw: readonly T[],
): (T & { readonly adjusted: number })[] {
  const adjusted = holm(raw.map(({ p }) => p));
  return raw.map((one, i) => ({ ...one, adjusted: adjusted[i] }));
}

function lookUp(
  slice: Slice,
  benchmark: string,
  variant: string,
  scope: string,
  paper: PaperLookup,
): PaperValue | undefined {
  const at = paperRow(slice, benchmark, variant);
  return at && paper(at.table, at.row, scope);
}
