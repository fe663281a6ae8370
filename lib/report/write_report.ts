/**
 * Writes the report: an offline site out of the store, `data/paper` and the languages' texts that it is handed, nothing
 * else. The same store gives the same bytes. It is built beside its place and moved there when it is whole, so a build that
 * fails leaves the old one.
 * @module
 */
import { basename, join } from "node:path";
import { UserError } from "../errors.ts";
import { exists, writeFileAtomic } from "../files.ts";
import { canonicalJson, sha256 } from "../hash.ts";
import { fontFiles } from "./assets/font_faces.ts";
import { styleSheet } from "./assets/style_sheet.ts";
import { scriptPath, SITE_SCRIPTS } from "./client/bundle.ts";
import { writeEvidence } from "./evidence.ts";
import { drawFigureFiles, planCurves, planFigures, planHistory } from "./figures/plan.ts";
import { lightPalette } from "./figures/svg.ts";
import { plural } from "../format.ts";
import type { ScoreHistory } from "./history.ts";
import { ExperimentPage } from "./html/experiment.tsx";
import { type FrameProps, renderPage } from "./html/frame.tsx";
import { OverviewPage } from "./html/overview.tsx";
import { type SampleSet, SamplesIndex, SamplesPage } from "./html/samples.tsx";
import { SettingsPage } from "./html/settings.tsx";
import { largestOf, type SliceKey, sliceName } from "../results/slice.ts";
import type { Results } from "../results/table.ts";
import { computeResults } from "../results/table.ts";
import { loadPaper, type Paper } from "../paper/paper.ts";
import { paperLookup } from "../paper/lookup.ts";
import { openStore, type Store } from "../store/open.ts";
import { type Reading, readResults } from "../results/read_results.ts";
import { readSamples } from "./store/read_samples.ts";
import { listSlices, type NamedSlice, readSlice } from "../results/read_slice.ts";
import { MARK, readMark } from "./mark.ts";
import { readPage } from "./read_page.ts";
import type { WorldSheets } from "./sheets.ts";
import { latexTable } from "./tables/latex.ts";
import { markdownTable, markdownVerdicts } from "./tables/markdown.ts";
import { refuseForeign, replaceFolder } from "./whole_folder.ts";
import { sheetsHash, writeLanguages } from "./write_languages.ts";
import { runsHash, writeRuns } from "./write_runs.ts";

/** From which store, and where to. */
export interface ReportOptions {
  /** Path of `lab.duckdb`. */
  readonly store: string;
  /** Folder of the site; replaced whole. */
  readonly out: string;
  /** At most this many answers are written in full, over all pages; every number uses all answers. */
  readonly answers?: number;
  /** Of slices their scores over commits, which the report cannot ask git for; without them no page has any. */
  readonly history?: ReadonlyMap<string, readonly ScoreHistory[]> | undefined;
  /** Texts of the world's languages; without them the site has no pages of languages. */
  readonly sheets?: WorldSheets | undefined;
  /** Called with a line for each part that is done. */
  readonly onProgress?: (line: string) => void;
}

/** What was written. */
export interface ReportSummary {
  readonly out: string;
  readonly pages: number;
  /** Numbers that were recomputed from their answers. */
  readonly cells: number;
  readonly answers: number;
  /** SHA-256 over all rows the site is drawn from. */
  readonly rows: string;
  readonly verdicts: Readonly<Record<string, number>>;
}

/**
 * Answers that are written in full unless someone asks for more: all of a single experiment at scale micro, and few enough
 * that the site of a whole suite has less than 20 MB (`tests/report/site_size_test.ts`).
 */
export const ANSWERS_IN_FULL = 20_000;

/**
 * Writes the site.
 * @throws {UserError} when the store cannot be read or believed, has no runs, or `out` is a folder of something else.
 */
export async function writeReport(options: ReportOptions): Promise<ReportSummary> {
  const { store, out } = options;
  refuseForeign(out, MARK, "Cannot write the report to");
  using db = await openStore(store, "read");
  const keys = await listSlices(db);
  if (keys.length === 0) {
    throw new UserError(
      `Cannot report on "${store}": it holds no finished run; run \`deno task experiment\` first`,
    );
  }
  return await replaceFolder(out, (building) => writeSite(db, keys, building, options));
}

