/**
 * The rule of the gate. A metric regressed when it fell by more than its tolerance, z standard errors of the difference:
 *
 * - of the paired difference, clustered by problem, where both sides answered the same problems with the same seeds;
 * - binomial otherwise, with problems x seeds answers on each side (answers to one problem in several languages count
 *   once, since they rise and fall together);
 * - for a step's own score that is no proportion, from its spread over seeds, or with one seed 2.5 % of its value.
 *
 * z belongs to 5 % for all compared metrics together (Bonferroni), so that a wide table does not cry wolf. A missing
 * metric fails. With `exact`, for runs that must repeat byte for byte, any flipped answer or moved score fails.
 * @module
 */
import { atLeast } from "../../checked.ts";
import { minimumDetectable } from "../../metric/mod.ts";
import { type MarkTable, paired, scoresOf, tabulate } from "../../results/marks.ts";
import type { Baseline, Metric } from "./baseline.ts";

export type Outcome = "same" | "changed" | "improved" | "regressed" | "missing" | "new";

export interface Flip {
  readonly variant: string;
  readonly seed: number;
  readonly benchmark: string;
  readonly lang: string;
  readonly item: string;
  /** Whether the answer is right now. */
  readonly now: boolean;
}

export interface Comparison {
  readonly metric: string;
  readonly benchmark: string;
  readonly variant: string;
  readonly scope: string;
  readonly outcome: Outcome;
  readonly before: number | null;
  readonly now: number | null;
  readonly tolerance: number | null;
  /** How the tolerance was made. */
  readonly rule: string;
  /** Items whose answer changed from right to wrong or back; empty where the two cannot be paired. */
  readonly flips: readonly Flip[];
}

/** Metrics of which less is better. */
const LESS_IS_BETTER = /loss|perplexity|error|distance|ter$/i;
/** Family-wise chance of a false alarm. */
const ALPHA = 0.05;

/** Every metric of either side. */
export function compareBaselines(before: Baseline, now: Baseline, exact = false): Comparison[] {
  const current = new Map(now.metrics.map((metric) => [keyOf(metric), metric]));
  const known = new Set(before.metrics.map(keyOf));
  // At 50 % power the smallest detectable difference is the critical value itself.
  const z = minimumDetectable(1, { alpha: ALPHA / Math.max(1, before.metrics.length), power: 0.5 });
  const pairing = pair(before, now);
  const compared = before.metrics.map((metric): Comparison => {
    const other = current.get(keyOf(metric));
    const head = headOf(metric);
    if (!other) {
      return {
        ...head,
        outcome: "missing",
        before: metric.value,
        now: null,
        tolerance: null,
        rule: "",
        flips: [],
      };
    }
    const { error, rule } = standardError(metric, other, pairing);
    const flips = metric.languages.length === 0
      ? []
      : pairing.flips.filter((flip) =>
        flip.variant === metric.variant && flip.benchmark === metric.benchmark &&
        metric.languages.includes(flip.lang)
      );
    const tolerance = z * error;
    const outcome = judge({ metric, other, tolerance, flipped: flips.length > 0, exact });
    return { ...head, outcome, before: metric.value, now: other.value, tolerance, rule, flips };
  });
  const added = now.metrics.filter((metric) => !known.has(keyOf(metric))).map((metric): Comparison => ({
    ...headOf(metric),
    outcome: "new",
    before: null,
    now: metric.value,
    tolerance: null,
    rule: "",
    flips: [],
  }));
  return [...compared, ...added];
}

/** Whether a comparison fails the gate. */
export function fails({ outcome }: Comparison): boolean {
  return outcome === "regressed" || outcome === "missing";
}

function judge({ metric, other, tolerance, flipped, exact }: {
  metric: Metric;
  other: Metric;
  tolerance: number;
  flipped: boolean;
  exact: boolean;
}): Outcome {
  const gain = (other.value - metric.value) * (LESS_IS_BETTER.test(metric.metric) ? -1 : 1);
  if (gain === 0 && !flipped && metric.n === other.n) return "same";
  if (exact) return "regressed";
  if (gain < -tolerance) return "regressed";
  return gain > tolerance ? "improved" : "changed";
}

function headOf({ metric, benchmark, variant, scope }: Metric) {
  return { metric, benchmark, variant, scope };
}

function keyOf({ metric, benchmark, variant, scope }: Metric): string {
  return JSON.stringify([metric, benchmark, variant, scope]);
}

