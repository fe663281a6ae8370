/**
 * A few prompts of every language, so that a speaker can judge what the models are asked.
 * @module
 */
import * as v from "valibot";
import type { Benchmark, Slice } from "../../results/slice.ts";
import type { Store } from "../../store/open.ts";
import { naturalOrder } from "./read_answers.ts";

const sampleRow = v.object({ lang: v.string(), item: v.string(), text: v.string(), gold: v.string() });
export type Sample = v.InferOutput<typeof sampleRow>;

/** The first `problems` problems by the MD5 of their id, as the base saw them. */
export function readSamples(
  db: Store,
  slice: Slice,
  benchmark: Benchmark,
  problems: number,
): Promise<Sample[]> {
  const run = slice.runs.find((run) => run.status === "done" && run.variant === slice.baseName) ??
    slice.runs.find((run) => run.status === "done");
  if (!run) return Promise.resolve([]);
  return db.rows(
    sampleRow,
    `WITH chosen AS (
       SELECT item FROM (SELECT DISTINCT item FROM sample WHERE run = $run::BIGINT AND benchmark = $benchmark)
       ORDER BY md5(item), item LIMIT ${Math.trunc(problems)})
     SELECT lang, item, text, gold FROM sample JOIN chosen USING (item) JOIN prompt USING (prompt_hash)
     WHERE run = $run::BIGINT AND benchmark = $benchmark
     ORDER BY lang, ${naturalOrder("item")}, item`,
    { run: run.run, benchmark: benchmark.id },
  );
}
