/**
 * The data files behind a page: what recomputes its numbers (every answer as a mark), and answers in full to read, a
 * file per variant and benchmark, loaded when a reader opens a cell. After writing, every cell is recomputed
 * from the written bytes; a number that does not come out as printed stops the build.
 * @module
 */
import { dirname, join } from "node:path";
import { MISTAKE_NAMES, PARTS } from "../metric/mod.ts";
import { quote } from "../store/schema.ts";
import type { AnswerTuple, CellData, SliceData } from "./client/data.ts";
import { indexMarks, recompute } from "./client/recompute.ts";
import { percent } from "../format.ts";
import { jsonForScript } from "./html/frame.tsx";
import type { Cell, Results } from "../results/table.ts";
import { type Items, type Marks, type SliceKey, sliceName } from "../results/slice.ts";
import type { Store } from "../store/open.ts";
import type { WorldSheets } from "./sheets.ts";
import { type AnswerRow, readAnswers, readPrompts } from "./store/read_answers.ts";

export interface EvidenceInput {
  readonly db: Store;
  readonly results: Results;
  readonly marks: readonly Marks[];
  readonly items: Items;
  /** What is known of the languages. */
  readonly sheets?: WorldSheets | undefined;
  /** The site's folder. */
  readonly out: string;
  /** At most this many answers are written in full. */
  readonly answers: number;
}

/** Path of a slice's data file inside the site. */
export function sliceFile(key: SliceKey): string {
  return `evidence/${sliceName(key)}.js`;
}

/**
 * Writes all data files of a slice.
 * @throws {Error} when a recomputed number differs from the printed one: the store's own scores have been proved before
 */
export async function writeEvidence(input: EvidenceInput): Promise<void> {
  const { results, marks, items, sheets, out } = input;
  const { slice } = results;
  const files = await writeAnswers(input);
  const runs = slice.runs.filter((run) => run.status === "done");
  const position = new Map(runs.map((run, i) => [run.run, i]));
  const data: SliceData = {
    name: sliceName(slice),
    parts: PARTS,
    mistakes: MISTAKE_NAMES,
    benchmarks: Object.fromEntries(
      slice.benchmarks.map((
        { id, title, unit, groups },
      ) => [id, { title, unit, groups, items: items[id] ?? [] }]),
    ),
    languages: Object.fromEntries(
      (sheets?.languages ?? []).map(({ code, family, script }) => [code, { family, script }]),
    ),
    runs: runs.map(({ id, seed, variant, finished }) => ({ id, seed, variant, finished })),
    cells: Object.fromEntries(results.cells.map((cell) => [cell.key, cellData(slice, cell)])),
    verdicts: Object.fromEntries(slice.claims.map(({ claim, verdict }) => [claim, verdict])),
    marks: marks.map((row) => [position.get(row.run)!, row.benchmark, row.lang, row.marks]),
    ...files,
  };
  const path = join(out, sliceFile(slice));
  writeScript(out, sliceFile(slice), data);
  provePrinted(readScript(Deno.readTextFileSync(path)) as SliceData);
}

/** @throws {Error} naming the first number that does not follow from its answers. */
export function provePrinted(data: SliceData): void {
  const index = indexMarks(
    data.marks.map(([run, benchmark, lang, marks]) => ({
      variant: data.runs[run]!.variant,
      benchmark,
      lang,
      marks,
    })),
  );
  for (const [key, cell] of Object.entries(data.cells)) {
    const again = recompute(cell, index);
    if (again.printed === cell.printed && again.k === cell.k && again.n === cell.n) continue;
    throw new Error(
      `Cannot publish the report: cell "${key}" of "${data.name}" says ${cell.printed} (${cell.k} of ${cell.n}), the ` +
        `answers written beside it ${again.printed || "nothing"} (${again.k} of ${again.n}); this is a bug`,
    );
  }
}

function cellData(slice: SliceKey, cell: Cell): CellData {
  const { benchmark, variant, scope, languages, k, n, signature } = cell;
  return {
    benchmark,
    variant,
    scope,
    languages,
    printed: percent(cell.value),
    k,
    n,
    signature,
    low: percent(cell.low),
    high: percent(cell.high),
    paper: cell.paper?.printed ?? null,
    sql: cellSql(slice, cell),
  };
}