interface Pairing {
  readonly before: ReadonlyMap<string, MarkTable>;
  readonly now: ReadonlyMap<string, MarkTable>;
  readonly items: Readonly<Record<string, readonly string[]>>;
  /** Benchmarks whose problems are the same on both sides. */
  readonly same: ReadonlySet<string>;
  readonly flips: readonly Flip[];
}

function pair(before: Baseline, now: Baseline): Pairing {
  const tables = (side: Baseline) =>
    new Map(Object.keys(side.items).map((benchmark) => [benchmark, tabulate(side.marks, benchmark)]));
  const same = new Set(
    Object.keys(before.items).filter((id) =>
      before.items[id]!.join("\n") === (now.items[id] ?? []).join("\n")
    ),
  );
  const own = { before: tables(before), now: tables(now) };
  const flips = before.marks.flatMap((row): Flip[] => {
    const other = own.now.get(row.benchmark)?.get(row.variant)?.get(row.lang)?.get(row.seed);
    if (!same.has(row.benchmark) || other === undefined || other === row.marks) return [];
    const { variant, seed, benchmark, lang } = row;
    return [...row.marks].flatMap((mark, i) =>
      mark === other[i] || mark === "." || other[i] === "."
        ? []
        : [{ variant, seed, benchmark, lang, item: before.items[benchmark]![i]!, now: other[i] === "1" }]
    );
  });
  return { ...own, items: before.items, same, flips };
}

/** Standard error of now - before. */
function standardError(metric: Metric, other: Metric, pairing: Pairing): { error: number; rule: string } {
  if (metric.n === null || other.n === null) return fromSeeds(metric, other);
  if (metric.languages.length === 0) {
    return {
      error: binomial(metric, other, metric.n, other.n),
      rule: `binomial, n = ${metric.n} and ${other.n}`,
    };
  }
  const paired = pairedError(metric, other, pairing);
  if (paired !== undefined) return paired;
  // Answers to one problem in several languages count once: n / languages = problems x seeds.
  const [n, m] = atLeast([metric, other].map((side) => side.n! / side.languages.length), 2);
  return {
    error: binomial(metric, other, n, m),
    rule: `binomial, ${Math.round(n)} and ${Math.round(m)} problems x seeds`,
  };
}

function pairedError(
  metric: Metric,
  other: Metric,
  pairing: Pairing,
): { error: number; rule: string } | undefined {
  const { benchmark, variant, languages } = metric;
  if (!pairing.same.has(benchmark) || languages.join() !== other.languages.join()) return undefined;
  const then = pairing.before.get(benchmark), now = pairing.now.get(benchmark);
  if (!then || !now || !sameSeeds(then, now, metric)) return undefined;
  const items = pairing.items[benchmark]!;
  const [a, b] = paired(
    { marks: now.get(variant)!, languages, items },
    { marks: then.get(variant)!, languages, items },
  ).map(scoresOf);
  if (!a || !b || a.strata.length !== 1) return undefined;
  const differences = [...a.total].map((total, i) => (total - b.total[i]!) / a.count[i]!);
  const mean = differences.reduce((sum, d) => sum + d, 0) / differences.length;
  const squares = differences.reduce((sum, d) => sum + (d - mean) ** 2, 0);
  if (squares === 0 && mean !== 0) return undefined;
  const error = Math.sqrt(squares / Math.max(1, differences.length - 1) / differences.length);
  return { error, rule: `paired, ${differences.length} problems` };
}

function sameSeeds(then: MarkTable, now: MarkTable, { variant, languages }: Metric): boolean {
  return languages.every((lang) => {
    const [a, b] = [then, now].map((table) =>
      [...(table.get(variant)?.get(lang)?.keys() ?? [])].sort().join()
    );
    return a !== "" && a === b;
  });
}

function binomial(metric: Metric, other: Metric, n: number, m: number): number {
  // One success and one failure are added: 0 of 8 does not mean that no other outcome is possible.
  const p = (metric.value * n + other.value * m + 1) / (n + m + 2);
  return Math.sqrt(p * (1 - p) * (1 / n + 1 / m));
}

function fromSeeds(metric: Metric, other: Metric): { error: number; rule: string } {
  const variance = (values: readonly number[]) => {
    const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
    return values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (values.length - 1) / values.length;
  };
  if (metric.seeds.length > 1 && other.seeds.length > 1) {
    const error = Math.sqrt(variance(metric.seeds) + variance(other.seeds));
    if (error > 0) return { error, rule: `spread of ${metric.seeds.length} and ${other.seeds.length} seeds` };
  }
  return { error: Math.abs(metric.value) * 0.025, rule: "one seed, 2.5 % of the value as standard error" };
}
