/**
 * `Results` for claims, from the answers in the store. Differences are paired by (seed, language, item). With one seed
 * the interval is the problem-clustered bootstrap; with several it also covers the spread over seeds (`summariseSeeds`).
 * @module
 */
import {
  clusteredAccuracy,
  type ClusteredScores,
  clusterScores,
  minimumDetectable,
  pairedDifference,
  pOfZero,
  type ScoredAnswer,
  type SeedSummary,
  subtractScores,
  summariseSeeds,
} from "../../metric/mod.ts";
import { type AnyExperiment, claimsOf } from "../recipe.ts";
import type { Accuracy, Difference, Results } from "../results.ts";
import * as v from "valibot";
import type { Store } from "../../store/open.ts";

/** One variant's answers to one benchmark. */
interface Answers {
  readonly seeds: readonly number[];
  readonly rows: readonly { seed: number; lang: string; item: string; correct: boolean }[];
}

/** Which results. */
export interface ResultsKey {
  readonly experiment: AnyExperiment;
  readonly scale: string;
  readonly world: string;
}

/** Loads what the experiment's claims talk about: the variants and benchmarks in their `about`, and the base. */
export async function loadResults(store: Store, { experiment, scale, world }: ResultsKey): Promise<Results> {
  const of = { experiment: experiment.id, scale, world };
  const abouts = claimsOf(experiment, world).map((claim) => claim.about);
  const variants = new Set([experiment.baseName, ...abouts.flatMap((about) => about.variants)]);
  const benchmarks = new Set(abouts.flatMap((about) => about.benchmarks));
  const answers = new Map<string, Answers>();
  for (const variant of variants) {
    for (const benchmark of benchmarks) {
      const rows = await store.rows(
        v.object({ seed: v.number(), lang: v.string(), item: v.string(), correct: v.boolean() }),
        `SELECT r.seed, s.lang, s.item, s.correct FROM sample s JOIN run r USING (run)
         WHERE r.current AND r.experiment = $experiment AND r.scale = $scale AND r.world = $world
           AND r.variant = $variant AND s.benchmark = $benchmark ORDER BY r.seed, s.lang, s.item`,
        { ...of, variant, benchmark },
      );
      answers.set(`${variant}\n${benchmark}`, { rows, seeds: [...new Set(rows.map(({ seed }) => seed))] });
    }
  }
  const scopes = await store.rows(
    v.object({ benchmark: v.string(), grp: v.string(), lang: v.string() }),
    `SELECT benchmark, grp, lang FROM scope WHERE experiment = $experiment AND scale = $scale AND world = $world
     ORDER BY benchmark, grp_position, lang_position`,
    of,
  );
  const scores = await store.rows(
    v.object({
      variant: v.string(),
      benchmark: v.string(),
      scope: v.string(),
      metric: v.string(),
      value: v.number(),
    }),
    `SELECT r.variant, s.benchmark, s.scope, s.metric, s.value FROM score s JOIN run r USING (run)
     WHERE r.current AND r.experiment = $experiment AND r.scale = $scale AND r.world = $world AND s.kind = 'other'
     ORDER BY r.variant, s.benchmark, s.scope, s.metric, r.seed`,
    of,
  );
  const languages = (benchmark: string, scope: string): ReadonlySet<string> => {
    const group = scopes.filter((row) => row.benchmark === benchmark && row.grp === scope).map(({ lang }) =>
      lang
    );
    return new Set(group.length > 0 ? group : [scope]);
  };
  const pick = (variant: string, benchmark: string, scope: string): Answers | undefined => {
    const all = answers.get(`${variant}\n${benchmark}`);
    if (!all) return undefined;
    const wanted = languages(benchmark, scope);
    const rows = all.rows.filter(({ lang }) => wanted.has(lang));
    const complete = [...wanted].every((lang) => rows.some((row) => row.lang === lang));
    return complete && rows.length > 0
      ? { rows, seeds: [...new Set(rows.map(({ seed }) => seed))] }
      : undefined;
  };
  return {
    accuracy(variant, benchmark, scope) {
      const found = pick(variant, benchmark, scope);
      return found && accuracyOf(found);
    },
    difference(variant, reference, benchmark, scope) {
      const [a, b] = [pick(variant, benchmark, scope), pick(reference, benchmark, scope)];
      return a && b && differenceOf(a, b);
    },
    change(variant, benchmark, against, scope) {
      const [a, b] = [pick(variant, benchmark, scope), pick(variant, against, scope)];
      return a && b && differenceOf(a, b);
    },
    languages: (benchmark, scope) =>
      scopes.some((row) => row.benchmark === benchmark) ? [...languages(benchmark, scope)] : [],
    score(variant, benchmark, scope, metric) {
      const rows = scores.filter((row) =>
        row.variant === variant && row.benchmark === benchmark && row.scope === scope && row.metric === metric
      );
      return rows.length > 0 ? rows.map(({ value }) => value) : undefined;
    },
  };
}

/** Accuracy with its interval. */
export function accuracyOf({ rows, seeds }: Answers): Accuracy {
  const scores = clusterScores(rows.map(scored));
  const interval = overSeeds(scores, seeds) ?? clusteredAccuracy(scores);
  return {
    value: interval.value,
    low: Math.max(0, interval.low),
    high: Math.min(1, interval.high),
    n: rows.length,
    k: rows.filter(({ correct }) => correct).length,
    seeds: seeds.length,
  };
}

/** Paired difference over the seeds, languages and items that both answered; undefined when there are none. */
export function differenceOf(a: Answers, b: Answers): Difference | undefined {
  const key = (row: Answers["rows"][number]): string => `${row.seed}\n${row.lang}\n${row.item}`;
  const inA = new Set(a.rows.map(key));
  const inB = new Set(b.rows.map(key));
  const [rowsA, rowsB] = [
    a.rows.filter((row) => inB.has(key(row))),
    b.rows.filter((row) => inA.has(key(row))),
  ];
  if (rowsA.length === 0) return undefined;
  const seeds = a.seeds.filter((seed) => b.seeds.includes(seed));
  const [first, second] = [clusterScores(rowsA.map(scored)), clusterScores(rowsB.map(scored))];
  const paired = pairedDifference(first, second);
  const ofSeeds = overSeeds(subtractScores(first, second), seeds);
  const interval = ofSeeds ?? paired;
  return {
    value: paired.value,
    low: interval.low,
    high: interval.high,
    p: ofSeeds ? pOfZero(ofSeeds) : paired.p,
    detectable: minimumDetectable(Math.max(interval.standardError, (paired.high - paired.low) / (2 * 1.96))),
    n: rowsA.length,
    seeds: seeds.length,
  };
}

function scored(row: Answers["rows"][number]): ScoredAnswer {
  return { cluster: row.item, stratum: `${row.seed}\n${row.lang}`, score: row.correct ? 1 : 0 };
}

/** Mean and interval over several seeds where every problem has every language; else undefined. */
function overSeeds(
  { clusters, strata, total, count }: ClusteredScores,
  seeds: readonly number[],
): SeedSummary | undefined {
  if (seeds.length < 2 || clusters.length < 2 || count.some((n) => n !== 1)) return undefined;
  const bySeed = seeds.map((seed) => {
    const columns = strata.flatMap((name, at) => name.startsWith(`${seed}\n`) ? [at] : []);
    return clusters.map((_, row) =>
      columns.reduce((sum, at) => sum + total[row * strata.length + at], 0) / columns.length
    );
  });
  const summary = summariseSeeds(bySeed);
  return summary.standardError > 0 ? summary : undefined;
}
