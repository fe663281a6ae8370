/**
 * What the report says of a row's system beside its numbers, so that rows can be compared fairly: facts of its recipe.
 * @module
 */
/** Facts of a recipe. */
export interface SystemFacts {
  /** How its LLM reads a question that it is asked, in a few words. */
  readonly reads: string;
  /** What it reads and writes, whole: when it is asked, and in each part of its training. */
  readonly prompts: readonly PromptTemplate[];
  /** Parts of its training that learn from texts beside their translations. */
  readonly parallel: readonly string[];
  /** Trainings of it with other or the same numbers that were measured on development items before these were settled. */
  readonly tries: readonly Tries[];
}

/** A prompt with names in braces for texts. */
export interface PromptTemplate {
  /** "asked", or the part of the training. */
  readonly when: string;
  readonly text: string;
}

/** Trainings that a log tells of. */
export interface Tries {
  readonly count: number;
  /** What differed between them. */
  readonly what: string;
  /** Where it is told. */
  readonly source: string;
}