async function writeSite(
  db: Store,
  keys: readonly NamedSlice[],
  building: string,
  { out, answers = ANSWERS_IN_FULL, sheets, history, onProgress = () => {} }: ReportOptions,
): Promise<ReportSummary> {
  const paper = loadPaper();
  const css = styleSheet();
  writeAssets(building, css);
  const site: Site = {
    db,
    paper,
    out: building,
    palette: lightPalette(css),
    siblings: keys,
    sheets,
    history,
  };
  const all: Results[] = [];
  using beside = await db.beside();
  let ahead = read(beside, keys[0]!);
  for (const [i, key] of keys.entries()) {
    const reading = ahead;
    // DuckDB reads the next one on its own threads while this one is worked out and written.
    if (i + 1 < keys.length) ahead = read(beside, keys[i + 1]!);
    all.push(await writeSlice(site, key, await reading, Math.ceil(answers / keys.length)));
    onProgress(`${sliceName(key)}: ${plural(all.at(-1)!.cells.length, "number")} recomputed`);
  }
  return await writeOverview(site, all, out);
}

/**
 * Whether a written site still follows from the store and the languages' texts.
 * @returns the slices whose rows are other ones now, "runs" when the list of runs is, and "languages" when the texts are;
 * empty when all is well.
 * @throws {UserError} when there is no site at `out`.
 */
export async function checkReport(
  { store, out, sheets }: Pick<ReportOptions, "store" | "out" | "sheets">,
): Promise<string[]> {
  const path = join(out, MARK);
  if (!exists(path)) {
    throw new UserError(`Cannot check "${out}": there is no report; run \`deno task report\` first`);
  }
  const { slices: written, languages, runs } = readMark(path);
  using db = await openStore(store, "read");
  const now = new Map<string, string>();
  for (const key of await listSlices(db)) now.set(sliceName(key), (await readSlice(db, key)).rows);
  const stale = [...new Set([...now.keys(), ...Object.keys(written)])].sort().filter((name) =>
    now.get(name) !== written[name]
  );
  if (runs !== await runsHash(db)) stale.push("runs");
  if (languages !== (sheets ? sheetsHash(sheets) : null)) stale.push("languages");
  return stale;
}

interface Site {
  readonly db: Store;
  readonly paper: Paper;
  readonly out: string;
  readonly palette: ReadonlyMap<string, string>;
  readonly siblings: readonly NamedSlice[];
  readonly sheets?: WorldSheets | undefined;
  readonly history?: ReportOptions["history"];
}

/** Reads ahead; a failure is reported where it is awaited, also when an earlier slice fails first. */
function read(db: Store, key: SliceKey): Promise<Reading> {
  const reading = readResults(db, key);
  reading.catch(() => {});
  return reading;
}

async function writeSlice(
  site: Site,
  key: SliceKey,
  { slice, items, marks }: Reading,
  answers: number,
): Promise<Results> {
  const paper = paperLookup(site.paper);
  const results = computeResults({ slice, marks, items }, paper);
  await writeEvidence({ ...site, results, marks, items, answers });
  const figures = planFigures(results, paper);
  const curves = planCurves(results);
  const history = planHistory(results, site.history?.get(sliceName(slice)) ?? []);
  await drawFigureFiles([...[...figures.values()].flat(), ...curves, ...history], site.out, site.palette);
  for (const benchmark of slice.benchmarks) {
    const stem = join(site.out, "tables", `${sliceName(slice)}.${benchmark.id}`);
    writeFileAtomic(`${stem}.md`, markdownTable(results, benchmark));
    writeFileAtomic(`${stem}.tex`, latexTable(results, benchmark));
  }
  if (slice.claims.length > 0) {
    writeFileAtomic(join(site.out, "tables", `${sliceName(slice)}.verdicts.md`), markdownVerdicts(results));
  }
  writePage(site, `experiments/${sliceName(slice)}.html`, {
    title: `${slice.title} · LinguaLIFT Lab`,
    foot: foot(slice.rows),
    scripts: [
      ...["assets/vega.min.js", "assets/vega-lite.min.js", "assets/vega-embed.min.js", "assets/site.js"],
      "assets/fonts.js",
    ],
    children: ExperimentPage(
      await readPage(site.db, {
        results,
        figures,
        curves,
        history,
        paper: site.paper,
        siblings: site.siblings.filter((other) =>
          other.experiment === key.experiment && sliceName(other) !== sliceName(key)
        ),
        shelf: site.siblings.filter(({ scale, world }) => scale === key.scale && world === key.world),
      }),
    ),
  });
  return results;
}

