/**
 * What the page's data files say, and how they arrive: a file opened from a folder may not fetch, but it may load
 * scripts, so every data file is a script that calls `lingualift.take(name, value)`.
 * @module
 */
import type { Facts } from "../../results/run_diff.ts";

/** A cell as the page knows it. */
export interface CellData {
  readonly benchmark: string;
  readonly variant: string;
  readonly scope: string;
  readonly languages: readonly string[];
  readonly printed: string;
  readonly low: string;
  readonly high: string;
  readonly k: number;
  readonly n: number;
  readonly signature: string;
  readonly paper: string | null;
  readonly sql: string;
}

/** Everything of a slice that recomputes its numbers. */
export interface SliceData {
  readonly name: string;
  /** Names of the parts of a solution, in the order of an answer's marks. */
  readonly parts: readonly string[];
  /** What each kind of mistake is called. */
  readonly mistakes: Readonly<Record<string, string>>;
  readonly benchmarks: Readonly<
    Record<string, {
      readonly title: string;
      readonly unit: string;
      readonly items: readonly string[];
      /** What is averaged over, "avg" the last. */
      readonly groups: readonly { readonly name: string; readonly languages: readonly string[] }[];
    }>
  >;
  /** What is known of languages, by code; empty where the site knows no world. */
  readonly languages: Readonly<Record<string, { readonly family: string; readonly script: string }>>;
  readonly runs: readonly {
    readonly id: string;
    readonly seed: number;
    readonly variant: string;
    readonly finished: string;
  }[];
  readonly cells: Readonly<Record<string, CellData>>;
  /** By claim; read where two sites are compared. */
  readonly verdicts: Readonly<Record<string, string>>;
  /** run index, benchmark, language, marks. */
  readonly marks: readonly (readonly [number, string, string, string])[];
  /** JSON of [benchmark, variant] -> file of answers; benchmark -> file of prompts. */
  readonly answers: Readonly<Record<string, string>>;
  readonly prompts: Readonly<Record<string, string>>;
}

/**
 * One answer: language, run index, item, prompt hash, output, extracted, gold, correct, marks of its parts ("110"), the
 * sort of problem, the kind of mistake.
 */
export type AnswerTuple = readonly [
  ...readonly [string, number, string, string, string, string | null, string, boolean],
  ...readonly [string | null, string | null, string | null],
];

/** What went into the runs of a slice, and their scores. */
export interface KnownRuns {
  /** Texts by name, which several runs may share. */
  readonly sets: readonly Facts[];
  /** Benchmark, scope and metric of a score. */
  readonly scores: readonly (readonly [benchmark: string, scope: string, metric: string])[];
  /** Metrics that are shares of the answers. */
  readonly shares: readonly string[];
  /** By id. */
  readonly runs: Readonly<Record<string, KnownRun>>;
}

/** A run by places in the lists above. */
export interface KnownRun {
  /** Whether it counts, so that its answers lie among the slice's marks. */
  readonly isCurrent: boolean;
  /** Sets: recipe, settings, data, code, packages, provenance. */
  readonly facts: readonly number[];
  readonly scores: readonly (readonly [place: number, value: number])[];
}
