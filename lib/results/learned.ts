/**
 * What each system's training came to, and its accuracy in the languages that it saw text of, saw words of, and never saw:
 * a mean over all of them compares systems that know different languages.
 * @module
 */
import type { Accuracy } from "../lab/experiment/results.ts";
import type { Estimates } from "./estimates.ts";
import { type OwnScore, type Slice, TRAINING } from "./slice.ts";

/** What of a language a training held. */
export const SEEN = ["translated", "switched", "neither"] as const;
export type Seen = typeof SEEN[number];

/** The accuracy over those languages of a benchmark, English aside, that a training saw alike. */
export interface SeenAccuracy extends Omit<Accuracy, "languages"> {
  readonly benchmark: string;
  readonly seen: Seen;
  readonly languages: readonly string[];
}

/** A row: numbers are means over seeds. */
export interface Learned {
  readonly variant: string;
  readonly updates: number;
  readonly tokens: number;
  readonly parameters: number;
  /** Languages with real text, and those with words of a dictionary in English sentences, by code. */
  readonly translated: readonly string[];
  readonly switched: readonly string[];
  readonly accuracies: readonly SeenAccuracy[];
}

/** A row a variant that was trained, in the slice's order. */
export function learnedOf(
  slice: Pick<Slice, "variants" | "benchmarks" | "training">,
  estimates: Pick<Estimates, "accuracyOver">,
): Learned[] {
  return slice.variants.flatMap(({ name: variant }) => {
    const rows = slice.training.filter((row) => row.variant === variant);
    if (rows.length === 0) return [];
    const numbers = {
      updates: meanOf(rows, "updates"),
      tokens: meanOf(rows, "LLM tokens"),
      parameters: meanOf(rows, "trained parameters"),
    };
    const translated = languagesOf(rows, "translated examples");
    const switched = languagesOf(rows, "switched examples");
    const seenAs = (lang: string): Seen =>
      translated.includes(lang) ? "translated" : switched.includes(lang) ? "switched" : "neither";
    const accuracies = slice.benchmarks.flatMap(({ id: benchmark, languages }) =>
      SEEN.flatMap((seen): SeenAccuracy[] => {
        const own = languages.filter((lang) => lang !== "en" && seenAs(lang) === seen);
        const found = own.length === 0 ? undefined : estimates.accuracyOver(variant, benchmark, own);
        return found === undefined ? [] : [{ ...found, benchmark, seen, languages: own }];
      })
    );
    return [{ variant, ...numbers, translated, switched, accuracies }];
  });
}

function meanOf(rows: readonly OwnScore[], name: string): number {
  const own = rows.filter(({ metric }) => TRAINING.exec(metric)?.[1] === name);
  return own.reduce((sum, { value }) => sum + value, 0) / own.length;
}

function languagesOf(rows: readonly OwnScore[], name: string): string[] {
  const own = rows.filter(({ metric }) => TRAINING.exec(metric)?.[1] === name);
  return [...new Set(own.map(({ scope }) => scope))].sort();
}
