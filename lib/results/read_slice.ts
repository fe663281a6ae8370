/**
 * One experiment at one scale in one world, read from the store. Only current, finished runs count; failed ones are
 * listed, never scored.
 * @module
 */
import * as v from "valibot";
import { atLeast } from "../checked.ts";
import { hashJson, sha256 } from "../hash.ts";
import { CURRENT, keyValues } from "./current.ts";
import { readCurves } from "./curves.ts";
import { type Benchmark, type Group, type Slice, type SliceKey, TRAINING } from "./slice.ts";
import type { Store } from "../store/open.ts";

const text = v.string();
const number = v.number();
const maybe = v.nullable(number);
const json = <S extends v.GenericSchema>(schema: S) => v.pipe(v.string(), v.parseJson(), schema);

const FACTS = v.object({
  reads: text,
  prompts: v.array(v.object({ when: text, text })),
  parallel: v.array(text),
  tries: v.array(v.object({ count: number, what: text, source: text })),
});

const HERE = `experiment = $experiment AND scale = $scale AND world = $world`;

/** A slice with its experiment's title. */
export interface NamedSlice extends SliceKey {
  readonly title: string;
}

/** Every slice that has a run, in order of experiment, world and scale. */
export function listSlices(db: Store): Promise<NamedSlice[]> {
  return db.rows(
    v.object({ experiment: text, scale: text, world: text, title: text }),
    `SELECT experiment, scale, world, title FROM experiment ORDER BY experiment, world, scale`,
  );
}

/** Everything but the answers themselves. */
export async function readSlice(db: Store, key: SliceKey): Promise<Slice> {
  const at = keyValues(key);
  const [head] = atLeast(
    await db.rows(
      v.object({
        version: number,
        title: text,
        abstract: text,
        method: text,
        base_name: text,
        paper: json(v.record(text, text)),
        paper_rows: json(v.record(text, text)),
        knockouts: json(
          v.record(
            text,
            v.object({ without_states: v.exactOptional(text), without_tokens: v.exactOptional(text) }),
          ),
        ),
        figures: json(v.record(text, v.record(text, v.unknown()))),
      }),
      `SELECT version, title, abstract, method, base_name, paper::VARCHAR AS paper,
       paper_rows::VARCHAR AS paper_rows, knockouts::VARCHAR AS knockouts, figures::VARCHAR AS figures
     FROM experiment WHERE ${HERE} ORDER BY version DESC`,
      at,
    ),
    1,
  );
  const variants = await db.rows(
    v.object({
      name: text,
      method: text,
      patch: json(v.array(v.object({ path: text, from: text, to: text }))),
      facts: v.nullable(json(FACTS)),
    }),
    `SELECT variant AS name, method, patch::VARCHAR AS patch, facts::VARCHAR AS facts
     FROM variant WHERE ${HERE} ORDER BY position`,
    at,
  );
  const benchmarks = await readBenchmarks(db, at);
  const runs = await db.rows(
    v.object({
      run: text,
      id: text,
      variant: text,
      seed: number,
      identity: text,
      status: text,
      finished: text,
      wall_s: number,
      cpu_s: number,
      peak_bytes: number,
      answers: number,
      error: v.nullable(text),
    }),
    `SELECT run::VARCHAR AS run, run_id AS id, variant, seed, identity, status, finished::VARCHAR AS finished, wall_s,
       cpu_s, peak_bytes, answers, error
     FROM run WHERE ${HERE} AND (current OR status = 'failed') ORDER BY status, variant, seed, run_id`,
    at,
  );
  const claims = await db.rows(
    v.object({
      claim: text,
      sentence: text,
      source: text,
      verdict: v.picklist(["supported", "contradicted", "not resolvable", "not run"]),
      because: text,
      numbers: json(v.record(text, v.nullable(v.number()))),
      seeds: text,
    }),
    `SELECT claim, sentence, source, verdict, because, numbers::VARCHAR AS numbers, seeds
     FROM claim WHERE ${HERE} ORDER BY position`,
    at,
  );
  const counts = await db.rows(
    v.object({ run: text, variant: text, benchmark: text, lang: text, n: number, k: number }),
    `SELECT run.run::VARCHAR AS run, variant, benchmark, scope AS lang, n, k
     FROM score JOIN run USING (run)
     WHERE ${CURRENT} AND kind = 'lang' AND metric = 'accuracy'
     ORDER BY variant, seed, benchmark, scope`,
    at,
  );
  const scores = await db.rows(
    v.object({
      run: text,
      variant: text,
      seed: number,
      benchmark: text,
      scope: text,
      metric: text,
      n: maybe,
      k: maybe,
      value: number,
      estimator: text,
    }),
    `SELECT run.run::VARCHAR AS run, variant, seed, benchmark, scope, metric, n, k, value, estimator
     FROM score JOIN run USING (run) WHERE ${CURRENT} AND kind = 'other'
     ORDER BY benchmark, metric, scope, variant, seed`,
    at,
  );
  const slice = {
    ...at,
    version: head.version,
    title: head.title,
    abstract: head.abstract,
    method: head.method,
    baseName: head.base_name,
    paper: head.paper,
    paperRows: head.paper_rows,
    knockouts: head.knockouts,
    figures: head.figures,
    variants,
    benchmarks,
    runs,
    claims,
    counts,
    own: scores.filter(({ metric }) => ![isCoordinate, isFloor, isOfTraining].some((is) => is(metric))),
    floors: scores.filter(({ metric }) => isFloor(metric)),
    points: scores.filter(({ metric }) => isCoordinate(metric)),
    training: scores.filter(({ metric }) => isOfTraining(metric)),
    ...(await readCircumstances(db, at)),
    curves: await readCurves(db, at),
  };
  return { ...slice, rows: sha256(`${hashJson(slice)}${await answersDigest(db, at)}`) };
}

