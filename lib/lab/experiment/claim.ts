/**
 * Claims as sentences with a check. A check compares an interval with a threshold: all of it on the claimed side is
 * "supported", all of it on the other side "contradicted", neither is "not resolvable at this n" (with the smallest
 * difference that this design could have shown), nothing to look at is "not run".
 * @module
 */
import { percent, percentRange, points, pointsRange, pValues, sampleSize } from "../../format.ts";
import { all, forEach, type Names } from "./claim_combine.ts";
import { timesOf, unresolved } from "./resolving.ts";
import type { Accuracy, Difference, Results } from "./results.ts";
import type { Check, Claim, Finding } from "./types.ts";

/** Where on the results a claim looks. */
export interface Where {
  readonly benchmark: string;
  /** A group or language; "avg" is all languages. */
  readonly scope: string;
}

/** The same for several benchmarks and scopes: a check holds when it holds in each of them. */
export interface Wheres {
  readonly benchmark: Names;
  readonly scope: Names;
}

/** Puts a sentence, its source and its check together. */
export function claim(id: string, sentence: string, source: string, check: Check): Claim {
  return { id, sentence, source, about: check.about, check: check.check };
}

/** Each variant is better than each reference by more than `by` (a share: 0.05 is 5 points). */
export function isAbove(variants: Names, references: Names, where: Wheres & { by?: number }): Check {
  return forEach(
    [variants, references, where.benchmark, where.scope],
    (variant, reference, benchmark, scope) =>
      difference(variant, reference, { benchmark, scope }, where.by ?? 0, 1),
  );
}

/** Each variant is worse than each reference by more than `by`. */
export function isBelow(variants: Names, references: Names, where: Wheres & { by?: number }): Check {
  return forEach(
    [variants, references, where.benchmark, where.scope],
    (variant, reference, benchmark, scope) =>
      difference(variant, reference, { benchmark, scope }, -(where.by ?? 0), -1),
  );
}

/** Each variant is better than the one before it. */
export function rises(variants: readonly string[], where: Wheres): Check {
  return all(...variants.slice(1).map((variant, i) => isBelow(variants[i]!, variant, where)));
}

/** Each variant differs from each reference by less than `by` in either direction (two one-sided tests). */
export function isWithin(variants: Names, references: Names, where: Wheres & { by: number }): Check {
  return forEach(
    [variants, references, where.benchmark, where.scope],
    (variant, reference, benchmark, scope) => within(variant, reference, { benchmark, scope, by: where.by }),
  );
}

function within(variant: string, reference: string, where: Where & { by: number }): Check {
  return {
    about: about([variant, reference], where),
    check(results) {
      const found = results.difference(variant, reference, where.benchmark, where.scope);
      if (!found) return notRun(where, unanswered(results, [variant, reference], where));
      const { value, low, high } = found;
      const nearest = value < 0 ? -where.by : where.by;
      const verdict = low > -where.by && high < where.by
        ? "supported"
        : low > where.by || high < -where.by
        ? "contradicted"
        : "not resolvable";
      return {
        verdict,
        because:
          `${variant} minus ${reference} on ${where.benchmark} ${where.scope}: ${
            inPoints(found)
          }, asked within ` +
          `${percent(where.by)} pp; ${design(found)}${unresolved(verdict, found, nearest)}`,
        numbers: { ...numbersOf(found), threshold: where.by, ...timesOf(verdict, found, nearest) },
      };
    },
  };
}

/** The variant's accuracy lies below `value`. */
export function accuracyBelow(variant: string, value: number, where: Where): Check {
  return accuracy(variant, where, value, -1);
}

/** The variant's accuracy lies above `value`. */
export function accuracyAbove(variant: string, value: number, where: Where): Check {
  return accuracy(variant, where, value, 1);
}

/** Each variant gets more than a rule that does not read the text: at the floor it shows no ability. */
export function isAboveFloor(variants: Names, where: Wheres): Check {
  return forEach(
    [variants, where.benchmark, where.scope],
    (variant, benchmark, scope) => aboveFloor(variant, { benchmark, scope }),
  );
}

