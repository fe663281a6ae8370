/**
 * What the loaders of real data return: rows as published. Rows of one benchmark have the same id in every language.
 * `world.ts` turns them into the items that methods use.
 * @module
 */
import type { NliLabel } from "../world.ts";

/** A word problem with its gold answer. */
export interface MathRow {
  /** "mgsm/1": benchmark and 1-based position, the same problem in every language. */
  readonly id: string;
  readonly language: string;
  readonly question: string;
  /** Canonical decimal ("2125", "-10", "8"), as `lib/metric` compares it. */
  readonly answer: string;
  /** The answer as published ("2,125", "8.0"). */
  readonly answer_text: string;
  /** Step-by-step solution, where the set has one. */
  readonly solution?: string;
  /** The English question, where the file has it beside the translation. */
  readonly english?: string;
  /** The equation in prefix form, where the file has it. */
  readonly equation?: string;
}

/** A pair of sentences with their relation. */
export interface NliRow {
  readonly id: string;
  readonly language: string;
  readonly premise: string;
  readonly hypothesis: string;
  readonly label: NliLabel;
}

/** A question with lettered choices. */
export interface ChoiceRow {
  readonly id: string;
  readonly language: string;
  readonly question: string;
  readonly choices: readonly { readonly label: string; readonly text: string }[];
  /** Label of the right choice; absent where the answers are hidden (test splits). */
  readonly answer?: string;
}

/** Sentences with their English translations, in published order. */
export interface Bitext {
  readonly language: string;
  readonly pairs: readonly { readonly id: string; readonly english: string; readonly foreign: string }[];
}

/** Settings that all loaders share. */
export interface LoadOptions {
  /** Accept a file with another number of rows than the published one. Default false. */
  partial?: boolean;
}
