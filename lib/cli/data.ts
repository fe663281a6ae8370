/**
 * `deno task data`: which real data sets are in the data folder, which are not, and where to get them; MMWP chosen from
 * ASDiv and MAWPS; the quality of translations. Reads only: what it makes goes to stdout, what it says of it to stderr.
 *
 *     deno task data                    what is in $LINGUALIFT_DATA, else ../shared/data
 *     deno task data --data DIR --check read every file and count its rows
 *     deno task -q data mmwp > DIR/mmwp/en.jsonl
 *     deno task data multimwp --each 5  MultiMWP's counts, and problems for a speaker to judge
 *     deno task data quality --reference DIR/mmwp/en.jsonl --hypothesis back/de.jsonl back/sw.jsonl
 * @module
 */
import { act, command } from "./command.ts";
import { exitWith } from "./exit.ts";
import { multiMwpSheet } from "./multimwp_sheet.ts";
import { print, tell } from "./terminal/print.ts";
import { choice, wholeNumber } from "./values.ts";
import { UserError } from "../errors.ts";
import { exists } from "../files.ts";
import { loadAsdiv } from "../world/open/asdiv.ts";
import {
  backTranslationQuality,
  formatQuality,
  meanQuality,
  TEXT_FORMATS,
  type TextFormat,
} from "../world/open/back_translation.ts";
import { dataSet, inventory } from "../world/open/catalog.ts";
import { loadMawps } from "../world/open/mawps.ts";
import { formatMmwp } from "../world/open/mmwp.ts";
import { DRAWN_EACH, REASONS, type SelectionCounts, selectMmwp } from "../world/open/mmwp_selection.ts";
import type { Source } from "../world/open/read.ts";
import { describeStatus, statusOf } from "../world/open/status.ts";

interface ListOptions {
  readonly data: string;
  readonly check: boolean;
  readonly json: boolean;
}

interface MmwpOptions {
  readonly data?: string;
  readonly seed: number;
  readonly each: number;
  readonly partial: boolean;
}

interface QualityOptions {
  readonly reference: readonly string[];
  readonly hypothesis: readonly string[];
  readonly format: TextFormat;
  readonly json: boolean;
}

/** Runs the command. @returns the exit code: 2 when `--check` finds a damaged file */
async function main(args: readonly string[]): Promise<number> {
  let code = 0;
  const data = command("data", "which real data sets are there, which are not, and where to get them")
    .enablePositionalOptions()
    .option("--data <dir>", "data folder", Deno.env.get("LINGUALIFT_DATA") ?? "../shared/data")
    .option("--check", "read every file and count its rows", false)
    .option("--json", "print JSON", false)
    .action((options: ListOptions) => {
      code = list(options);
    });
  data.command("mmwp").description("choose MMWP's English problems from ASDiv and MAWPS: prints en.jsonl")
    .option("--data <dir>", "data folder with asdiv and mawps (default: as above)")
    .option("--seed <n>", "seed of the draw", wholeNumber("--seed", 0), 1)
    .option(
      "--each <n>",
      "problems to draw from each set before the filter",
      wholeNumber("--each", 0),
      DRAWN_EACH,
    )
    .option("--partial", "accept files with another number of problems than the published ones", false)
    .action((options: MmwpOptions) => chooseMmwp(options.data ?? data.opts<ListOptions>().data, options));
  data.command("multimwp").description(
    "MultiMWP's counts, and problems of each language for a speaker to judge",
  )
    .option("--data <dir>", "data folder with multimwp (default: as above)")
    .option("--each <n>", "problems a language", wholeNumber("--each", 0), 5)
    .action(({ data: own, each }: { readonly data?: string; readonly each: number }) =>
      print(multiMwpSheet(own ?? data.opts<ListOptions>().data, each))
    );
  data.command("quality").description("BLEU, chrF and TER of translations that were translated back")
    .requiredOption("--reference <files...>", "the originals: lines of text, or JSON lines as MMWP has them")
    .requiredOption("--hypothesis <files...>", "the back-translations, a file for each language")
    .option(
      "--format <format>",
      `what the files hold: ${TEXT_FORMATS.join(", ")} (which looks at the whole file)`,
      choice("format", TEXT_FORMATS),
      "auto",
    )
    .option("--json", "print JSON", false)
    .action(judge);
  await act(data, args);
  return code;
}

function list({ data, check, json }: ListOptions): number {
  if (!exists(data)) {
    throw new UserError(`Cannot list data: there is no folder "${data}"; name yours with --data DIR`);
  }
  const all = statusOf(data, check);
  print(json ? JSON.stringify({ folder: data, sets: all }, null, 2) : all.map(describeStatus).join("\n\n"));
  return all.some(({ checked = [] }) => checked.some((each) => "problem" in each)) ? 2 : 0;
}

function chooseMmwp(folder: string, { seed, each, partial }: MmwpOptions): void {
  const parts = inventory(folder, dataSet("mawps"));
  const there = parts.filter(({ isThere }) => isThere);
  const asdiv = loadAsdiv(folder, { partial });
  // with none there, the first says where to get them
  const mawps = (there.length > 0 ? there : parts).flatMap(({ part }) =>
    loadMawps(folder, part, { partial })
  );
  const { problems, counts } = selectMmwp(asdiv, mawps, { seed, each });
  if (problems.length === 0) {
    throw new UserError(`Cannot choose MMWP: none of ${asdiv.length + mawps.length} problems is left`);
  }
  print(formatMmwp(problems));
  const contradictions = counts.flatMap((one) => one.contradictions);
  const lacking = parts.filter(({ isThere }) => !isThere).map(({ part }) => part);
  tell([
    ...counts.map(describeCounts),
    ...(contradictions.length > 0
      ? [`Dropped, since their answers contradict their own equations: ${contradictions.join(", ")}`]
      : []),
    ...(lacking.length > 0 ? [`Without ${lacking.join(", ")} of MAWPS, which are not there`] : []),
    `MMWP: ${problems.length} problems with seed ${seed} (the paper: 811, of a draw that it does not give)`,
  ].join("\n"));
}

function describeCounts({ set, read, rejected, kept }: SelectionCounts): string {
  return `${set}: ${read} problems, ${
    REASONS.map((each) => `${rejected[each]} ${each}`).join(", ")
  }, ${kept} kept`;
}

function judge({ reference, hypothesis, format, json }: QualityOptions): void {
  const references = reference.map(readSource);
  const all = hypothesis.map((path) => backTranslationQuality(readSource(path), references, format));
  const mean = meanQuality(all);
  if (json) return print(JSON.stringify({ references: reference, files: all, mean }, null, 2));
  const files = all.map((one) =>
    [`${one.path}: ${one.segments} segments`, ...formatQuality(one).map((line) => `  ${line}`)].join("\n")
  );
  const scores = Object.entries(mean).map(([name, score]) => `${name} ${score.toFixed(2)}`).join(", ");
  print([...files, ...(all.length > 1 ? [`Mean of ${all.length} files: ${scores}`] : [])].join("\n"));
}

function readSource(path: string): Source {
  try {
    return { path, bytes: Deno.readFileSync(path) };
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new UserError(`Cannot read "${path}": there is no such file`, { cause: error });
  }
}

if (import.meta.main) await exitWith(() => main(Deno.args));
