/**
 * Answers of a slice as right-and-wrong marks.
 * @module
 */
import * as v from "valibot";
import type { Store } from "../store/open.ts";
import { CURRENT, keyValues } from "./current.ts";
import type { Items, Marks, SliceKey } from "./slice.ts";

const text = v.string();

/** Problem ids of every benchmark, sorted by bytes. */
export async function readItems(db: Store, key: SliceKey): Promise<Items> {
  const rows = await db.rows(
    v.object({ benchmark: text, item: text }),
    `SELECT DISTINCT benchmark, item FROM sample JOIN run USING (run) WHERE ${CURRENT} ORDER BY benchmark, item`,
    keyValues(key),
  );
  const items: Record<string, string[]> = {};
  for (const { benchmark, item } of rows) (items[benchmark] ??= []).push(item);
  return items;
}

/**
 * Marks of every run, benchmark and language. Nearly always a run answers every problem of a benchmark once, and the
 * marks in order of their problem are the row; where it does not, its problems are read too and the gaps become ".".
 */
export async function readMarks(db: Store, key: SliceKey, items: Items): Promise<Marks[]> {
  const rows = await db.rows(
    v.object({
      run: text,
      variant: text,
      seed: v.number(),
      benchmark: text,
      lang: text,
      marks: text,
      whole: v.boolean(),
    }),
    `WITH problem AS (
       SELECT benchmark, bit_xor(hash(item)) AS all_items, count(*) AS number FROM (
         SELECT DISTINCT benchmark, item FROM sample JOIN run USING (run) WHERE ${CURRENT})
       GROUP BY benchmark)
     SELECT run.run::VARCHAR AS run, variant, seed, sample.benchmark, lang,
       string_agg(CASE WHEN correct THEN '1' ELSE '0' END, '' ORDER BY item) AS marks,
       count(*) = any_value(number) AND bit_xor(hash(item)) = any_value(all_items) AS whole
     FROM sample JOIN run USING (run) JOIN problem USING (benchmark) WHERE ${CURRENT}
     GROUP BY run.run, variant, seed, sample.benchmark, lang
     ORDER BY sample.benchmark, variant, seed, lang, run.run`,
    keyValues(key),
  );
  const out: Marks[] = [];
  for (const { whole, ...row } of rows) {
    out.push(whole ? row : { ...row, marks: await readGaps(db, row, items[row.benchmark]!) });
  }
  return out;
}

async function readGaps(
  db: Store,
  { run, benchmark, lang }: Omit<Marks, "marks">,
  items: readonly string[],
): Promise<string> {
  const rows = await db.rows(
    v.object({ item: text, correct: v.boolean() }),
    `SELECT item, correct FROM sample WHERE run = $run::BIGINT AND benchmark = $benchmark AND lang = $lang
     ORDER BY item`,
    { run, benchmark, lang },
  );
  const marks = new Map(rows.map((row) => [row.item, row.correct ? "1" : "0"]));
  return items.map((item) => marks.get(item) ?? ".").join("");
}
