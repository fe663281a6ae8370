/**
 * What a claim may ask of the results of one experiment at one scale in one world. All numbers come from the answers
 * in the store; pairing is by (seed, language, item), clustering by item.
 * @module
 */

/** A group's or language's accuracy, over all seeds. In [0, 1]. */
export interface Accuracy {
  /** Mean over seeds of the mean over languages of correct / asked. */
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /** Answers and correct answers, all seeds together. */
  readonly n: number;
  readonly k: number;
  readonly seeds: number;
}

/** A paired difference of accuracies, first minus second. */
export interface Difference {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /** Two-sided p-value of the paired test. */
  readonly p: number;
  /** Smallest true difference that this design detects with 80 % power at 5 %. */
  readonly detectable: number;
  readonly n: number;
  readonly seeds: number;
}

/** Read access for claims. `undefined` means that it was not run. The base is asked for by its `baseName`. */
export interface Results {
  accuracy(variant: string, benchmark: string, scope: string): Accuracy | undefined;
  difference(variant: string, reference: string, benchmark: string, scope: string): Difference | undefined;
  /** One system on a benchmark minus on another of the same items; undefined too where they share no item. */
  change(variant: string, benchmark: string, against: string, scope: string): Difference | undefined;
  /** The languages of a group ("avg": all), or the language itself; empty where the benchmark was not run. */
  languages(benchmark: string, scope: string): readonly string[];
  /** Values of a step's own score, one a seed, in seed order. */
  score(variant: string, benchmark: string, scope: string, metric: string): readonly number[] | undefined;
}
