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
import * as v from "valibot";
import { type IngredientChange, ingredientChanges, inWords } from "../lab/plan/explain.ts";
import { changes, type FieldChange } from "../lab/plan/patch.ts";
import { type LabPaths, labPaths } from "../lab/record/paths.ts";
import type { RunRecord } from "../lab/record/record.ts";
import { readRecords } from "../lab/record/records.ts";
import { PARTS } from "../metric/mod.ts";
import { numberOf } from "../store/append.ts";
import { openStore, type Store } from "../store/open.ts";
import { syncStore } from "../lab/record/sync.ts";
import { findRun } from "./find_run.ts";
import { labOption } from "./experiment/options.ts";
import { paperRows } from "./experiment/paper_rows.ts";
import { columns } from "./terminal/table.ts";

/** Everything in which two runs differ. */
export interface RunDiff {
  readonly a: string;
  readonly b: string;
  /** Recipe, code, data, packages, runtime. */
  readonly ingredients: readonly IngredientChange[];
  readonly provenance: readonly FieldChange[];
  readonly scores: readonly {
    readonly benchmark: string;
    readonly scope: string;
    readonly metric: string;
    readonly a: number | null;
    readonly b: number | null;
  }[];
  /** Answers that one run has right and the other wrong, per benchmark and language. */
  readonly flips: readonly {
    readonly benchmark: string;
    readonly lang: string;
    readonly onlyA: number;
    readonly onlyB: number;
  }[];
}

/** Compares two runs of one store. */
async function diffRuns(paths: LabPaths, store: Store, a: RunRecord, b: RunRecord): Promise<RunDiff> {
  const parameters = { a: BigInt(numberOf(a.id)), b: BigInt(numberOf(b.id)) };
  const scores = await store.rows(
    v.object({
      benchmark: v.string(),
      scope: v.string(),
      metric: v.string(),
      a: v.nullable(v.number()),
      b: v.nullable(v.number()),
    }),
    `SELECT benchmark, scope, metric, x.value AS a, y.value AS b
     FROM (SELECT * FROM score WHERE run = $a) x FULL JOIN (SELECT * FROM score WHERE run = $b) y
       USING (benchmark, kind, scope, metric)
     WHERE x.value IS DISTINCT FROM y.value ORDER BY benchmark, kind, scope, metric`,
    parameters,
  );
  const flips = await store.rows(
    v.object({ benchmark: v.string(), lang: v.string(), onlyA: v.number(), onlyB: v.number() }),
    `SELECT benchmark, lang, count(*) FILTER (x.correct) AS onlyA, count(*) FILTER (y.correct) AS onlyB
     FROM (SELECT * FROM sample WHERE run = $a) x JOIN (SELECT * FROM sample WHERE run = $b) y
       USING (benchmark, lang, item)
     WHERE x.correct <> y.correct GROUP BY benchmark, lang ORDER BY benchmark, lang`,
    parameters,
  );
  return {
    a: a.id,
    b: b.id,
    ingredients: ingredientChanges(paths, a.ingredients, b.ingredients),
    provenance: changes(a.provenance, b.provenance).filter(({ path }) => !OWN.includes(path)),
    scores,
    flips,
  };
}

/** Scores that are shares of the answers. */
const SHARES: ReadonlySet<string> = new Set(["accuracy", ...PARTS]);
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
          const isShare = SHARES.has(s.metric);
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

/** Provenance that is said elsewhere, or differs between any two runs. */
const OWN = ["code", "process"];

/** Runs the command line. @returns the exit code */
export async function diffMain(args: readonly string[]): Promise<number> {
  const program = command("diff", "Shows only what differs between two runs")
    .argument(
      "<a>",
      'a run: "experiment/variant", where needed with "/seed/scale/world"; or the start of its id',
    )
    .argument("<b>", "another run")
    .option("--json", "as JSON")
    .addOption(labOption());
  const parsed = parse<{ json?: true; lab: string }>(program, args);
  if (!parsed) return 0;
  const paths = labPaths(resolve(parsed.options.lab));
  const records = readRecords(paths, tell);
  const [a, b] = atLeast(parsed.args.map((name) => findRun(paths, records, name)), 2);
  await syncStore(paths, { notice: tell, paper: paperRows() });
  using store = await openStore(paths.database, "read");
  const diff = await diffRuns(paths, store, a, b);
  print(parsed.options.json ? JSON.stringify(diff, null, 2) : formatDiff(diff));
  return 0;
}

if (import.meta.main) await exitWith(() => diffMain(Deno.args));
