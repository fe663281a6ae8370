/**
 * Answers of a slice: all of them as right-and-wrong marks, some of them in full.
 * @module
 */
import * as v from "valibot";
import type { Items, Marks, SliceKey } from "../model.ts";
import type { Store } from "../../store/open.ts";

const text = v.string();
const number = v.number();

const CURRENT =
  `run.current AND run.status = 'done' AND run.experiment = $experiment AND run.scale = $scale AND run.world = $world`;

function at(key: SliceKey) {
  return { experiment: key.experiment, scale: key.scale, world: key.world };
}

/** Problem ids of every benchmark, sorted by bytes. */
export async function readItems(db: Store, key: SliceKey): Promise<Items> {
  const rows = await db.rows(
    v.object({ benchmark: text, item: text }),
    `SELECT DISTINCT benchmark, item FROM sample JOIN run USING (run) WHERE ${CURRENT} ORDER BY benchmark, item`,
    at(key),
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
      seed: number,
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
    at(key),
  );
  const out: Marks[] = [];
  for (const { whole, ...row } of rows) {
    out.push(whole ? row : { ...row, marks: await readGaps(db, row, items[row.benchmark]) });
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

/** An answer in full; all its text is untrusted. */
export const answerRow = v.object({
  benchmark: text,
  variant: text,
  lang: text,
  item: text,
  run: text,
  seed: number,
  prompt_hash: text,
  output: text,
  extracted: v.nullable(text),
  gold: text,
  correct: v.boolean(),
});
export type AnswerRow = v.InferOutput<typeof answerRow>;

/** What sorts ids as people count: "mgsm-2" before "mgsm-10". Digits are padded, everything else stays. */
export function naturalOrder(column: string): string {
  return `list_transform(regexp_extract_all(${column}, '[0-9]+|[^0-9]+'),
    lambda part: CASE WHEN part[1] BETWEEN '0' AND '9' THEN repeat('0', 20 - length(part)) || part ELSE part END)`;
}

/**
 * Answers to the first `problems` problems of each benchmark by the MD5 of their id: a sample that no score has had a
 * hand in, and the same problems for every variant and language. They come in the natural order of their ids.
 */
export function readAnswers(db: Store, key: SliceKey, problems: number): AsyncIterable<AnswerRow[]> {
  return db.chunks(
    answerRow,
    `WITH chosen AS (
       SELECT benchmark, item, row_number() OVER (ORDER BY ${naturalOrder("item")}, item) AS place FROM (
         SELECT DISTINCT benchmark, item FROM sample JOIN run USING (run) WHERE ${CURRENT})
       QUALIFY row_number() OVER (PARTITION BY benchmark ORDER BY md5(item), item) <= ${Math.trunc(problems)})
     SELECT sample.benchmark, variant, lang, sample.item, run.run::VARCHAR AS run, seed, prompt_hash, output, extracted,
       gold, correct
     FROM sample JOIN chosen USING (benchmark, item) JOIN run USING (run) WHERE ${CURRENT}
     ORDER BY sample.benchmark, variant, lang, place, seed, run.run`,
    at(key),
  );
}

/** Texts of prompts, by hash. */
export async function readPrompts(
  db: Store,
  hashes: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (hashes.length === 0) return new Map();
  const list = hashes.map((hash) => `'${hash.replaceAll("'", "''")}'`).join(", ");
  const rows = await db.rows(
    v.object({ prompt_hash: text, text }),
    `SELECT prompt_hash, text FROM prompt WHERE prompt_hash IN (${list}) ORDER BY prompt_hash`,
  );
  return new Map(rows.map((row) => [row.prompt_hash, row.text]));
}
