/**
 * What `deno task experiment` prints at the end: the table and the verdicts, or both as JSON.
 * @module
 */
import { exists } from "../../files.ts";
import { estimatesOf } from "../../results/estimates.ts";
import { paperLookup } from "../../paper/lookup.ts";
import { loadPaper } from "../../paper/paper.ts";
import { paperTables } from "../../results/paper_table.ts";
import { readParts } from "../../results/parts.ts";
import { readResults } from "../../results/read_results.ts";
import { listSlices } from "../../results/read_slice.ts";
import { sliceName } from "../../results/slice.ts";
import { TOLD, toldFromZero } from "../../results/told.ts";
import { type Found, headerOf } from "../../lab/experiment/discover.ts";
import type { LabPaths } from "../../lab/record/paths.ts";
import type { DecidedRun } from "../../lab/plan/decide.ts";
import { isFirstLook, scaleNote } from "../../lab/experiment/scale_notes.ts";
import { variantNames } from "../../lab/plan/resolve.ts";
import { openStore } from "../../store/open.ts";
import { shownOf, VERDICT_WORDS, verdictTitle } from "../../lab/experiment/verdict_words.ts";
import { lineRoom, wrap } from "../terminal/wrap.ts";
import { floorCells, formatPaperTable, formatParts, formatTable, groupCells } from "../terminal/table.ts";
import { print } from "../terminal/print.ts";

/** Prints the results of the experiments that these runs belong to. */
export async function printResults(
  paths: LabPaths,
  { runs, failed, json, parts = false }: {
    runs: readonly DecidedRun[];
    failed: readonly { readonly name: string; readonly error: string }[];
    json: boolean;
    /** Whether to print what of the solutions is right, too. */
    parts?: boolean;
  },
): Promise<void> {
  const tables = new Map(runs.map(({ experiment, spec }) => {
    const key = { experiment: experiment.id, scale: spec.scale, world: spec.world };
    return [JSON.stringify(key), { ...key, title: experiment.title }];
  }));
  const out: unknown[] = [];
  const paper = paperLookup(loadPaper());
  using store = exists(paths.database) ? await openStore(paths.database, "read") : undefined;
  const known = new Set(store ? (await listSlices(store)).map(sliceName) : []);
  for (const { title, ...key } of tables.values()) {
    const reading = store && known.has(sliceName(key)) ? await readResults(store, key) : undefined;
    const estimates = reading && estimatesOf(reading);
    const cells = reading && estimates ? groupCells(reading.slice, estimates) : [];
    const floors = reading && estimates ? floorCells(reading.slice, estimates) : [];
    const claims = reading?.slice.claims ?? [];
    const worded = claims.map(({ claim, sentence, source, verdict, because }) => (
      { claim, sentence, source, verdict: VERDICT_WORDS[verdict], because }
    ));
    const solutions = store && reading && (json || parts) ? await readParts(store, reading.slice) : [];
    const printed = reading ? paperTables(reading.slice, paper) : [];
    out.push({ ...key, title, cells, floors, printed, solutions, claims: worded });
    if (json) continue;
    const done = reading?.slice.runs.filter(({ status }) => status === "done") ?? [];
    const seeds = [...new Set(done.map(({ seed }) => seed))].sort((a, b) => a - b);
    print(`\n${wrap(`${title} (${[key.experiment, key.scale, key.world, seedList(seeds)].join(", ")})`)}\n`);
    const note = scaleNote(key.scale);
    if (note) print(`${wrap(note.text)}\n\n`);
    if (cells.length > 0) print(formatTable(cells, floors, lineRoom()));
    for (const [i, table] of printed.entries()) {
      print(`${cells.length > 0 || i > 0 ? "\n" : ""}${formatPaperTable(table)}`);
    }
    if (cells.length === 0 && printed.length === 0) print("No results yet");
    const effects = reading?.slice.benchmarks.flatMap(({ id }) =>
      (estimates?.effects(id) ?? []).map((one) => ({ ...one, benchmark: id }))
    ) ?? [];
    if (reading && effects.length > 0 && isFirstLook(key.scale)) {
      print(`\n${wrap(TOLD)}`);
      for (const line of toldFromZero(reading.slice, effects)) {
        print(wrap(line, "    "));
      }
    }
    if (solutions.length > 0) {
      print(`\n${formatParts(solutions)}`);
    }
    if (claims.length > 0) {
      print("");
    }
    for (const { verdict, sentence, source, because } of claims) {
      print(wrap(`${verdictTitle(shownOf(verdict, key.scale))}: ${sentence} (${source})`));
      print(wrap(because, "    "));
    }
  }
  if (json) {
    const list = runs.map(({ id, done }) => ({ id, done }));
    print(JSON.stringify({ experiments: out, runs: list, failed }, null, 2));
  }
}

function seedList(seeds: readonly number[]): string {
  return seeds.length === 0 ? "no seed yet" : `${seeds.length === 1 ? "seed" : "seeds"} ${seeds.join(", ")}`;
}

/** `--list`: every experiment with its title, variants and first line of its abstract. */
export function printList(found: readonly Found[], json: boolean): void {
  if (json) {
    const list = found.map(({ experiment, file }) => ({
      id: experiment.id,
      version: experiment.version,
      title: experiment.title,
      variants: variantNames(experiment),
      benchmarks: experiment.benchmarks,
      worldBenchmarks: experiment.worldBenchmarks ?? {},
      paper: experiment.paper ?? {},
      abstract: headerOf(file),
    }));
    print(JSON.stringify(list, null, 2));
    return;
  }
  for (const { experiment } of found) {
    print(`${experiment.id}: ${experiment.title}\n    ${variantNames(experiment).join(" | ")}`);
  }
}
