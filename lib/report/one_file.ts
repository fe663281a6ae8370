/**
 * Writes one experiment's page as a single HTML file to send: everything that the page shows and recomputes is in it. The
 * answers that can be read are as many as fit; marks of all are there, so that every number is recomputed.
 * @module
 */
import { join } from "node:path";
import { didYouMean, UserError } from "../errors.ts";
import { exists, removeTree, writeFileAtomic } from "../files.ts";
import { plural } from "../format.ts";
import { loadPaper } from "../paper/paper.ts";
import { paperLookup } from "../paper/lookup.ts";
import { readResults } from "../results/read_results.ts";
import { listSlices, type NamedSlice } from "../results/read_slice.ts";
import { largestOf, sliceName } from "../results/slice.ts";
import { computeResults } from "../results/table.ts";
import { openStore } from "../store/open.ts";
import { styleOf } from "./assets/style_sheet.ts";
import { scriptPath } from "./client/bundle.ts";
import type { AnswerTuple, SliceData } from "./client/data.ts";
import { type EvidenceInput, readScript, sliceFile, writeEvidence } from "./evidence.ts";
import { planCurves, planFigures } from "./figures/plan.ts";
import { drawSvg } from "./figures/svg.ts";
import { ExperimentPage } from "./html/experiment.tsx";
import { jsonForScript } from "./html/frame.tsx";
import { ONE_FILE_MARK, renderOneFile } from "./html/one_file.tsx";
import { readPage } from "./read_page.ts";
import type { WorldSheets } from "./sheets.ts";

/** From which store, what, and where to. */
export interface OneFileOptions {
  /** Path of `lab.duckdb`. */
  readonly store: string;
  readonly file: string;
  /** Its id, or that of one of its pages: "stage_removal.mini.micro". Without it the only one that there is. */
  readonly experiment?: string | undefined;
  /** At most this many answers that can be read. */
  readonly answers: number;
  /** What is known of the languages, by which its tables can be filtered. */
  readonly sheets?: WorldSheets | undefined;
  /** Bytes that the file should not have more of. */
  readonly limit?: number;
}

/** What was written. */
export interface OneFileSummary {
  readonly file: string;
  /** "stage_removal.mini.micro". */
  readonly slice: string;
  readonly bytes: number;
  /** Numbers that were recomputed from their answers. */
  readonly cells: number;
  readonly answers: number;
  /** Answers that can be read in the file. */
  readonly readable: number;
  /** Whether it has more bytes than it should, with no answer to leave out any more. */
  readonly isOver: boolean;
}

/** What many mail servers still take. */
const LIMIT = 5_000_000;
/** Of the room for answers, since the sizes of others are not quite those of the ones that were tried. */
const CARE = 0.97;

/**
 * Writes the file.
 * @throws {UserError} when the store cannot be read or believed, has no such experiment, or another file is there.
 */
export async function writeOneFile(
  { store, file, experiment, answers, sheets, limit = LIMIT }: OneFileOptions,
): Promise<OneFileSummary> {
  refuseForeign(file);
  using db = await openStore(store, "read");
  const key = choose(await listSlices(db), experiment, store);
  const { slice, items, marks } = await readResults(db, key);
  const paper = loadPaper();
  const results = computeResults({ slice, marks, items }, paperLookup(paper));
  const figures = planFigures(results, paperLookup(paper));
  const curves = planCurves(results);
  const drawings = new Map<string, string>();
  for (const { name, spec } of [...[...figures.values()].flat(), ...curves]) {
    drawings.set(name, await drawSvg(spec, undefined, { isFirst: drawings.size === 0 }));
  }
  const props = await readPage(db, { results, figures, curves, drawings, paper, siblings: [], shelf: [] });
  const render = (data: ReadonlyMap<string, string>): string =>
    renderOneFile({
      title: `${slice.title} \u00b7 LinguaLIFT Lab`,
      foot: `Drawn from the store alone. SHA-256 of the rows: ${slice.rows}`,
      css: styleOf(),
      head: Deno.readTextFileSync(scriptPath("scheme.js")),
      script: Deno.readTextFileSync(scriptPath("site.js")),
      data,
      children: ExperimentPage(props),
    });
  const building = `${file}.building`;
  try {
    const evidence = { db, results, marks, items, sheets, out: building };
    const { html, readable } = await fit(render, evidence, { answers, limit });
    const bytes = writeText(file, html);
    return {
      ...{ file, slice: sliceName(slice), bytes, cells: results.cells.length, readable },
      answers: slice.counts.reduce((sum, { n }) => sum + n, 0),
      isOver: bytes > limit,
    };
  } finally {
    removeTree(building);
  }
}

