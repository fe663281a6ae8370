/**
 * Kinds of mistakes: what share of a system's answers is wrong in which way, by group of languages, and by sort of problem.
 * Shares are means over languages, all seeds together, as accuracies are.
 * @module
 */
import * as v from "valibot";
import { type Mistake, MISTAKES } from "../metric/mod.ts";
import type { Store } from "../store/open.ts";
import { CURRENT, keyValues } from "./current.ts";
import type { Benchmark, MistakeCount, SliceKey } from "./slice.ts";

const text = v.string();

/** Answers of one outcome. */
const count = v.object({
  benchmark: text,
  variant: text,
  lang: text,
  kind: v.nullable(text),
  mistake: v.nullable(v.picklist(MISTAKES)),
  n: v.number(),
});

/** A share of the answers by outcome, each in [0, 1]; they add up to 1. */
export type Outcomes = Readonly<Record<Mistake | "right", number>>;

/** Counts of every outcome; none for runs of before mistakes were told apart. */
export function readMistakes(db: Store, slice: SliceKey): Promise<MistakeCount[]> {
  return db.rows(
    count,
    `SELECT benchmark, variant, lang, kind, mistake, count(*) AS n FROM sample JOIN run USING (run)
     WHERE ${CURRENT} AND (correct OR mistake IS NOT NULL) AND (benchmark, run.run) IN (
       SELECT (benchmark, run) FROM sample WHERE mistake IS NOT NULL)
     GROUP BY ALL ORDER BY benchmark, variant, lang, kind, mistake`,
    keyValues(slice),
  );
}

/** The outcomes of a system in some languages; undefined where one of them has no answer. */
export function outcomesOf(
  counts: readonly MistakeCount[],
  languages: readonly string[],
): Outcomes | undefined {
  const byLanguage = Map.groupBy(counts, ({ lang }) => lang);
  if (!languages.every((lang) => byLanguage.has(lang))) return undefined;
  const share = (outcome: Mistake | null) =>
    languages.reduce((sum, lang) => {
      const own = byLanguage.get(lang)!;
      return sum + total(own.filter(({ mistake }) => mistake === outcome)) / total(own);
    }, 0) / languages.length;
  const shares = MISTAKES.map((mistake) => [mistake, share(mistake)] as const);
  return { right: share(null), ...Object.fromEntries(shares) as Record<Mistake, number> };
}

/** Sorts of problems of a benchmark, in order; none where its problems have none. */
export function kindsOf(counts: readonly MistakeCount[], { id }: Pick<Benchmark, "id">): string[] {
  const kinds = counts.flatMap(({ benchmark, kind }) => benchmark === id && kind !== null ? [kind] : []);
  return [...new Set(kinds)].sort();
}

function total(counts: readonly MistakeCount[]): number {
  return counts.reduce((sum, { n }) => sum + n, 0);
}
