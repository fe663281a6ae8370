/**
 * What a claim may ask of the results of one experiment at one scale in one world. `lib/results` answers it, from the
 * same estimates that the tables are made of.
 * @module
 */

/** A value between its limits, and what it was worked out from. */
export interface Estimate {
  readonly value: number;
  /** Ends of the 95 % interval. */
  readonly low: number;
  readonly high: number;
  /** Answers, all seeds together. */
  readonly n: number;
  /** Problems, languages and seeds that the answers are of; `n` is their product where every one was answered. */
  readonly problems: number;
  readonly languages: number;
  readonly seeds: number;
  /** What a problem is: "problem", "sentence", "word". */
  readonly unit: string;
}

/** A group's or language's accuracy, over all seeds. In [0, 1]. */
export interface Accuracy extends Estimate {
  /** Correct answers, all seeds together. */
  readonly k: number;
}

/** A p-value among those of its table. */
export interface Corrected {
  /** After Holm's correction. */
  readonly p: number;
  /** How many differences were corrected together. */
  readonly of: number;
}

/** A paired difference of accuracies, first minus second. */
export interface Difference extends Estimate {
  /** Two-sided p-value of the paired test, of this difference by itself. */
  readonly p: number;
  /** The same as the table prints it; null for a difference that no table holds. */
  readonly corrected: Corrected | null;
  /** Smallest true difference that this design detects with 80 % power at 5 %, by itself. */
  readonly detectable: number;
}

/** What a rule gets that does not read the text. In [0, 1]. */
export interface Floor {
  /** Name of its row: "Floor (numbers alone)". */
  readonly name: string;
  readonly value: number;
}

/** Read access for claims. `undefined` means that it was not run. The base is asked for by its `baseName`. */
export interface Results {
  accuracy(variant: string, benchmark: string, scope: string): Accuracy | undefined;
  difference(variant: string, reference: string, benchmark: string, scope: string): Difference | undefined;
  /** One system on a benchmark minus on another; undefined too where their items are not the same. */
  change(variant: string, benchmark: string, against: string, scope: string): Difference | undefined;
  /** The languages of a group ("avg": all), or the language itself; empty where the benchmark was not run. */
  languages(benchmark: string, scope: string): readonly string[];
  /** What a benchmark gives without reading; undefined where no rule could be fitted. */
  floor(benchmark: string, scope: string): Floor | undefined;
  /** Values of a step's own score, one a seed, in seed order. */
  score(variant: string, benchmark: string, scope: string, metric: string): readonly number[] | undefined;
}
