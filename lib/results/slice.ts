/**
 * A slice: what the store says of one experiment at one scale in one world, before anything is worked out of it.
 * @module
 */
import type { Mistake } from "../metric/mod.ts";
import { SCALES } from "../lab/experiment/types.ts";
import type { SystemFacts } from "../lab/experiment/facts.ts";
import type { Knockouts, Verdict } from "../lab/experiment/types.ts";

/** Names a slice. */
export type SliceKey = {
  readonly experiment: string;
  readonly scale: string;
  readonly world: string;
};

/** One field that a variant changes. */
export interface PatchRow {
  readonly path: string;
  readonly from: string;
  readonly to: string;
}

export interface Variant {
  readonly name: string;
  readonly method: string;
  readonly patch: readonly PatchRow[];
  /** How it is asked and what was tried of it; null where its record does not say. */
  readonly facts: SystemFacts | null;
}

/** A group of languages that the paper averages over; "avg" is the last and holds all of them. */
export interface Group {
  readonly name: string;
  readonly languages: readonly string[];
}

export interface Benchmark {
  readonly id: string;
  readonly title: string;
  /** What an item id stands for. */
  readonly unit: string;
  /** A benchmark of the same items that each system is compared with; null where there is none. */
  readonly against: string | null;
  readonly note: string | null;
  readonly languages: readonly string[];
  readonly groups: readonly Group[];
}

/** A current run. Times in seconds, memory in bytes. */
export interface Run {
  readonly run: string;
  readonly id: string;
  readonly variant: string;
  readonly seed: number;
  readonly identity: string;
  readonly status: string;
  readonly finished: string;
  readonly wall_s: number;
  readonly cpu_s: number;
  readonly peak_bytes: number;
  readonly answers: number;
  readonly error: string | null;
}

/** Right and wrong answers of one run in one language, aligned to `Items`: "1", "0", or "." where there is no answer. */
export interface Marks {
  readonly run: string;
  readonly variant: string;
  readonly seed: number;
  readonly benchmark: string;
  readonly lang: string;
  readonly marks: string;
}

/** Counts of one run in one language as the store's table `score` has them. */
export interface Count {
  readonly run: string;
  readonly variant: string;
  readonly benchmark: string;
  readonly lang: string;
  readonly n: number;
  readonly k: number;
}

/** A score that a step computed itself. */
export interface OwnScore {
  readonly run: string;
  readonly variant: string;
  readonly seed: number;
  readonly benchmark: string;
  readonly scope: string;
  readonly metric: string;
  readonly n: number | null;
  readonly k: number | null;
  readonly value: number;
  readonly estimator: string;
}

export interface ClaimRow {
  readonly claim: string;
  readonly sentence: string;
  readonly source: string;
  readonly verdict: Verdict;
  readonly because: string;
  readonly numbers: Readonly<Record<string, number | null>>;
  readonly seeds: string;
}

export interface StepCost {
  readonly variant: string;
  readonly step: string;
  readonly runs: number;
  readonly reused: number;
  /** Mean cost of computing it once. */
  readonly wall_s: number;
}

/** A window of updates: means of the training's loss and learning rate. */
export interface CurvePoint {
  /** Updates done at the window's end. */
  readonly updates: number;
  readonly loss: number;
  /** Null where the training did not write it. */
  readonly lr: number | null;
}

/** A training. Runs that share one have it once. */
export interface Curve {
  /** "fit align", "pretrain_llm". */
  readonly stage: string;
  /** The step's content key. */
  readonly key: string;
  /** Whose training it is, in the order of runs. */
  readonly runs: readonly { readonly variant: string; readonly seed: number }[];
  readonly points: readonly CurvePoint[];
}

/** Answers of one outcome. */
export interface MistakeCount {
  readonly benchmark: string;
  readonly variant: string;
  readonly lang: string;
  /** The sort of problem. */
  readonly kind: string | null;
  /** Null: right. */
  readonly mistake: Mistake | null;
  readonly n: number;
}

/** Everything that the store says of one slice. */
export interface Slice extends SliceKey {
  readonly version: number;
  readonly title: string;
  readonly abstract: string;
  readonly method: string;
  readonly baseName: string;
  /** Benchmark id -> id of the paper's table. */
  readonly paper: Readonly<Record<string, string>>;
  readonly paperRows: Readonly<Record<string, string>>;
  /** Variant -> those that ask its system without a part of what it reads. */
  readonly knockouts: Readonly<Record<string, Knockouts>>;
  readonly figures: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly variants: readonly Variant[];
  readonly benchmarks: readonly Benchmark[];
  readonly runs: readonly Run[];
  readonly claims: readonly ClaimRow[];
  readonly counts: readonly Count[];
  readonly own: readonly OwnScore[];
  /** What a rule gets that does not read the text, by benchmark and language; the metric names the rule. */
  readonly floors: readonly OwnScore[];
  /** What each system's training came to (metrics "training (...)"). */
  readonly training: readonly OwnScore[];
  /** Coordinates of maps (metrics "map x" and "map y"): drawn, not tabulated. */
  readonly points: readonly OwnScore[];
  readonly steps: readonly StepCost[];
  /** Facts that all runs share, and those that differ with each value and the number of its runs. */
  readonly provenance: readonly { readonly key: string; readonly value: string; readonly runs: number }[];
  /** Recipe fields of the base as JSON, and whether any current run has another value. */
  readonly recipe: readonly { readonly variant: string; readonly path: string; readonly value: string }[];
  readonly curves: readonly Curve[];
  /** SHA-256 over every row that the page is drawn from. */
  readonly rows: string;
}

/** Metrics of a step's scores that say what a training came to. */
export const TRAINING = /^training \((.+)\)$/;

/** Sorted problem ids by benchmark: what position i of a `Marks` string stands for. */
export type Items = Readonly<Record<string, readonly string[]>>;

/** File name without ending: the experiment for its main slice, else with world and scale. */
export function sliceName({ experiment, world, scale }: SliceKey): string {
  return `${experiment}.${world}.${scale}`;
}

/** The one at the largest scale; undefined of none. A store may name a scale that this version has not: the smallest. */
export function largestOf<T extends Pick<SliceKey, "scale">>(slices: readonly T[]): T | undefined {
  const scales: readonly string[] = SCALES;
  return slices.toSorted((a, b) => scales.indexOf(b.scale) - scales.indexOf(a.scale))[0];
}

/** Groups first, then languages: the order of the columns. */
export function scopesOf(benchmark: Benchmark) {
  return [
    ...benchmark.groups.map(({ name, languages }) => ({ scope: name, kind: "group" as const, languages })),
    ...benchmark.languages.map((lang) => ({ scope: lang, kind: "lang" as const, languages: [lang] })),
  ];
}
