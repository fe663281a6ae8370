/**
 * Checks that compare groups of languages with each other: which group a system serves better, which gains more, and
 * whether two benchmarks agree on the languages. Groups have other languages, so these are not paired: the interval of their
 * difference comes from the two intervals (MOVER; Zou and Donner, 2008, Statistics in Medicine 27:1693-1702), which is
 * wider than needed where the same problems are asked in both groups.
 * @module
 */
import { spearman } from "../../metric/mod.ts";
import { percent, points, pValue, pValues, sampleSize } from "../../format.ts";
import { type Designed, timesOf, unresolved } from "./resolving.ts";
import type { Estimate } from "./results.ts";
import type { Check, Finding } from "./types.ts";
import { inPoints, judge, notRun, numbersOf, unanswered, type Where, type Wheres } from "./claim.ts";
import { forEach, type Names } from "./claim_combine.ts";

/** The variant's accuracy is higher on each group `scope` than on each group `than`. */
export function scopeAbove(variant: string, where: Wheres & { readonly than: Names }): Check {
  return forEach(
    [where.benchmark, where.scope, where.than],
    (benchmark, scope, than) => oneScopeAbove(variant, { benchmark, scope, than }),
  );
}

function oneScopeAbove(variant: string, where: Where & { readonly than: string }): Check {
  const { benchmark, scope, than } = where;
  return {
    about: { variants: [variant], benchmarks: [benchmark], scopes: [scope, than] },
    check(results) {
      const [one, other] = [scope, than].map((each) => results.accuracy(variant, benchmark, each));
      if (!one || !other) return notRun({ benchmark, scope: one ? than : scope }, [variant]);
      const found = difference(one, other);
      const verdict = judge(found, 0, 1);
      return {
        verdict,
        because:
          `${variant} on ${benchmark}: ${scope} ${percent(one.value)} %, ${than} ${
            percent(other.value)
          } %; ` +
          `difference ${inPoints(found)}, unpaired${unresolved(verdict, found, 0)}`,
        numbers: groupNumbers(verdict, found, { [scope]: one.value, [than]: other.value }),
      };
    },
  };
}

/** From the reference to the variant, the group `scope` gains more than the group `than`. */
export function gainsMore(
  variant: string,
  reference: string,
  where: Where & { readonly than: string },
): Check {
  const { benchmark, scope, than } = where;
  return {
    about: { variants: [variant, reference], benchmarks: [benchmark], scopes: [scope, than] },
    check(results) {
      const [one, other] = [scope, than].map((each) =>
        results.difference(variant, reference, benchmark, each)
      );
      if (!one || !other) {
        const missing = { benchmark, scope: one ? than : scope };
        return notRun(missing, unanswered(results, [variant, reference], missing));
      }
      const found = difference(one, other);
      const verdict = judge(found, 0, 1);
      return {
        verdict,
        because: `${variant} minus ${reference} on ${benchmark}: ${scope} ${points(one.value)} pp, ` +
          `${than} ${points(other.value)} pp; difference ${inPoints(found)}, unpaired${
            unresolved(verdict, found, 0)
          }`,
        numbers: groupNumbers(verdict, found, { [scope]: one.value, [than]: other.value }),
      };
    },
  };
}

/** The variant's accuracy on one benchmark is higher than on another of the same items, paired item by item. */
export function benchmarkAbove(variant: string, benchmarks: readonly [string, string], scope: string): Check {
  return {
    about: { variants: [variant], benchmarks, scopes: [scope] },
    check(results) {
      const [one, other] = benchmarks.map((benchmark) => results.accuracy(variant, benchmark, scope));
      const found = results.change(variant, ...benchmarks, scope);
      if (!one || !other || !found) return notRun({ benchmark: benchmarks.join(" and "), scope }, [variant]);
      const verdict = judge(found, 0, 1);
      return {
        verdict,
        because: `${variant} on ${scope}: ${benchmarks[0]} ${percent(one.value)} %, ${benchmarks[1]} ` +
          `${percent(other.value)} %; paired difference ${inPoints(found)}; ${
            pValues(found.p, found.corrected)
          }; ` +
          sampleSize(found) + unresolved(verdict, found, 0),
        numbers: {
          ...numbersOf(found),
          first: one.value,
          second: other.value,
          ...timesOf(verdict, found, 0),
        },
      };
    },
  };
}

/**
 * Over the languages of a group and the given variants, accuracy on one benchmark goes with accuracy on the other:
 * Spearman's rho lies above `above`. A pair is a language of a variant; languages that only one benchmark has are left
 * out. The interval takes pairs as independent, which variants of one system are not quite.
 */
export function correlates(
  variants: readonly string[],
  [first, second]: readonly [string, string],
  { scope, above = 0 }: { readonly scope: string; readonly above?: number },
): Check {
  return {
    about: { variants, benchmarks: [first, second], scopes: [scope] },
    check(results) {
      const there = new Set(results.languages(first, scope));
      const languages = results.languages(second, scope).filter((lang) => there.has(lang));
      const pairs = variants.flatMap((variant) =>
        languages.flatMap((lang) => {
          const [x, y] = [first, second].map((benchmark) => results.accuracy(variant, benchmark, lang));
          return x && y ? [[x.value, y.value] as const] : [];
        })
      );
      if (pairs.length === 0) return notRun({ benchmark: `${first} and ${second}`, scope }, variants);
      const found = spearman(pairs.map(([x]) => x), pairs.map(([, y]) => y));
      const what = `Spearman of ${first} and ${second} on ${scope}, ${variants.length} ${
        variants.length === 1 ? "system" : "systems"
      } by ${languages.length} ${languages.length === 1 ? "language" : "languages"}`;
      if (found === null) {
        return {
          verdict: "not resolvable",
          because: `${what}: undefined, since one side never varies or there are fewer than three pairs`,
          numbers: { n: pairs.length },
        };
      }
      const { rho, low, high, p, n } = found;
      return {
        verdict: judge(found, above, 1),
        because:
          `${what}: ${rho.toFixed(3)} [${low.toFixed(3)}, ${high.toFixed(3)}], asked above ${above}; ` +
          `${pValue(p)} uncorrected, ${n} pairs`,
        numbers: { rho, low, high, p, n, threshold: above },
      };
    },
  };
}

/** First minus second of two independent estimates with intervals; their problems and seeds are the same. */
function difference(one: Estimate, other: Estimate): Designed {
  const value = one.value - other.value;
  return {
    value,
    low: value - Math.hypot(one.value - one.low, other.high - other.value),
    high: value + Math.hypot(one.high - one.value, other.value - other.low),
    problems: one.problems,
    seeds: one.seeds,
    unit: one.unit,
  };
}

function groupNumbers(
  verdict: Finding["verdict"],
  found: Designed,
  groups: Readonly<Record<string, number>>,
): Finding["numbers"] {
  const { value, low, high } = found;
  return { value, low, high, ...groups, ...timesOf(verdict, found, 0) };
}
