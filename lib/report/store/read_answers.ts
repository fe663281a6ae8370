/**
 * Answers of a slice in full, some of them, with the prompts they answer.
 * @module
 */
import * as v from "valibot";
import { PARTS } from "../../metric/mod.ts";
import { CURRENT, keyValues } from "../../results/current.ts";
import type { SliceKey } from "../../results/slice.ts";
import type { Store } from "../../store/open.ts";

const text = v.string();
const number = v.number();

/** An answer in full; all its text is untrusted. */
const answerRow = v.object({
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
  /** A mark a part of the solution ("110"); null where it has none. */
  parts: v.nullable(text),
  kind: v.nullable(text),
  mistake: v.nullable(text),
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
       gold, correct, ${PARTS.map((part) => `${part}::INT::VARCHAR`).join(" || ")} AS parts,
       kind, mistake
     FROM sample JOIN chosen USING (benchmark, item) JOIN run USING (run) WHERE ${CURRENT}
     ORDER BY sample.benchmark, variant, lang, place, seed, run.run`,
    keyValues(key),
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