/** The page with as many answers as there is room for. */
async function fit(
  render: (data: ReadonlyMap<string, string>) => string,
  evidence: Omit<EvidenceInput, "answers">,
  { answers, limit }: { answers: number; limit: number },
): Promise<{ html: string; readable: number }> {
  const sizeOf = (html: string): number => new TextEncoder().encode(html).length;
  let wanted = Math.min(answers, evidence.marks.reduce((sum, row) => sum + row.marks.length, 0));
  for (let before = Infinity;;) {
    removeTree(evidence.out);
    await writeEvidence({ ...evidence, answers: wanted });
    const all = dataOf(evidence), html = render(all.data);
    if (answers > 0 && sizeOf(html) <= limit) return { html, readable: all.readable };
    const none = dataOf(evidence, { withAnswers: false }), bare = render(none.data);
    const room = limit - sizeOf(bare);
    // No fewer come of asking for fewer: a benchmark has answers to three problems, or none.
    if (answers === 0 || room <= 0 || all.readable >= before) return { html: bare, readable: 0 };
    before = all.readable;
    wanted = Math.floor(CARE * wanted * room / (sizeOf(html) - sizeOf(bare)));
  }
}

/** The data files that were written, as JSON. */
function dataOf(
  { out, results: { slice } }: Pick<EvidenceInput, "out" | "results">,
  { withAnswers = true } = {},
): { data: Map<string, string>; readable: number } {
  const read = (path: string): unknown => readScript(Deno.readTextFileSync(join(out, path)));
  const main = read(sliceFile(slice)) as SliceData;
  const { answers, prompts } = withAnswers ? main : { answers: {}, prompts: {} };
  const data = new Map([[sliceFile(slice), jsonForScript({ ...main, answers, prompts })]]);
  let readable = 0;
  for (const path of Object.values(answers)) {
    const rows = read(path) as AnswerTuple[];
    readable += rows.length;
    data.set(path, jsonForScript(rows));
  }
  for (const path of Object.values(prompts)) data.set(path, jsonForScript(read(path)));
  return { data, readable };
}

/** The page that is meant: of an experiment the one at its largest scale. */
function choose(slices: readonly NamedSlice[], asked: string | undefined, store: string): NamedSlice {
  if (slices.length === 0) {
    throw new UserError(
      `Cannot report on "${store}": it holds no finished run; run \`deno task experiment\` first`,
    );
  }
  const experiments = [...new Set(slices.map(({ experiment }) => experiment))];
  if (asked === undefined && experiments.length > 1) {
    throw new UserError(
      `Cannot write one file of ${plural(experiments.length, "experiment")}: name one of ${
        experiments.join(", ")
      }`,
    );
  }
  const exact = slices.find((key) => sliceName(key) === asked);
  const own = slices.filter(({ experiment }) => experiment === (asked ?? experiments[0]));
  const found = exact ?? largestOf(own);
  if (found !== undefined) return found;
  const valid = [...experiments, ...slices.map(sliceName)];
  throw new UserError(`Cannot find "${asked}" in "${store}": ${didYouMean(asked!, valid)}`);
}

/** @throws {UserError} when something else is there. */
function refuseForeign(file: string): void {
  if (!exists(file)) return;
  const isFile = Deno.statSync(file).isFile;
  if (isFile && Deno.readTextFileSync(file).slice(0, 1000).includes(ONE_FILE_MARK)) return;
  throw new UserError(
    `Cannot write the report to "${file}": ${isFile ? "another file" : "a folder"} is there; name a new file`,
  );
}

function writeText(file: string, text: string): number {
  const bytes = new TextEncoder().encode(text);
  writeFileAtomic(file, bytes);
  return bytes.length;
}
