/**
 * A slice's tables: a cell per variant, benchmark and language or group, what each variant changes against the base, and
 * what each system gains over another benchmark of the same items, with the paper's numbers beside them.
 * @module
 */
import type { Accuracy, Difference } from "../lab/experiment/results.ts";
import { type Estimates, estimatesOf } from "./estimates.ts";
import { type Knockout, knockoutsOf } from "./knockouts.ts";
import { type Learned, learnedOf } from "./learned.ts";
import { type PaperLookup, paperRow, type PaperValue } from "./paper_row.ts";
import type { Reading } from "./read_results.ts";
import { type Benchmark, scopesOf, type Slice } from "./slice.ts";

/** One number of a table with what it takes to recompute it. */
export interface Cell extends Omit<Accuracy, "languages"> {
  /** `benchmark|variant|scope`. */
  readonly key: string;
  readonly benchmark: string;
  readonly variant: string;
  /** Language or group. */
  readonly scope: string;
  readonly kind: "lang" | "group";
  /** The languages it is the mean of. */
  readonly languages: readonly string[];
  /** Seeds whose spread the interval includes; 1: it is of problems alone. */
  readonly covered: number;
  /** How it was computed, sacreBLEU-style. */
  readonly signature: string;
  /** The paper's printed string, where it prints one. */
  readonly paper?: PaperValue | undefined;
}

/** A variant minus the base in one group, paired by seed, language and problem. */
export interface Effect extends Difference {
  readonly benchmark: string;
  readonly variant: string;
  readonly scope: string;
  /** Over the differences of the benchmark's table. */
  readonly corrected: NonNullable<Difference["corrected"]>;
  /** Seeds whose spread the interval and p include; 1: they are of problems alone. */
  readonly covered: number;
  readonly method: string;
  /** The paper's own difference in percentage points, from its printed cells. */
  readonly paper?: number | undefined;
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
  /** Of systems that read a question twice, what each of the two is worth; empty where the experiment names none. */
  readonly knockouts: readonly Knockout[];
  /** What each system's training came to; empty where no step said so. */
  readonly learned: readonly Learned[];
}

/** All cells, effects and changes of a slice. */
export function computeResults(reading: Reading, paper: PaperLookup): Results {
  const { slice } = reading;
  const estimates = estimatesOf(reading);
  const lookUp = (benchmark: string, variant: string, scope: string): PaperValue | undefined => {
    const at = paperRow(slice, benchmark, variant);
    return at && paper(at.table, at.row, scope);
  };
  return {
    slice,
    cells: slice.benchmarks.flatMap((benchmark) => cellsOf(slice, estimates, benchmark, lookUp)),
    effects: slice.benchmarks.flatMap(({ id }) =>
      estimates.effects(id).map((effect): Effect => {
        const theirs = lookUp(id, effect.variant, effect.scope);
        const theirBase = lookUp(id, slice.baseName, effect.scope);
        return {
          benchmark: id,
          ...effect,
          // Two tables may average over different languages, so that only one table's rows are compared.
          paper: theirs && theirs.table === theirBase?.table ? theirs.value - theirBase.value : undefined,
        };
      })
    ),
    changes: slice.benchmarks.flatMap(({ id, against }) =>
      estimates.changes(id).map((change): Change => ({ benchmark: id, against: against!, ...change }))
    ),
    knockouts: slice.benchmarks.flatMap((benchmark) => knockoutsOf(slice, estimates, benchmark)),
    learned: learnedOf(slice, estimates),
  };
}

function cellsOf(
  slice: Slice,
  estimates: Estimates,
  benchmark: Benchmark,
  lookUp: (benchmark: string, variant: string, scope: string) => PaperValue | undefined,
): Cell[] {
  return slice.variants.flatMap(({ name: variant }) =>
    scopesOf(benchmark).flatMap(({ scope, kind, languages }): Cell[] => {
      const found = estimates.accuracy(variant, benchmark.id, scope);
      if (!found) return [];
      const { n, seeds, problems, method, ...estimate } = found;
      return [{
        ...estimate,
        ...{ n, seeds, problems, kind, languages, variant, scope },
        key: cellKey(benchmark.id, variant, scope),
        benchmark: benchmark.id,
        signature: `acc|n=${n}|mean=lang|seeds=${seeds}|problems=${problems}|ci95=${method}|v1`,
        paper: lookUp(benchmark.id, variant, scope),
      }];
    })
  );
}

/** Identity of a cell in pages, files and addresses. */
function cellKey(benchmark: string, variant: string, scope: string): string {
  return `${benchmark}|${variant}|${scope}`;
}