async function writeOverview(site: Site, all: readonly Results[], out: string): Promise<ReportSummary> {
  const main = mainSlices(all);
  const rows = sha256(all.map(({ slice }) => `${sliceName(slice)} ${slice.rows}\n`).join(""));
  const frame = { foot: foot(rows), scripts: [] };
  writePage(site, "index.html", {
    ...frame,
    title: "LinguaLIFT Lab: report",
    children: OverviewPage({
      main,
      all,
      languages: site.sheets?.languages.length ?? 0,
      tables: site.paper.tables,
    }),
  });
  const sets = await sampleSets(site.db, main);
  writePage(site, "samples.html", {
    ...frame,
    title: "Samples · LinguaLIFT Lab",
    children: SamplesIndex({ sets }),
  });
  for (const set of sets) {
    writePage(site, set.path, {
      ...frame,
      title: `${set.benchmark.title}: samples · LinguaLIFT Lab`,
      scripts: ["assets/fonts.js"],
      children: SamplesPage({ set }),
    });
  }
  writePage(site, "settings.html", {
    ...frame,
    title: "Settings · LinguaLIFT Lab",
    children: SettingsPage({ settings: site.paper.settings }),
  });
  const runs = await writeRuns({
    db: site.db,
    out: site.out,
    slices: new Set(all.map(({ slice }) => sliceName(slice))),
    writePage: (path, props) => writePage(site, path, props),
  });
  const languagePages = site.sheets === undefined
    ? 0
    : writeLanguages(site.sheets, (path, props) => writePage(site, path, props));
  const claims = main.flatMap(({ slice }) => slice.claims);
  const summary: ReportSummary = {
    out,
    pages: 4 + sets.length + languagePages + all.length,
    cells: all.reduce((sum, { cells }) => sum + cells.length, 0),
    answers: all.reduce((sum, { slice }) => sum + slice.counts.reduce((n, count) => n + count.n, 0), 0),
    rows,
    verdicts: Object.fromEntries(
      [...Map.groupBy(claims, ({ verdict }) => verdict)].map(([verdict, list]) => [verdict, list.length]),
    ),
  };
  const slices = Object.fromEntries(all.map(({ slice }) => [sliceName(slice), slice.rows]));
  const languages = site.sheets ? sheetsHash(site.sheets) : null;
  const { out: _, ...facts } = summary;
  writeFileAtomic(
    join(site.out, MARK),
    `${canonicalJson({ format: "lingualift-report", ...facts, slices, languages, runs })}\n`,
  );
  return summary;
}

/** Of every experiment and world its largest scale: what the overview speaks of. */
function mainSlices(all: readonly Results[]): Results[] {
  const byPlace = Map.groupBy(all, ({ slice }) => `${slice.experiment}\n${slice.world}`);
  return [...byPlace.values()].map((list) => {
    const largest = largestOf(list.map(({ slice }) => slice));
    return list.find(({ slice }) => slice === largest)!;
  });
}

async function sampleSets(db: Store, main: readonly Results[]): Promise<SampleSet[]> {
  const sets = new Map<string, SampleSet>();
  for (const { slice } of main) {
    for (const benchmark of slice.benchmarks) {
      const path = `samples/${slice.world}.${benchmark.id}.html`;
      const known = sets.get(path);
      if (known && known.benchmark.languages.length >= benchmark.languages.length) continue;
      const samples = await readSamples(db, slice, benchmark, 3);
      if (samples.length > 0) sets.set(path, { slice, benchmark, samples, path });
    }
  }
  return [...sets.values()].sort((a, b) => a.path < b.path ? -1 : 1);
}

function writePage(site: Site, path: string, props: Omit<FrameProps, "path" | "languages">): void {
  const page = renderPage({ ...props, path, languages: site.sheets !== undefined });
  writeFileAtomic(join(site.out, path), page);
}

function foot(rows: string): string {
  return `Drawn from the store alone. SHA-256 of the rows: ${rows}`;
}

/** The style sheet, the fonts, the scripts, and Vega as it comes in its packages. */
function writeAssets(out: string, css: string): void {
  const copy = (from: string, to: string) =>
    writeFileAtomic(join(out, "assets", to), Deno.readFileSync(new URL(from)));
  writeFileAtomic(join(out, "assets", "site.css"), css);
  for (const { href } of fontFiles()) copy(href, `fonts/${basename(href)}`);
  for (const name of SITE_SCRIPTS) copy(scriptPath(name).href, name);
  copy(new URL("./vega.min.js", import.meta.resolve("vega")).href, "vega.min.js");
  copy(new URL("./vega-lite.min.js", import.meta.resolve("vega-lite")).href, "vega-lite.min.js");
  copy(new URL("./vega-embed.min.js", import.meta.resolve("vega-embed")).href, "vega-embed.min.js");
}
