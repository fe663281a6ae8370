/**
 * The gate: compares the store with the committed baselines. A comparison that cannot be made never reads as a pass.
 * @module
 */
import { join } from "node:path";
import * as v from "valibot";
import { atLeast } from "../../checked.ts";
import { didYouMean, UserError } from "../../errors.ts";
import { exists, writeFileAtomic } from "../../files.ts";
import { type SliceKey, sliceName } from "../../results/slice.ts";
import { computeResults } from "../../results/table.ts";
import { loadPaper } from "../../paper/paper.ts";
import { paperLookup } from "../../paper/lookup.ts";
import { openStore, type Store } from "../../store/open.ts";
import { paperTables } from "../../results/paper_table.ts";
import { readParts } from "../../results/parts.ts";
import { readResults } from "../../results/read_results.ts";
import { listSlices } from "../../results/read_slice.ts";
import { markdownTable, markdownVerdicts } from "../tables/markdown.ts";
import { text } from "../tables/plain.ts";
import { markdownPaperTable } from "../tables/paper_table.ts";
import { markdownParts } from "../tables/parts.ts";
import { type Baseline, readBaselines, takeBaseline, writeBaseline } from "./baseline.ts";
import { compareBaselines, type Comparison, fails, type Flip } from "./compare.ts";
import { readmePath, withVerdicts } from "./readme.ts";

/** What is compared, with which baselines, and what is to be written. */
export interface RegressOptions {
  /** Path of `lab.duckdb`. */
  readonly store: string;
  /** Folder of baselines and of the committed tables: `reports`. The README beside it has a table of verdicts. */
  readonly reports: string;
  /** Only these experiments; naming one makes its absence a failure. */
  readonly experiments?: readonly string[];
  readonly scale?: string;
  readonly world?: string;
  /** Any flipped answer fails: for runs that repeat byte for byte. */
  readonly exact?: boolean;
}

/** A flipped answer as it is now; `output` and `extracted` are untrusted text. */
export interface FlippedAnswer extends Flip {
  readonly extracted: string | null;
  readonly gold: string;
  readonly output: string;
}

export interface SliceComparison extends SliceKey {
  readonly comparisons: readonly Comparison[];
  readonly verdicts: readonly { readonly claim: string; readonly before: string; readonly now: string }[];
  /** The first flips of each failing metric, in full. */
  readonly flipped: readonly FlippedAnswer[];
}

/** What the gate found. */
export interface RegressResult {
  /** 0 pass, 1 regression or missing, 3 nothing to compare with. Errors (2) are thrown. */
  readonly code: 0 | 1 | 3;
  readonly slices: readonly SliceComparison[];
  /** Baselines without runs here, and asked-for or stored results without a baseline. */
  readonly notRun: readonly string[];
  readonly noBaseline: readonly string[];
  /** Committed tables, and a README, that do not follow from the baselines. */
  readonly stale: readonly string[];
}

/** Flips listed for each failing metric. */
const LISTED = 10;

/**
 * Compares.
 * @throws {UserError} when the store or a baseline cannot be read or believed, or an experiment is unknown to both.
 */
export async function regress(options: RegressOptions): Promise<RegressResult> {
  const baselines = readBaselines(join(options.reports, "baselines")).filter(asked(options));
  using db = await openStore(options.store, "read");
  const keys = await selectSlices(db, options, baselines);
  const stored = new Map(keys.map((key) => [sliceName(key), key]));
  const slices: SliceComparison[] = [];
  for (const baseline of baselines) {
    const key = stored.get(sliceName(baseline));
    if (key) slices.push(await compareSlice(db, key, baseline, options.exact ?? false));
  }
  const known = new Set(baselines.map(sliceName));
  const notRun = baselines.map(sliceName).filter((name) => !stored.has(name));
  const noBaseline = [...stored.keys()].filter((name) => !known.has(name));
  const stale = [...staleTables(options.reports, baselines), ...staleReadme(options.reports)];
  const failed = slices.some(({ comparisons }) => comparisons.some(fails)) || stale.length > 0 ||
    (namesOf(options).length > 0 && notRun.length > 0);
  return { code: failed ? 1 : slices.length === 0 ? 3 : 0, slices, notRun, noBaseline, stale };
}

