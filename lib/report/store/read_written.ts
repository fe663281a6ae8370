/**
 * Problems of every language with the English that each variant makes of them.
 * @module
 */
import * as v from "valibot";
import type { Benchmark, Slice } from "../../results/slice.ts";
import type { Store } from "../../store/open.ts";
import { firstRuns } from "./first_runs.ts";

const row = v.object({
  lang: v.string(),
  item: v.string(),
  text: v.string(),
  english: v.string(),
  variant: v.string(),
  output: v.string(),
  correct: v.boolean(),
});
/** What one variant makes of one problem in one language. */
export type WrittenText = v.InferOutput<typeof row>;

/** The first `problems` problems by the MD5 of their id, the same in every language, from each variant's first seed. */
export async function readWritten(
  db: Store,
  slice: Slice,
  benchmark: Benchmark,
  problems: number,
): Promise<WrittenText[]> {
  const rows = await Promise.all(
    firstRuns(slice).map(({ run, variant }) =>
      db.rows(
        row,
        `WITH chosen AS (
         SELECT item FROM (SELECT DISTINCT item FROM sample WHERE run = $run::BIGINT AND benchmark = $benchmark)
         ORDER BY md5(item), item LIMIT ${Math.trunc(problems)})
       SELECT lang, item, text, gold AS english, $variant AS variant, output, correct
       FROM sample JOIN chosen USING (item) JOIN prompt USING (prompt_hash)
       WHERE run = $run::BIGINT AND benchmark = $benchmark ORDER BY lang, md5(item), item`,
        { run, variant, benchmark: benchmark.id },
      )
    ),
  );
  return rows.flat();
}