function aboveFloor(variant: string, where: Where): Check {
  return {
    about: about([variant], where),
    check(results) {
      const { benchmark, scope } = where;
      const found = results.accuracy(variant, benchmark, scope);
      if (!found) return notRun(where, [variant]);
      const floor = results.floor(benchmark, scope);
      if (!floor) return { ...notRun(where), because: `No floor is known of ${benchmark} ${scope}` };
      const verdict = judge(found, floor.value, 1);
      return {
        verdict,
        because: `${variant} on ${benchmark} ${scope}: ${percent(found.value)} % [${percentRange(found)}], ` +
          `asked above ${floor.name}, ${percent(floor.value)} %${
            verdict === "supported" ? "" : ": what it gets is no sign of reading"
          }; ${sampleSize(found)}${unresolved(verdict, found, floor.value)}`,
        numbers: { ...numbersOf(found), threshold: floor.value, ...timesOf(verdict, found, floor.value) },
      };
    },
  };
}

function difference(
  variant: string,
  reference: string,
  where: Where,
  threshold: number,
  side: 1 | -1,
): Check {
  return {
    about: about([variant, reference], where),
    check(results) {
      const found = results.difference(variant, reference, where.benchmark, where.scope);
      if (!found) return notRun(where, unanswered(results, [variant, reference], where));
      const verdict = judge(found, threshold, side);
      return {
        verdict,
        because: `${variant} minus ${reference} on ${where.benchmark} ${where.scope}: ${inPoints(found)}${
          threshold === 0 ? "" : `, asked ${side > 0 ? "above" : "below"} ${points(threshold)} pp`
        }; ${design(found)}${unresolved(verdict, found, threshold)}`,
        numbers: { ...numbersOf(found), threshold, ...timesOf(verdict, found, threshold) },
      };
    },
  };
}

function accuracy(variant: string, where: Where, threshold: number, side: 1 | -1): Check {
  return {
    about: about([variant], where),
    check(results) {
      const found = results.accuracy(variant, where.benchmark, where.scope);
      if (!found) return notRun(where, [variant]);
      const verdict = judge(found, threshold, side);
      return {
        verdict,
        because: `${variant} on ${where.benchmark} ${where.scope}: ${percent(found.value)} % ` +
          `[${percentRange(found)}], asked ${side > 0 ? "above" : "below"} ${percent(threshold)} %; ` +
          sampleSize(found) + unresolved(verdict, found, threshold),
        numbers: { ...numbersOf(found), threshold, ...timesOf(verdict, found, threshold) },
      };
    },
  };
}

export function judge(
  { low, high }: { low: number; high: number },
  threshold: number,
  side: 1 | -1,
): Finding["verdict"] {
  const [near, far] = side > 0 ? [low - threshold, high - threshold] : [threshold - high, threshold - low];
  return near > 0 ? "supported" : far < 0 ? "contradicted" : "not resolvable";
}

function about(variants: readonly string[], where: Where): Claim["about"] {
  return { variants, benchmarks: [where.benchmark], scopes: [where.scope] };
}

/** @param rows those without answers, as far as that is known */
export function notRun({ benchmark, scope }: Where, rows: readonly string[] = []): Finding {
  const whose = rows.length === 0 ? "" : ` of ${rows.join(" and ")}`;
  return { verdict: "not run", because: `No answers${whose} on ${benchmark} ${scope}`, numbers: {} };
}

/** Those of some rows that have no answers there. */
export function unanswered(results: Results, rows: readonly string[], { benchmark, scope }: Where): string[] {
  return rows.filter((row) => results.accuracy(row, benchmark, scope) === undefined);
}

function design(found: Difference): string {
  return `${pValues(found.p, found.corrected)}; detectable ${percent(found.detectable)} pp; ${
    sampleSize(found)
  }`;
}

/** "−13.1 pp [−20.5 to −5.6]", as the tables print it. */
export function inPoints(
  found: { readonly value: number; readonly low: number; readonly high: number },
): string {
  return `${points(found.value)} pp [${pointsRange(found)}]`;
}

/** An estimate's numbers by name, as a finding keeps them. */
export function numbersOf(found: Accuracy | Difference): Record<string, number | null> {
  const { value, low, high, n, problems, languages, seeds } = found;
  const common = { value, low, high, n, problems, languages, seeds };
  if (!("p" in found)) return { ...common, k: found.k };
  return { ...common, p: found.p, corrected: found.corrected?.p ?? null, detectable: found.detectable };
}
