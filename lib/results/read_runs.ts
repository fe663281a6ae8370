/**
 * Every run of the store, superseded and failed ones too, as a row of a table; and what is known of some of them, for
 * `diffFacts`.
 * @module
 */
import * as v from "valibot";
import type { Store } from "../store/open.ts";
import { PARTS } from "../metric/mod.ts";
import type { FieldChange } from "../lab/plan/changes.ts";
import { OWN_PROVENANCE, type RunAnswers, type RunFacts } from "./run_diff.ts";

/** Metrics that are shares of the answers. */
export const SHARES: readonly string[] = ["accuracy", ...PARTS];

const text = v.string();
const number = v.number();
const runSchema = v.object({
  run: text,
  id: text,
  experiment: text,
  scale: text,
  world: text,
  variant: text,
  seed: number,
  state: v.picklist(["done", "superseded", "failed"]),
  engine: v.nullable(text),
  commit: v.nullable(text),
  /** "true", "false" or why it is not known. */
  dirty: v.nullable(text),
  finished: text,
  wall_s: number,
  cpu_s: number,
  peak_bytes: number,
  /** First line of a failed run's error. */
  error: v.nullable(text),
});

/** A benchmark's mean over its languages, in [0, 1]; `floor` is what the best rule gets that does not read the text. */
export interface AverageScore {
  readonly benchmark: string;
  readonly value: number;
  readonly floor: number | null;
}

/** A run of the store. Times in seconds, memory in bytes. */
export type RunRow = v.InferOutput<typeof runSchema> & {
  /** Fields in which its variant differs from the experiment's base. */
  readonly changed: readonly Omit<FieldChange, "from">[];
  readonly scores: readonly AverageScore[];
};

/** All runs: failed ones first, then by experiment, world, scale, table row and seed, what counts before what it replaced. */
export async function readRuns(db: Store): Promise<RunRow[]> {
  const runs = await db.rows(
    runSchema,
    `SELECT run.run::VARCHAR AS run, run_id AS id, experiment, scale, world, variant, seed,
       CASE WHEN status = 'failed' THEN 'failed' WHEN current THEN 'done' ELSE 'superseded' END AS state,
       coalesce(engine.value, facts.engine) AS engine, facts.commit, facts.dirty,
       finished::VARCHAR AS finished, wall_s, cpu_s, peak_bytes, error
     FROM run LEFT JOIN variant USING (experiment, scale, world, variant)
       LEFT JOIN (SELECT run, value FROM setting WHERE name = 'engine') engine USING (run)
       LEFT JOIN (SELECT run, max(value) FILTER (key = 'engine') AS engine, max(value) FILTER (key = 'commit') AS commit,
           max(value) FILTER (key = 'dirty') AS dirty FROM provenance GROUP BY run) facts USING (run)
     ORDER BY state <> 'failed', experiment, world, scale, variant.position, variant, seed, state, finished DESC, run_id`,
  );
  const changed = await changedFields(db);
  const scores = await averages(db);
  return runs.map((row) => ({
    ...row,
    changed: changed.get(JSON.stringify([row.experiment, row.scale, row.world, row.variant])) ?? [],
    scores: scores.get(row.run) ?? [],
  }));
}

/** Patches by experiment, scale, world and variant, as the latest run declared them. */
async function changedFields(db: Store): Promise<ReadonlyMap<string, RunRow["changed"]>> {
  const rows = await db.rows(
    v.object({
      key: text,
      patch: v.pipe(text, v.parseJson(), v.array(v.object({ path: text, to: text }))),
    }),
    `SELECT to_json([experiment, scale, world, variant])::VARCHAR AS key, patch::VARCHAR AS patch
     FROM variant ORDER BY key`,
  );
  return new Map(rows.map(({ key, patch }) => [key, patch]));
}

