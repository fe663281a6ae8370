/**
 * Two runs side by side, only what differs: recipe, settings, data, code, packages, where they ran, scores, answers that
 * flipped. Worked out from plain values, so that the command line and a page of the report say the same.
 * @module
 */
import { changes, type FieldChange } from "../lab/plan/changes.ts";
import type { IngredientChange } from "../lab/plan/in_words.ts";

/** Text by name. */
export type Facts = Readonly<Record<string, string>>;

/** What of a run went in by name, where it ran, and what it scored. */
export interface RunFacts {
  /** Recipe, flattened: "transfer.lr" -> "0.001". */
  readonly recipe: Facts;
  /** Method, benchmarks, engine, seed and what else changes bytes. */
  readonly settings: Facts;
  /** Hashes of files and packages by name. */
  readonly data: Facts;
  readonly code: Facts;
  readonly packages: Facts;
  readonly provenance: Facts;
  readonly scores: readonly RunScore[];
}

/** One score of a run. */
export interface RunScore {
  readonly benchmark: string;
  /** Language, group, or what a step named. */
  readonly scope: string;
  readonly metric: string;
  readonly value: number;
}

/** A run's answers to a benchmark in a language: "1" and "0" for right and wrong, "." for none, an item a mark. */
export interface RunAnswers {
  readonly benchmark: string;
  readonly lang: string;
  readonly items: readonly string[];
  readonly marks: string;
}

/** A score that differs; null where a run lacks it. */
export interface ScoreDifference extends Omit<RunScore, "value"> {
  readonly a: number | null;
  readonly b: number | null;
}

/** Answers that one run has right and the other wrong, of a benchmark in a language. */
export interface FlipCount {
  readonly benchmark: string;
  readonly lang: string;
  readonly onlyA: number;
  readonly onlyB: number;
}

/** Everything in which two runs differ, their answers aside. */
export interface FactsDiff {
  /** Recipe, settings, data, code, packages. */
  readonly ingredients: readonly IngredientChange[];
  readonly provenance: readonly FieldChange[];
  readonly scores: readonly ScoreDifference[];
}

/** Provenance that is said elsewhere, or differs between any two runs. */
export const OWN_PROVENANCE: readonly string[] = ["code", "process"];

/** Compares what is known of two runs. */
export function diffFacts(a: RunFacts, b: RunFacts): FactsDiff {
  const kinds = [
    ["recipe", a.recipe, b.recipe],
    ["run", a.settings, b.settings],
    ["data", a.data, b.data],
    ["code", a.code, b.code],
    ["package", a.packages, b.packages],
  ] as const;
  return {
    ingredients: kinds.flatMap(([kind, one, other]) =>
      changes(one, other).map((change) => ({ kind, ...change }))
    ),
    provenance: changes(a.provenance, b.provenance).filter(({ path }) => !OWN_PROVENANCE.includes(path)),
    scores: scoreDifferences(a.scores, b.scores),
  };
}

/** In the order of A's scores, then what only B has; what belongs to no benchmark, as a training's counts, stands last. */
function scoreDifferences(a: readonly RunScore[], b: readonly RunScore[]): ScoreDifference[] {
  const [one, other] = [byName(a), byName(b)] as const;
  const found = [...new Set([...one.keys(), ...other.keys()])].flatMap((key) => {
    const { benchmark, scope, metric } = (one.get(key) ?? other.get(key))!;
    const [x, y] = [one.get(key)?.value ?? null, other.get(key)?.value ?? null];
    return x === y ? [] : [{ benchmark, scope, metric, a: x, b: y }];
  });
  return [true, false].flatMap((isAsked) => found.filter(({ benchmark }) => (benchmark !== "") === isAsked));
}

function byName(scores: readonly RunScore[]): ReadonlyMap<string, RunScore> {
  return new Map(
    scores.map((score) => [JSON.stringify([score.benchmark, score.scope, score.metric]), score]),
  );
}

/** Counts answers that flipped, where both runs answered the same item; rows without any are left out. */
export function countFlips(a: readonly RunAnswers[], b: readonly RunAnswers[]): FlipCount[] {
  return a.flatMap(({ benchmark, lang, items, marks }) => {
    const other = b.find((row) => row.benchmark === benchmark && row.lang === lang);
    if (other === undefined) return [];
    const theirs = new Map(other.items.map((item, i) => [item, other.marks[i]]));
    const pairs = items.map((item, i) => `${marks[i]}${theirs.get(item) ?? "."}`);
    const [onlyA, onlyB] = ["10", "01"].map((wanted) => pairs.filter((pair) => pair === wanted).length);
    return onlyA! + onlyB! === 0 ? [] : [{ benchmark, lang, onlyA: onlyA!, onlyB: onlyB! }];
  });
}
