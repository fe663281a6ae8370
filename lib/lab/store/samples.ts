/**
 * Brings answers into the store: DuckDB reads the newline-delimited JSON of many runs at once and computes the scores
 * per language and group. Columns are declared, so that a malformed line is an error and never a guess.
 * @module
 */
import { UserError } from "../../errors.ts";
import { exists } from "../../files.ts";
import { getJson, objectPath } from "../objects.ts";
import type { LabPaths } from "../paths.ts";
import type { Declaration, RunRecord } from "../record.ts";
import { numberOf, scopeRows } from "./append.ts";
import type { Store } from "./open.ts";
import { quote } from "./schema.ts";

const ANSWER_COLUMNS = "{benchmark: 'VARCHAR', lang: 'VARCHAR', item: 'VARCHAR', prompt: 'VARCHAR', " +
  "output: 'VARCHAR', extracted: 'VARCHAR', gold: 'VARCHAR', correct: 'BOOLEAN'}";

/** Estimator signature of accuracies computed here. */
export const ACCURACY = { lang: "acc|k/n|v1", group: "acc|mean=lang|v1" } as const;

/** Inserts the answers, prompts and accuracies of these runs. */
export async function ingestSamples(
  store: Store,
  paths: LabPaths,
  records: readonly RunRecord[],
): Promise<void> {
  const answers = records.flatMap((record) =>
    record.steps.flatMap((step) => step.answers.map(({ object }) => ({ run: record.id, object })))
  );
  for (const { run, object } of answers) {
    if (!exists(objectPath(paths, object))) {
      throw new UserError(`Cannot index run "${run}": its answers "${objectPath(paths, object)}" are gone`);
    }
  }
  if (answers.length > 0) {
    const { connection } = store;
    await connection.run("CREATE OR REPLACE TEMP TABLE answer_file (file VARCHAR, run BIGINT)");
    for (const part of chunks(answers, 500)) {
      const values = part.map(({ run, object }) => `(${quote(objectPath(paths, object))}, ${numberOf(run)})`);
      await connection.run(`INSERT INTO answer_file VALUES ${values.join(", ")}`);
    }
    const files = [...new Set(answers.map(({ object }) => objectPath(paths, object)))];
    await connection.run(
      `INSERT INTO sample SELECT f.run, benchmark, lang, item, prompt, output, extracted, gold, correct
       FROM read_json(${
        list(files)
      }, format = 'newline_delimited', columns = ${ANSWER_COLUMNS}, filename = true) a
       JOIN answer_file f ON f.file = a.filename`,
    );
    await ingestPrompts(store, paths, records);
    await scoreSamples(store, paths, records);
  }
}

async function ingestPrompts(store: Store, paths: LabPaths, records: readonly RunRecord[]): Promise<void> {
  const objects = records.flatMap((record) =>
    record.steps.flatMap((step) => step.prompts.map((p) => p.object))
  );
  const files = [...new Set(objects)].map((object) => objectPath(paths, object)).filter(exists);
  if (files.length === 0) return;
  await store.connection.run(
    `INSERT INTO prompt SELECT prompt, any_value(text)
     FROM read_json(${
      list(files)
    }, format = 'newline_delimited', columns = {prompt: 'VARCHAR', text: 'VARCHAR'})
     WHERE prompt NOT IN (SELECT prompt_hash FROM prompt) GROUP BY prompt ORDER BY prompt`,
  );
}

async function scoreSamples(store: Store, paths: LabPaths, records: readonly RunRecord[]): Promise<void> {
  const { connection } = store;
  const declarations = [...new Set(records.map((record) => record.declaration))];
  await connection.run(
    "CREATE OR REPLACE TEMP TABLE run_declaration (run BIGINT, declaration VARCHAR)",
  );
  await connection.run(
    "CREATE OR REPLACE TEMP TABLE declared (declaration VARCHAR, benchmark VARCHAR, grp VARCHAR, lang VARCHAR)",
  );
  for (const part of chunks(records, 500)) {
    const values = part.map((record) => `(${numberOf(record.id)}, ${quote(record.declaration)})`);
    await connection.run(`INSERT INTO run_declaration VALUES ${values.join(", ")}`);
  }
  for (const declaration of declarations) {
    const rows = scopeRows(getJson<Declaration>(paths, declaration)).map(([benchmark, group, , lang]) =>
      `(${[declaration, benchmark, group, lang].map(quote).join(", ")})`
    );
    if (rows.length > 0) await connection.run(`INSERT INTO declared VALUES ${rows.join(", ")}`);
  }
  await connection.run(
    `CREATE OR REPLACE TEMP TABLE by_lang AS
     SELECT run, benchmark, lang, count(*) AS n, count(*) FILTER (correct) AS k
     FROM sample WHERE run IN (SELECT run FROM run_declaration) GROUP BY ALL ORDER BY ALL`,
  );
  await connection.run(
    `INSERT INTO score SELECT run, benchmark, 'lang', lang, 'accuracy', n, k, k / n, ${quote(ACCURACY.lang)}
     FROM by_lang ORDER BY run, benchmark, lang`,
  );
  // A group counts only when every language of it was asked: a mean over fewer would look like the paper's.
  await connection.run(
    `INSERT INTO score
     SELECT r.run, d.benchmark, 'group', d.grp, 'accuracy', sum(b.n), sum(b.k), avg(b.k / b.n ORDER BY d.lang),
            ${quote(ACCURACY.group)}
     FROM run_declaration r JOIN declared d USING (declaration)
     LEFT JOIN by_lang b ON b.run = r.run AND b.benchmark = d.benchmark AND b.lang = d.lang
     GROUP BY r.run, d.benchmark, d.grp HAVING count(b.n) = count(*)
     ORDER BY r.run, d.benchmark, d.grp`,
  );
}

function list(files: readonly string[]): string {
  return `[${files.map(quote).join(", ")}]`;
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from(
    { length: Math.ceil(items.length / size) },
    (_, at) => items.slice(at * size, (at + 1) * size),
  );
}
