/**
 * `deno task diff A B`: two runs side by side, only what differs: recipe, code, packages, data, provenance, scores,
 * and how many answers flipped. How a run is named stands in `find_run.ts`.
 * @module
 */
import { atLeast } from "../checked.ts";
import { command, parse } from "./command.ts";
import { exitWith } from "./exit.ts";
import { print, tell } from "./terminal/print.ts";
import { resolve } from "node:path";
import { inWords } from "../lab/plan/in_words.ts";
import { labPaths } from "../lab/record/paths.ts";
import { readRecords } from "../lab/record/records.ts";
import { countFlips, diffFacts, type FactsDiff, type FlipCount } from "../results/run_diff.ts";
import { readFacts, readRunAnswers, SHARES } from "../results/read_runs.ts";
import { numberOf } from "../store/append.ts";
import { openStore, type Store } from "../store/open.ts";
import { syncStore } from "../lab/record/sync.ts";
import { diffSides, formatSides, hasDifference } from "./diff_sides.ts";
import { findRun } from "./find_run.ts";
import { labOption } from "./experiment/options.ts";
import { paperRows } from "./experiment/paper_rows.ts";
import { columns } from "./terminal/table.ts";

/** Everything in which two runs differ. */
interface RunDiff extends FactsDiff {
  readonly a: string;
  readonly b: string;
  readonly flips: readonly FlipCount[];
}

/** Compares two runs of one store, by their ids. */
async function diffRuns(store: Store, a: string, b: string): Promise<RunDiff> {
  const [one, other] = atLeast([a, b].map((id) => String(numberOf(id))), 2);
  const facts = await readFacts(store, [one, other]);
  const flips = countFlips(await readRunAnswers(store, one), await readRunAnswers(store, other));
  return { a, b, ...diffFacts(facts.get(one)!, facts.get(other)!), flips };
}

const ONLY = { before: "only in A", after: "only in B" };

/** The difference as text. */
function formatDiff(diff: RunDiff): string {
  const percent = (value: number | null): string => (value === null ? "-" : (value * 100).toFixed(2));
  const sections: [string, string[]][] = [
    ["What went in", inWords(diff.ingredients, ONLY).map((line) => `  ${line}`)],
    [
      "Where it ran",
      diff.provenance.map(({ path, from, to }) => `  ${path}: ${from || "-"} -> ${to || "-"}`),
    ],
    [
      "Scores",
      diff.scores.length === 0 ? [] : columns([
        ["  score", "A", "B"],
        ...diff.scores.map((s) => {
          const isShare = SHARES.includes(s.metric);
          const show = (value: number | null): string => (isShare ? percent(value) : String(value ?? "-"));
          return [`  ${s.benchmark} ${s.scope} ${s.metric}${isShare ? " %" : ""}`, show(s.a), show(s.b)];
        }),
      ]).split("\n"),
    ],
    [
      "Answers that flipped",
      diff.flips.length === 0 ? [] : columns([
        ["  where", "only A right", "only B right"],
        ...diff.flips.map((f) => [`  ${f.benchmark} ${f.lang}`, String(f.onlyA), String(f.onlyB)]),
      ]).split("\n"),
    ],
  ];
  const shown = sections.filter(([, lines]) => lines.length > 0).map(([title, lines]) =>
    [title, ...lines].join("\n")
  );
  return [`A  ${diff.a}`, `B  ${diff.b}`, ...(shown.length > 0 ? shown : ["Nothing differs"])].join("\n");
}

const EXAMPLES = `
Examples:
  deno task diff stage_removal/LinguaLIFT stage_removal/Mono-SFT
  deno task diff --stores .lab/lab.duckdb other/lab.duckdb
  deno task diff --stores reports/site other/site --json
`;

/** Runs the command line. @returns the exit code: of stores and sites 1 when something differs */
export async function diffMain(args: readonly string[]): Promise<number> {
  const program = command("diff", "Shows only what differs between two runs, stores or sites")
    .argument(
      "<a>",
      'a run: "experiment/variant", where needed with "/seed/scale/world"; or the start of its id',
    )
    .argument("<b>", "another run")
    .option("--stores", "a and b are stores (lab.duckdb) or folders of sites; exit code 1 when they differ")
    .option("--json", "as JSON")
    .addOption(labOption())
    .addHelpText("after", EXAMPLES);
  const parsed = parse<{ stores?: true; json?: true; lab: string }>(program, args);
  if (!parsed) return 0;
  if (parsed.options.stores) {
    const [one, other] = atLeast(parsed.args, 2);
    const found = await diffSides(one, other);
    print(parsed.options.json ? JSON.stringify(found, null, 2) : formatSides(found));
    return hasDifference(found) ? 1 : 0;
  }
  const paths = labPaths(resolve(parsed.options.lab));
  const records = readRecords(paths, tell);
  const [a, b] = atLeast(parsed.args.map((name) => findRun(paths, records, name)), 2);
  await syncStore(paths, { notice: tell, paper: paperRows() });
  using store = await openStore(paths.database, "read");
  const diff = await diffRuns(store, a.id, b.id);
  print(parsed.options.json ? JSON.stringify(diff, null, 2) : formatDiff(diff));
  return 0;
}

if (import.meta.main) await exitWith(() => diffMain(Deno.args));
