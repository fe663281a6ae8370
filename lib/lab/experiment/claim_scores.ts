/**
 * Checks of scores that steps computed themselves: counts, which are what they are, and scores of whole texts (BLEU), whose
 * interval is over the languages of a group and the trainings. No item of one is right or wrong, so that there is nothing
 * else to resample.
 * @module
 */
import { plural } from "../../format.ts";
import { summariseSeeds } from "../../metric/seeds.ts";
import { forEach, type Names } from "./claim_combine.ts";
import { judge, type Where } from "./claim.ts";
import type { Results } from "./results.ts";
import type { Check, Finding } from "./types.ts";

/** Where a score stands. */
export interface ScoreWhere extends Where {
  readonly metric: string;
}

/**
 * A score's values, a row a seed: of the scope itself, else of each of its languages.
 * @returns undefined where one has none
 */
export function scoreMatrix(
  results: Pick<Results, "score" | "languages">,
  variant: string,
  { benchmark, scope, metric }: ScoreWhere,
): readonly (readonly number[])[] | undefined {
  const own = results.score(variant, benchmark, scope, metric);
  if (own !== undefined) return own.map((value) => [value]);
  const columns = results.languages(benchmark, scope).map((lang) =>
    results.score(variant, benchmark, lang, metric)
  );
  const seeds = columns[0]?.length ?? 0;
  if (seeds === 0 || columns.some((column) => column?.length !== seeds)) return undefined;
  return Array.from({ length: seeds }, (_, seed) => columns.map((column) => column![seed]!));
}

/** A count is `value`, whatever the seed. `scope` names what was counted. */
export function scoreIs(
  variant: string,
  value: number,
  { scopes, metric }: { readonly scopes: Names; readonly metric: string },
): Check {
  return forEach(
    [scopes],
    (scope): Check => ({
      // What a step counted is no group of languages.
      about: { variants: [variant], benchmarks: [], scopes: [] },
      check(results) {
        const found = results.score(variant, "", scope, metric);
        if (found === undefined) {
          return { verdict: "not run", because: `Nothing of ${scope} was counted`, numbers: {} };
        }
        const seen = [...new Set(found)];
        return {
          verdict: seen.every((one) => one === value) ? "supported" : "contradicted",
          because: `${metric} of ${scope}: ${
            seen.join(", ")
          }, asked ${value}; counted, so there is no interval`,
          numbers: { counted: found[0]!, asked: value },
        };
      },
    }),
  );
}

/** The variant's score lies above a value, or above another variant's, language by language. */
export function scoreAbove(variant: string, than: number | string, where: ScoreWhere): Check {
  return scoreBeyond(variant, than, where, 1);
}

/** The same, below. */
export function scoreBelow(variant: string, than: number | string, where: ScoreWhere): Check {
  return scoreBeyond(variant, than, where, -1);
}

function scoreBeyond(variant: string, than: number | string, where: ScoreWhere, side: 1 | -1): Check {
  const { benchmark, scope, metric } = where;
  const variants = typeof than === "string" ? [variant, than] : [variant];
  return {
    about: { variants, benchmarks: [benchmark], scopes: [scope] },
    check(results) {
      const [own, other] = variants.map((name) => scoreMatrix(results, name, where));
      if (own === undefined || (variants.length === 2 && other?.length !== own.length)) {
        return { verdict: "not run", because: `No ${metric} on ${benchmark} ${scope}`, numbers: {} };
      }
      const differences = other === undefined
        ? own
        : own.map((row, seed) => row.map((value, lang) => value - other[seed]![lang]!));
      return finding(differences, { variant, than, where, side });
    },
  };
}

function finding(
  scores: readonly (readonly number[])[],
  { variant, than, where: { benchmark, scope, metric }, side }: {
    readonly variant: string;
    readonly than: number | string;
    readonly where: ScoreWhere;
    readonly side: 1 | -1;
  },
): Finding {
  const [asked, what] = typeof than === "number" ? [than, variant] : [0, `${variant} minus ${than}`];
  const [languages, seeds] = [scores[0]!.length, scores.length];
  const place = `${what}, ${metric} on ${benchmark} ${scope}`;
  const design = `${plural(languages, "language")} × ${plural(seeds, "seed")}`;
  const threshold = `asked ${side > 0 ? "above" : "below"} ${asked}`;
  if (languages < 2) {
    return {
      verdict: "not resolvable",
      because: `${place}: ${scores[0]![0]!.toFixed(2)}, ${threshold}; ${design} have no interval`,
      numbers: { mean: scores[0]![0]!, asked },
    };
  }
  const { value, low, high } = summariseSeeds(scores);
  const text = (score: number) => score.toFixed(2).replace("-", "\u2212");
  return {
    verdict: judge({ low, high }, asked, side),
    because:
      `${place}: ${text(value)} [${text(low)} to ${
        text(high)
      }], ${threshold}; ${design}, the interval over ` +
      (seeds > 1 ? "both" : "languages"),
    // Not the names of accuracies: these are no shares, and share no axis with them.
    numbers: { mean: value, from: low, to: high, asked },
  };
}
