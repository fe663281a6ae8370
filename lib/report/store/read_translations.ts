/**
 * Words with what every variant translates them into, as the paper's Table 4 shows some.
 * @module
 */
import * as v from "valibot";
import type { Benchmark, Slice } from "../../results/slice.ts";
import type { Store } from "../../store/open.ts";
import { firstRuns } from "./first_runs.ts";

const row = v.object({
  lang: v.string(),
  item: v.string(),
  gold: v.string(),
  variant: v.string(),
  found: v.nullable(v.string()),
  correct: v.boolean(),
});
/** What one variant makes of one word; null when it has no answer. */
export type TranslatedWord = v.InferOutput<typeof row>;

/** The first `words` words of every language by the MD5 of the word, from each variant's first seed. */
export async function readTranslations(
  db: Store,
  slice: Slice,
  benchmark: Benchmark,
  words: number,
): Promise<TranslatedWord[]> {
  const rows = await Promise.all(
    firstRuns(slice).map(({ run, variant }) =>
      db.rows(
        row,
        `SELECT lang, item, gold, $variant AS variant, extracted AS found, correct FROM (
         SELECT *, row_number() OVER (PARTITION BY lang ORDER BY md5(item), item) AS place
         FROM sample WHERE run = $run::BIGINT AND benchmark = $benchmark)
       WHERE place <= ${Math.trunc(words)} ORDER BY lang, place`,
        { run, variant, benchmark: benchmark.id },
      )
    ),
  );
  return rows.flat();
}