/** Writes baselines, tables and the README's verdicts for what the store holds. @returns the files written */
export async function updateBaselines(options: RegressOptions): Promise<string[]> {
  using db = await openStore(options.store, "read");
  const keys = await selectSlices(db, options, []);
  if (keys.length === 0) {
    throw new UserError(`Cannot write baselines: "${options.store}" holds no matching run`);
  }
  const lookup = paperLookup(loadPaper());
  const written: string[] = [];
  for (const key of keys) {
    const { slice, marks, items } = await readResults(db, key);
    written.push(writeBaseline(join(options.reports, "baselines"), takeBaseline(slice, marks, items)));
    const results = computeResults({ slice, marks, items }, lookup);
    const solutions = await readParts(db, slice);
    const parts = slice.benchmarks.flatMap((benchmark) => {
      const ofSolutions = markdownParts(solutions, benchmark);
      return [markdownTable(results, benchmark), ...(ofSolutions === undefined ? [] : [ofSolutions])];
    });
    parts.unshift(...paperTables(slice, lookup).map((table) => markdownPaperTable(table)));
    if (slice.claims.length > 0) parts.unshift(markdownVerdicts(results));
    const path = tablesPath(options.reports, slice);
    writeFileAtomic(path, `# ${text(slice.title)}\n\nRows ${slice.rows}\n\n${parts.join("\n")}`);
    written.push(path);
  }
  const readme = readmePath(options.reports);
  if (readme !== undefined) {
    // In place: a task may write this one file of the folder and no other.
    Deno.writeTextFileSync(readme, withVerdicts(Deno.readTextFileSync(readme), options.reports));
    written.push(readme);
  }
  return written;
}

function tablesPath(reports: string, key: SliceKey): string {
  return join(reports, "tables", `${sliceName(key)}.md`);
}

/** Tables that were not drawn from the rows of their baseline. */
function staleTables(reports: string, baselines: readonly Baseline[]): string[] {
  return baselines.map((baseline) => ({ path: tablesPath(reports, baseline), rows: baseline.rows }))
    .filter(({ path, rows }) => !exists(path) || !Deno.readTextFileSync(path).includes(`\nRows ${rows}\n`))
    .map(({ path }) => path);
}

/** A README whose verdicts are not those of the committed tables. */
function staleReadme(reports: string): string[] {
  const path = readmePath(reports);
  if (path === undefined) return [];
  const text = Deno.readTextFileSync(path);
  return withVerdicts(text, reports) === text ? [] : [path];
}

function namesOf(options: RegressOptions): readonly string[] {
  return options.experiments ?? [];
}

function asked(options: RegressOptions): (key: SliceKey) => boolean {
  const names = namesOf(options);
  return (key) =>
    (names.length === 0 || names.includes(key.experiment)) &&
    (options.scale === undefined || key.scale === options.scale) &&
    (options.world === undefined || key.world === options.world);
}

async function selectSlices(
  db: Store,
  options: RegressOptions,
  baselines: readonly Baseline[],
): Promise<SliceKey[]> {
  const all = await listSlices(db);
  const known = new Set([...all, ...baselines].map(({ experiment }) => experiment));
  for (const name of namesOf(options)) {
    if (!known.has(name)) {
      throw new UserError(`Unknown experiment "${name}": ${didYouMean(name, [...known])}`);
    }
  }
  return all.filter(asked(options));
}

async function compareSlice(
  db: Store,
  key: SliceKey,
  baseline: Baseline,
  exact: boolean,
): Promise<SliceComparison> {
  const { slice, marks, items } = await readResults(db, key);
  const now = takeBaseline(slice, marks, items);
  const comparisons = compareBaselines(baseline, now, exact);
  const flips = comparisons.filter(fails).flatMap((comparison) =>
    comparison.flips.filter((flip) => !flip.now).slice(0, LISTED)
  );
  const unique = [...new Map(flips.map((flip) => [JSON.stringify(flip), flip])).values()];
  return {
    ...key,
    comparisons,
    verdicts: Object.entries(baseline.verdicts).flatMap(([claim, before]) => {
      const after = now.verdicts[claim] ?? "missing";
      return after === before ? [] : [{ claim, before, now: after }];
    }),
    flipped: await Promise.all(unique.map((flip) => readFlip(db, key, flip))),
  };
}

async function readFlip(db: Store, key: SliceKey, flip: Flip): Promise<FlippedAnswer> {
  const [row] = atLeast(
    await db.rows(
      v.object({ extracted: v.nullable(v.string()), gold: v.string(), output: v.string() }),
      `SELECT extracted, gold, output FROM sample JOIN run USING (run)
     WHERE run.current AND run.status = 'done' AND experiment = $experiment AND scale = $scale AND world = $world
       AND variant = $variant AND seed = $seed AND benchmark = $benchmark AND lang = $lang AND item = $item
     ORDER BY run.run_id LIMIT 1`,
      {
        experiment: key.experiment,
        scale: key.scale,
        world: key.world,
        variant: flip.variant,
        seed: flip.seed,
        benchmark: flip.benchmark,
        lang: flip.lang,
        item: flip.item,
      },
    ),
    1,
  );
  return { ...flip, ...row };
}