/** Averages by run, benchmarks in the order of the table where they have one. */
async function averages(db: Store): Promise<ReadonlyMap<string, readonly AverageScore[]>> {
  const rows = await db.rows(
    v.object({ run: text, benchmark: text, value: number, floor: v.nullable(number) }),
    `WITH mean AS (
       SELECT run, benchmark, avg(value ORDER BY scope) AS value FROM score
       WHERE kind = 'lang' AND metric = 'accuracy' GROUP BY run, benchmark),
     floor AS (
       SELECT run, benchmark, avg(value ORDER BY scope) AS floor FROM (
         SELECT run, benchmark, scope, max(value) AS value FROM score
         WHERE kind = 'other' AND metric LIKE 'floor (%' GROUP BY ALL)
       GROUP BY run, benchmark)
     SELECT mean.run::VARCHAR AS run, mean.benchmark, mean.value, floor
     FROM mean JOIN run USING (run) LEFT JOIN floor USING (run, benchmark)
       LEFT JOIN benchmark place ON (place.experiment, place.scale, place.world, place.benchmark) =
         (run.experiment, run.scale, run.world, mean.benchmark)
     ORDER BY run, place.position, mean.benchmark`,
  );
  return new Map(
    [...Map.groupBy(rows, ({ run }) => run)].map((
      [run, own],
    ) => [run, own.map(({ run: _, ...score }) => score)]),
  );
}

/** What is known of these runs, by their numbers. Coordinates of a map are drawn, and no scores. */
export async function readFacts(db: Store, runs: readonly string[]): Promise<Map<string, RunFacts>> {
  const here = "run IN (SELECT unnest(string_split($runs, ' '))::BIGINT)";
  const at = { runs: runs.join(" ") };
  const facts = await db.rows(
    v.object({
      run: text,
      kind: v.picklist(["recipe", "settings", "data", "code", "packages", "provenance"]),
      name: text,
      value: text,
    }),
    `SELECT run::VARCHAR AS run, kind, name, value FROM (
       SELECT run, 'recipe' AS kind, path AS name, value FROM recipe
       UNION ALL SELECT run, 'settings', name, value FROM setting
       UNION ALL SELECT run, 'provenance', key, value FROM provenance
       UNION ALL SELECT run, CASE kind WHEN 'package' THEN 'packages' ELSE kind END, name, hash FROM input)
     WHERE ${here} ORDER BY run, kind, name, value`,
    at,
  );
  const scores = await db.rows(
    v.object({ run: text, benchmark: text, scope: text, metric: text, value: number }),
    `SELECT run::VARCHAR AS run, benchmark, scope, metric, value FROM score
     WHERE ${here} AND metric NOT IN ('map x', 'map y') ORDER BY run, benchmark, kind, scope, metric`,
    at,
  );
  const ofRun = Map.groupBy(facts, ({ run }) => run), scored = Map.groupBy(scores, ({ run }) => run);
  return new Map(runs.map((run) => {
    const own = Map.groupBy(ofRun.get(run) ?? [], ({ kind }) => kind);
    const named = (kind: typeof facts[number]["kind"]) =>
      Object.fromEntries((own.get(kind) ?? []).map(({ name, value }) => [name, value]));
    const provenance = Object.entries(named("provenance")).filter(([name]) => !OWN_PROVENANCE.includes(name));
    return [run, {
      recipe: named("recipe"),
      settings: named("settings"),
      data: named("data"),
      code: named("code"),
      packages: named("packages"),
      provenance: Object.fromEntries(provenance),
      scores: (scored.get(run) ?? []).map(({ run: _, ...score }) => score),
    }];
  }));
}

/** A run's answers as marks. */
export async function readRunAnswers(db: Store, run: string): Promise<RunAnswers[]> {
  return await db.rows(
    v.object({ benchmark: text, lang: text, items: v.pipe(text, v.parseJson(), v.array(text)), marks: text }),
    `SELECT benchmark, lang, to_json(list(item ORDER BY item))::VARCHAR AS items,
       string_agg(CASE WHEN correct THEN '1' ELSE '0' END, '' ORDER BY item) AS marks
     FROM sample WHERE run = $run::BIGINT GROUP BY benchmark, lang ORDER BY benchmark, lang`,
    { run },
  );
}