/** Coordinates of a map's points (`MapFigure`) are drawn, not tabulated. */
function isCoordinate(metric: string): boolean {
  return /^map [xy]$/.test(metric);
}

/** What a rule gets that does not read the text is a row of the tables. */
function isFloor(metric: string): boolean {
  return metric.startsWith("floor (");
}

/** What a training came to has a table of its own. */
function isOfTraining(metric: string): boolean {
  return TRAINING.test(metric);
}

async function readBenchmarks(db: Store, at: SliceKey): Promise<Benchmark[]> {
  const heads = await db.rows(
    v.object({ id: text, title: text, unit: text, against: v.nullable(text), note: v.nullable(text) }),
    `SELECT benchmark AS id, title, unit, against, note FROM benchmark WHERE ${HERE} ORDER BY position`,
    at,
  );
  const scopes = await db.rows(
    v.object({ benchmark: text, grp: text, lang: text }),
    `SELECT benchmark, grp, lang FROM scope WHERE ${HERE} ORDER BY benchmark, grp_position, lang_position`,
    at,
  );
  return heads.map((head) => {
    const mine = scopes.filter((row) => row.benchmark === head.id);
    const groups: Group[] = [...new Set(mine.map((row) => row.grp))].map((name) => ({
      name,
      languages: mine.filter((row) => row.grp === name).map((row) => row.lang),
    }));
    return { ...head, groups, languages: [...new Set(mine.map((row) => row.lang))] };
  });
}

/** Costs, provenance and recipes. */
async function readCircumstances(db: Store, at: SliceKey) {
  const steps = await db.rows(
    v.object({ variant: text, step: text, runs: number, reused: number, wall_s: number }),
    `SELECT variant, step, count(*) AS runs, count(*) FILTER (WHERE reused) AS reused, avg(step.wall_s) AS wall_s
     FROM step JOIN run USING (run) WHERE ${CURRENT}
     GROUP BY variant, step ORDER BY min(position), step, variant`,
    at,
  );
  const provenance = await db.rows(
    v.object({ key: text, value: text, runs: number }),
    `SELECT key, value, count(*) AS runs FROM provenance JOIN run USING (run)
     WHERE ${CURRENT} GROUP BY key, value ORDER BY key, runs DESC, value`,
    at,
  );
  const recipe = await db.rows(
    v.object({ variant: text, path: text, value: text }),
    `SELECT variant, path, min(value) AS value FROM recipe JOIN run USING (run)
     WHERE ${CURRENT} GROUP BY variant, path ORDER BY variant, path`,
    at,
  );
  return { steps, provenance, recipe };
}

/** One hash over all answers, whatever the order they lie in. MD5 is stable between DuckDB versions, `hash` is not. */
async function answersDigest(db: Store, at: SliceKey): Promise<string> {
  const [row] = atLeast(
    await db.rows(
      v.object({ digest: v.nullable(text) }),
      `SELECT bit_xor(md5_number(concat_ws(chr(31), run.run_id, benchmark, lang, item, prompt_hash, output,
       coalesce(extracted, chr(0)), gold, correct, operation, operands, sum, kind, mistake)))::VARCHAR AS digest
     FROM sample JOIN run USING (run) WHERE ${CURRENT} ORDER BY digest`,
      at,
    ),
    1,
  );
  return row.digest ?? "";
}