/** One statement that gives the printed number from the answers. */
function cellSql(slice: SliceKey, cell: Pick<Cell, "benchmark" | "variant" | "languages">): string {
  return `SELECT 100 * avg(accuracy) AS percent, sum(k)::BIGINT AS k, sum(n)::BIGINT AS n
FROM (
  SELECT lang, avg(correct::INT) AS accuracy, sum(correct::INT) AS k, count(*) AS n
  FROM sample JOIN run USING (run)
  WHERE run.current AND run.status = 'done'
    AND run.experiment = ${quote(slice.experiment)} AND run.scale = ${quote(slice.scale)} AND run.world = ${
    quote(slice.world)
  }
    AND run.variant = ${quote(cell.variant)} AND benchmark = ${quote(cell.benchmark)}
    AND lang IN (${cell.languages.map(quote).join(", ")})
  GROUP BY lang
);
-- every answer behind it: replace the first line and the GROUP BY with
-- SELECT run_id, seed, lang, item, output, extracted, gold, correct ... ORDER BY lang, item, seed`;
}

async function writeAnswers({ db, results: { slice, cells }, marks, items, out, answers }: EvidenceInput) {
  const paths: Record<string, string> = {}, prompts: Record<string, string> = {};
  const total = marks.reduce((sum, row) => sum + row.marks.length, 0);
  const mostProblems = Math.max(0, ...Object.values(items).map((list) => list.length));
  if (total === 0 || cells.length === 0) return { answers: paths, prompts };
  const problems = Math.max(3, Math.floor(mostProblems * Math.min(1, answers / total)));
  const folder = `evidence/${sliceName(slice)}`;
  const runs = slice.runs.filter((run) => run.status === "done");
  const position = new Map(runs.map((run, i) => [run.run, i]));
  const hashes = new Map<string, Set<string>>();
  let key = "", rows: AnswerTuple[] = [];
  const flush = () => {
    if (rows.length === 0) return;
    paths[key] = `${folder}/a${Object.keys(paths).length}.js`;
    writeScript(out, paths[key]!, rows);
    rows = [];
  };
  for await (const chunk of readAnswers(db, slice, problems)) {
    for (const row of chunk) {
      const its = JSON.stringify([row.benchmark, row.variant]);
      if (its !== key) flush();
      key = its;
      rows.push(tuple(row, position));
      const set = hashes.get(row.benchmark) ?? new Set<string>();
      hashes.set(row.benchmark, set.add(row.prompt_hash));
    }
  }
  flush();
  const texts = await readPrompts(db, [...new Set([...hashes.values()].flatMap((set) => [...set]))]);
  for (const [benchmark, set] of hashes) {
    prompts[benchmark] = `${folder}/p${Object.keys(prompts).length}.js`;
    const known = [...set].sort().flatMap((hash) => texts.has(hash) ? [[hash, texts.get(hash)]] : []);
    writeScript(out, prompts[benchmark], Object.fromEntries(known));
  }
  return { answers: paths, prompts };
}

function tuple(row: AnswerRow, position: ReadonlyMap<string, number>): AnswerTuple {
  return [
    row.lang,
    position.get(row.run)!,
    row.item,
    row.prompt_hash,
    row.output,
    row.extracted,
    row.gold,
    row.correct,
    row.parts,
    row.kind,
    row.mistake,
  ];
}

/** Writes a data file: a script that hands its value over. */
export function writeScript(out: string, file: string, value: unknown): void {
  // No flush to disk: the site is built aside and moved into place when it is whole.
  Deno.mkdirSync(join(out, dirname(file)), { recursive: true });
  Deno.writeTextFileSync(
    join(out, file),
    `lingualift.take(${JSON.stringify(file)},${jsonForScript(value)});\n`,
  );
}

/** The value in a data file. */
export function readScript(text: string): unknown {
  return JSON.parse(text.slice(text.indexOf(",") + 1, text.lastIndexOf(");")));
}
