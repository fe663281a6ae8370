/**
 * What a stage learns from: texts that are read and texts that are to be written. A source is drawn by a step of its own,
 * so that a training depends on the code of its sources alone, and systems with the same source share what was drawn.
 * @module
 */
import { join } from "node:path";
import { readNdjson, writeNdjson } from "../../ndjson.ts";
import type { Artifact, RunContext, StepContext } from "../../lab/experiment/types.ts";
import type { Trained } from "../models/models.ts";
import type { Instruction } from "../reader/prompts.ts";
import type { PairForm } from "../reader/template.ts";

/** A text that is read and one that is to be written. */
export interface Pair {
  readonly source: string;
  readonly target: string;
  /** Another that `target` is preferred to, where the stage learns preferences. */
  readonly rejected?: string;
  /** What the LLM is told to do with the text. */
  readonly instruction: Instruction;
  /** The language that `source` is in, or is switched into. */
  readonly lang: string;
  /** The language of each text, where it is another than `lang`, and English. */
  readonly source_lang?: string;
  readonly target_lang?: string;
}

/** How much is drawn: `examples` pairs of at most `max_chars` characters, source and target together. */
export interface Limits {
  readonly examples: number;
  readonly max_chars: number | null;
}

/** What of other languages is in a source: nothing, words of a dictionary in English sentences, or real text. */
export type Gives = "english" | "switched" | "translated";

/** A system in the middle of its training, which a source may ask. */
export interface Learner {
  readonly system: Trained;
  /** What says how likely an English text is after one in another language; null where the system has none. */
  readonly reward_model: Trained | null;
}

/** Where a stage's examples come from. */
export interface Source {
  readonly gives: Gives;
  /** What its pairs look like. */
  readonly forms: readonly PairForm[];
  /** Of the stage's examples; the first source gets what the others leave. */
  readonly share?: number;
  /**
   * Draws the pairs as a step's artifact, which `readPairs` reads.
   * @param learner what is to learn them
   */
  draw(limits: Limits, context: RunContext, learner: Learner): Promise<Artifact<{ pairs: number }>>;
}

const PAIRS_FILE = "pairs.ndjson";

/** Writes a source's pairs into its step's folder. */
export function writePairs({ dir }: Pick<StepContext, "dir">, pairs: readonly Pair[]): { pairs: number } {
  writeNdjson(join(dir, PAIRS_FILE), pairs);
  return { pairs: pairs.length };
}

/** Reads what `writePairs` wrote, one after the other. */
export function readPairs({ dir }: Pick<Artifact, "dir">): Generator<Pair> {
  return readNdjson<Pair>(join(dir, PAIRS_FILE));
}

/** The examples of each source: shares are rounded, and the first source gets the rest. */
export function shares(sources: readonly Pick<Source, "share">[], examples: number): number[] {
  const counts = sources.map(({ share = 0 }) => Math.round(share * examples));
  const others = counts.slice(1).reduce((sum, count) => sum + count, 0);
  return [examples - others, ...counts.slice(1)];
}
