/**
 * Two stores, or two sites, side by side: which numbers of a slice differ, by how much with its paired interval, and which
 * conclusions came out otherwise.
 * @module
 */
import { difference, type DifferenceEstimate } from "./estimate.ts";
import { countsOf, type MarkSet, type MarkTable, tabulate } from "./marks.ts";
import type { Items, Marks } from "./slice.ts";

/** What is compared of a slice. */
export interface SideSlice {
  readonly items: Items;
  /** The numbers of its tables. */
  readonly cells: readonly SideCell[];
  readonly marks: readonly Omit<Marks, "run">[];
  /** Scores that steps computed themselves, a seed each; null where a site does not have them. */
  readonly own: readonly SideScore[] | null;
  /** Verdicts by claim; null where a site does not have them. */
  readonly verdicts: Readonly<Record<string, string>> | null;
}

/** A mean over languages. */
export interface SideCell {
  readonly benchmark: string;
  readonly variant: string;
  readonly scope: string;
  readonly languages: readonly string[];
}

interface SideScore extends Omit<SideCell, "languages"> {
  readonly metric: string;
  readonly value: number;
}

/** A number that differs; null where one side lacks it. Accuracies in [0, 1]. */
export interface NumberDifference extends Omit<SideCell, "languages"> {
  readonly metric: string;
  /** Whether it is of several languages, or of a step's own; else of a single language. */
  readonly isGroup: boolean;
  readonly a: number | null;
  readonly b: number | null;
  /** B minus A over the seeds and problems that both have; null where the problems are others, and for steps' own scores. */
  readonly change: Pick<DifferenceEstimate, "value" | "low" | "high" | "p"> | null;
}

/** What differs in a slice that both sides have. */
export interface SliceDifference {
  /** Numbers of A's tables and B's. */
  readonly compared: number;
  readonly numbers: readonly NumberDifference[];
  readonly verdicts: readonly {
    readonly claim: string;
    readonly a: string | null;
    readonly b: string | null;
  }[];
}

/** Compares a slice of A with that of B. Estimates are worked out only where an answer differs. */
export function compareSlices(a: SideSlice, b: SideSlice): SliceDifference {
  const cells = new Map([...a.cells, ...b.cells].map((cell) => [keyOf(cell), cell]));
  const [one, other] = [tablesOf(a), tablesOf(b)] as const;
  const numbers = [...cells.values()].flatMap((cell): NumberDifference[] => {
    const [setA, setB] = [setOf(a, one, cell), setOf(b, other, cell)];
    const isPaired = same(a.items[cell.benchmark], b.items[cell.benchmark]);
    if (isPaired && isSame(setA, setB)) return [];
    const [valueA, valueB] = [meanOf(setA), meanOf(setB)];
    if (!isPaired && valueA === valueB) return [];
    const { benchmark, variant, scope, languages } = cell;
    const found = isPaired ? difference(setB, setA) : undefined;
    const change = found ? { value: found.value, low: found.low, high: found.high, p: found.p } : null;
    const isGroup = languages.length > 1;
    return [{ benchmark, variant, scope, metric: "accuracy", isGroup, a: valueA, b: valueB, change }];
  });
  return {
    compared: cells.size,
    numbers: [...numbers, ...ownDifferences(a.own, b.own)],
    verdicts: verdictDifferences(a.verdicts, b.verdicts),
  };
}

function ownDifferences(a: SideSlice["own"], b: SideSlice["own"]): NumberDifference[] {
  if (a === null || b === null) return [];
  const [one, other] = [means(a), means(b)] as const;
  return [...new Map([...one, ...other])].flatMap(([key, score]): NumberDifference[] => {
    const [x, y] = [one.get(key)?.value ?? null, other.get(key)?.value ?? null];
    const { benchmark, variant, scope, metric } = score;
    return x === y ? [] : [{ benchmark, variant, scope, metric, isGroup: true, a: x, b: y, change: null }];
  });
}

/** Over the seeds. */
function means(scores: readonly SideScore[]): ReadonlyMap<string, SideScore> {
  const groups = Map.groupBy(scores, (score) => JSON.stringify([keyOf(score), score.metric]));
  return new Map([...groups].map(([key, own]) => {
    const value = own.reduce((sum, score) => sum + score.value, 0) / own.length;
    return [key, { ...own[0]!, value }];
  }));
}

function verdictDifferences(a: SideSlice["verdicts"], b: SideSlice["verdicts"]): SliceDifference["verdicts"] {
  if (a === null || b === null) return [];
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].flatMap((claim) =>
    a[claim] === b[claim] ? [] : [{ claim, a: a[claim] ?? null, b: b[claim] ?? null }]
  );
}

function keyOf({ benchmark, variant, scope }: Omit<SideCell, "languages">): string {
  return JSON.stringify([benchmark, variant, scope]);
}

function tablesOf({ items, marks }: SideSlice): ReadonlyMap<string, MarkTable> {
  const rows = marks.map((row) => ({ ...row, run: "" }));
  return new Map(Object.keys(items).map((benchmark) => [benchmark, tabulate(rows, benchmark)]));
}

function setOf({ items }: SideSlice, tables: ReadonlyMap<string, MarkTable>, cell: SideCell): MarkSet {
  return {
    marks: tables.get(cell.benchmark)?.get(cell.variant) ?? new Map(),
    languages: cell.languages,
    items: items[cell.benchmark] ?? [],
  };
}

/** Whether every answer is there on both sides and alike. */
function isSame(a: MarkSet, b: MarkSet): boolean {
  return a.languages.every((lang) =>
    same([...a.marks.get(lang) ?? []].sort(), [...b.marks.get(lang) ?? []].sort())
  );
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** null where a language has no answer. */
function meanOf(set: MarkSet): number | null {
  const counts = countsOf(set);
  if (counts.some(({ n }) => n === 0)) return null;
  return counts.reduce((sum, { k, n }) => sum + k / n, 0) / counts.length;
}
