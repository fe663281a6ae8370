/**
 * Brings answers into the store: DuckDB reads the newline-delimited JSON of many runs at once and computes the scores
 * per language and group. Columns are declared, so that a malformed line is an error and never a guess.
 * @module
 */
import { UserError } from "../errors.ts";
import { exists } from "../files.ts";
import { numberOf } from "./append.ts";
import type { Store } from "./open.ts";
import { quote } from "./schema.ts";

/** A run's files of answers and prompts, newline-delimited JSON. */
export interface RunFiles {
  /** The run's id. */
  readonly run: string;
  readonly answers: readonly string[];
  readonly prompts: readonly string[];
  /** Names the declaration whose groups its answers are averaged by. */
  readonly declaration: string;
}

/** A language of a group of a benchmark, with the positions of both. */
export type ScopeRow = readonly [
  benchmark: string,
  group: string,
  groupPosition: number,
  lang: string,
  langPosition: number,
];

const ANSWER_COLUMNS = "{benchmark: 'VARCHAR', lang: 'VARCHAR', item: 'VARCHAR', prompt: 'VARCHAR', " +
  "output: 'VARCHAR', extracted: 'VARCHAR', gold: 'VARCHAR', correct: 'BOOLEAN', operation: 'BOOLEAN', operands: 'BOOLEAN', sum: 'BOOLEAN', " +
  "kind: 'VARCHAR', mistake: 'VARCHAR'}";

/** What is counted of an answer, by metric: the column that says whether it is right, NULL where it is not asked. */
const COUNTED = { accuracy: "correct", operation: "operation", operands: "operands", sum: "sum" } as const;

/** Estimator signature of shares computed here. */
export const ACCURACY = { lang: "acc|k/n|v1", group: "acc|mean=lang|v1" } as const;

/**
 * Inserts the answers, prompts and accuracies of these runs.
 * @param scopesOf the scopes of a declaration
 * @throws {UserError} when a file of answers is gone.
 */
export async function ingestSamples(
  store: Store,
  runs: readonly RunFiles[],
  scopesOf: (declaration: string) => readonly ScopeRow[],
): Promise<void> {
  const answers = runs.flatMap(({ run, answers }) => answers.map((file) => ({ run, file })));
  for (const { run, file } of answers) {
    if (!exists(file)) throw new UserError(`Cannot index run "${run}": its answers "${file}" are gone`);
  }
  if (answers.length === 0) return;
  const { connection } = store;
  await connection.run("CREATE OR REPLACE TEMP TABLE answer_file (file VARCHAR, run BIGINT)");
  for (const part of chunks(answers, 500)) {
    const values = part.map(({ run, file }) => `(${quote(file)}, ${numberOf(run)})`);
    await connection.run(`INSERT INTO answer_file VALUES ${values.join(", ")}`);
  }
  await connection.run(
    `INSERT INTO sample SELECT f.run, benchmark, lang, item, prompt, output, extracted, gold, correct,
       operation, operands, sum, kind, mistake
     FROM read_json(${
      list(answers.map(({ file }) => file))
    }, format = 'newline_delimited', columns = ${ANSWER_COLUMNS}, filename = true) a
     JOIN answer_file f ON f.file = a.filename`,
  );
  await ingestPrompts(store, runs.flatMap(({ prompts }) => prompts));
  await scoreSamples(store, runs, scopesOf);
}

async function ingestPrompts({ connection }: Store, prompts: readonly string[]): Promise<void> {
  const files = prompts.filter(exists);
  if (files.length === 0) return;
  await connection.run(
    `INSERT INTO prompt SELECT prompt, any_value(text)
     FROM read_json(${
      list(files)
    }, format = 'newline_delimited', columns = {prompt: 'VARCHAR', text: 'VARCHAR'})
     WHERE prompt NOT IN (SELECT prompt_hash FROM prompt) GROUP BY prompt ORDER BY prompt`,
  );
}

async function scoreSamples(
  { connection }: Store,
  runs: readonly RunFiles[],
  scopesOf: (declaration: string) => readonly ScopeRow[],
): Promise<void> {
  await connection.run(
    "CREATE OR REPLACE TEMP TABLE run_declaration (run BIGINT, declaration VARCHAR)",
  );
  await connection.run(
    "CREATE OR REPLACE TEMP TABLE declared (declaration VARCHAR, benchmark VARCHAR, grp VARCHAR, lang VARCHAR)",
  );
  for (const part of chunks(runs, 500)) {
    const values = part.map(({ run, declaration }) => `(${numberOf(run)}, ${quote(declaration)})`);
    await connection.run(`INSERT INTO run_declaration VALUES ${values.join(", ")}`);
  }
  for (const declaration of new Set(runs.map(({ declaration }) => declaration))) {
    const rows = scopesOf(declaration).map(([benchmark, group, , lang]) =>
      `(${[declaration, benchmark, group, lang].map(quote).join(", ")})`
    );
    if (rows.length > 0) await connection.run(`INSERT INTO declared VALUES ${rows.join(", ")}`);
  }
  for (const [metric, column] of Object.entries(COUNTED)) {
    await connection.run(
      `CREATE OR REPLACE TEMP TABLE by_lang AS
       SELECT run, benchmark, lang, count(*) AS n, count(*) FILTER (${column}) AS k
       FROM sample WHERE run IN (SELECT run FROM run_declaration) AND ${column} IS NOT NULL GROUP BY ALL ORDER BY ALL`,
    );
    await connection.run(
      `INSERT INTO score SELECT run, benchmark, 'lang', lang, ${quote(metric)}, n, k, k / n, ${
        quote(ACCURACY.lang)
      }
       FROM by_lang ORDER BY run, benchmark, lang`,
    );
    // A group counts only when every language of it was asked: a mean over fewer would look like the paper's.
    await connection.run(
      `INSERT INTO score
       SELECT r.run, d.benchmark, 'group', d.grp, ${
        quote(metric)
      }, sum(b.n), sum(b.k), avg(b.k / b.n ORDER BY d.lang),
              ${quote(ACCURACY.group)}
       FROM run_declaration r JOIN declared d USING (declaration)
       LEFT JOIN by_lang b ON b.run = r.run AND b.benchmark = d.benchmark AND b.lang = d.lang
       GROUP BY r.run, d.benchmark, d.grp HAVING count(b.n) = count(*)
       ORDER BY r.run, d.benchmark, d.grp`,
    );
  }
}

function list(files: readonly string[]): string {
  return `[${[...new Set(files)].map(quote).join(", ")}]`;
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from(
    { length: Math.ceil(items.length / size) },
    (_, at) => items.slice(at * size, (at + 1) * size),
  );
}
