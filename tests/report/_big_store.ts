/**
 * A store of the size of the whole suite, made by DuckDB itself: `experiments` x `variants` x `seeds` runs over MGSM's
 * 11 languages. Used by the report's speed test and by `deno task bench lab`.
 * @module
 */
import { DuckDBInstance } from "@duckdb/node-api";
import type { SystemFacts } from "../../lib/lab/experiment/facts.ts";
import { createStatements, quote, SCHEMA_VERSION } from "../../lib/store/schema.ts";
import { writeSeal } from "../../lib/store/seal.ts";

export interface BigStoreOptions {
  readonly experiments: number;
  /** Variants of each, the base included. */
  readonly variants: number;
  readonly seeds: number;
  /** Problems; each in 11 languages. */
  readonly items: number;
}

const LANGUAGES = ["bn", "de", "en", "es", "fr", "ja", "ru", "sw", "te", "th", "zh"];
const LOW = ["bn", "sw", "te", "th"];

/** As long as LinguaLIFT's. */
const FACTS: SystemFacts = {
  reads: "states of the question, then the instruction",
  prompts: ["asked", "align", "transfer"].map((when) => ({
    when,
    text: "<bos><enc_start>[states of {question}]<enc_end>\nSolve step by step:\n{solution}<eos>",
  })),
  parallel: [],
  tries: Array.from({ length: 7 }, (_, i) => ({
    count: 1 + i,
    what: "steps, batches, schedule and lr of both stages, on two kinds of problems",
    source: 'docs/log.md, "Solutions that say whose number is whose"',
  })),
};

/** Writes it; experiments x variants x seeds x items x 11 answers. @returns the number of answers */
export async function writeBigStore(path: string, options: BigStoreOptions): Promise<number> {
  const { experiments, variants, seeds, items } = options;
  const instance = await DuckDBInstance.create(path);
  const db = await instance.connect();
  for (const statement of createStatements()) await db.run(statement);
  await db.run(`INSERT INTO meta VALUES ('schema_version', '${SCHEMA_VERSION}')`);
  const langs = `(SELECT unnest([${
    LANGUAGES.map(quote).join(", ")
  }]) AS lang, unnest(range(${LANGUAGES.length})) AS place)`;
  const low = LOW.map(quote).join(", ");
  const exps = `range(${experiments}) e(e)`, vars = `range(${variants}) v(v)`;
  const id = `printf('exp%03d', e)`,
    name = `CASE v WHEN 0 THEN 'LinguaLIFT' ELSE printf('variant %03d', v) END`;
  await db.run(
    `INSERT INTO experiment SELECT ${id}, 'micro', 'mini', 1, 'Experiment ' || e, 'A synthetic one.', 'method',
    'LinguaLIFT', '{"mgsm":"table-14"}', '{}', '{}', '{}' FROM ${exps}`,
  );
  await db.run(`INSERT INTO variant SELECT ${id}, 'micro', 'mini', v, ${name}, 'method',
    CASE v WHEN 0 THEN '[]' ELSE '[{"path":"x","from":"0","to":"' || v || '"}]' END, ${
    quote(JSON.stringify(FACTS))
  } FROM ${exps}, ${vars}`);
  await db.run(
    `INSERT INTO benchmark SELECT ${id}, 'micro', 'mini', 0, 'mgsm', 'MGSM', 'problem', NULL, NULL FROM ${exps}`,
  );
  for (
    const [at, [group, where]] of [["LR", `lang IN (${low})`], ["HR", `lang NOT IN (${low})`], [
      "avg",
      "true",
    ]].entries()
  ) {
    await db.run(`INSERT INTO scope SELECT ${id}, 'micro', 'mini', 'mgsm', '${group}', ${at}, lang, place
      FROM ${exps}, ${langs} WHERE ${where}`);
  }
  await db.run(
    `INSERT INTO run SELECT (e * 1000 + v) * 100 + s, ${id} || '-' || v || '-' || s, ${id}, 'micro', 'mini', 1,
    ${name}, s, 'method', 1, sha256(${id} || v || s), 'done', true, TIMESTAMP '2026-01-01', TIMESTAMP '2026-01-01 00:10:00',
    600, 1100, 1000000000, ${items * LANGUAGES.length}, NULL FROM ${exps}, ${vars}, range(1, ${
      seeds + 1
    }) s(s)`,
  );
  await db.run(`INSERT INTO recipe SELECT run, 'x', to_json(variant), 'base' FROM run`);
  await db.run(`INSERT INTO provenance SELECT run, 'commit', 'abc' FROM run`);
  await db.run(`INSERT INTO step SELECT run, 0, 'train', NULL, 1, identity, false, 500, 900 FROM run`);
  await db.run(
    "INSERT INTO curve SELECT run, 0, 18 * (i + 1), 3 * exp(-i / 40.0) + i % 7 / 100.0, 0.001, 1 FROM run, range(200) w(i)",
  );
  await db.run(
    `INSERT INTO prompt SELECT printf('%s%012d', lang, i), 'Question ' || i || ' in ' || lang || '?'
    FROM ${langs}, range(${items}) i(i)`,
  );
  await db.run(`INSERT INTO sample
    SELECT run, 'mgsm', lang, printf('p%04d', i), printf('%s%012d', lang, i),
      'Step by step we find that the answer is ' || (i % 37 + (h % 3)) || '.', (i % 37 + (h % 3))::VARCHAR,
      (i % 37)::VARCHAR, h % 3 = 0, NULL, NULL, NULL, 'add', CASE WHEN h % 3 = 0 THEN NULL ELSE 'other' END
    FROM (SELECT run, lang, i, hash(run, lang, i) % 1000 AS h FROM run, ${langs}, range(${items}) i(i))`);
  await db.run(
    `INSERT INTO score SELECT run, benchmark, 'lang', lang, 'accuracy', count(*), sum(correct::INT),
    avg(correct::INT), 'acc|v1' FROM sample GROUP BY run, benchmark, lang`,
  );
  const counted = await db.runAndReadAll("SELECT count(*)::INTEGER AS n FROM sample ORDER BY n");
  await writeSeal(db);
  db.closeSync();
  instance.closeSync();
  return Number(counted.getRowObjectsJS()[0]!.n);
}
