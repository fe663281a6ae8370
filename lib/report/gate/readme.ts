/**
 * The README's answer to "does the paper hold?": a row an experiment, counted from the committed baselines and the
 * tables beside them. `deno task regress --update` writes it between two markers; the gate says when it is stale.
 * @module
 */
import { basename, dirname, join } from "node:path";
import { atLeast } from "../../checked.ts";
import { UserError } from "../../errors.ts";
import { exists } from "../../files.ts";
import { scaleNote } from "../../lab/experiment/scale_notes.ts";
import type { Verdict } from "../../lab/experiment/types.ts";
import { type Shown, verdictTitle } from "../../lab/experiment/verdict_words.ts";
import { sliceName } from "../../results/slice.ts";
import { LOOKS, ofPaper, VERDICTS } from "../html/verdicts.tsx";
import { type Baseline, readBaselines } from "./baseline.ts";

const BEGIN = "<!-- verdicts: written by `deno task regress --update` -->\n<!-- deno-fmt-ignore-start -->\n";
const END = "<!-- deno-fmt-ignore-end -->\n<!-- end of verdicts -->\n";

/** A conclusion as a committed table has it. */
export interface CommittedClaim {
  readonly verdict: Shown;
  readonly sentence: string;
  readonly source: string;
}

/** The README beside a folder of reports; undefined where there is none. */
export function readmePath(reports: string): string | undefined {
  const path = join(dirname(reports), "README.md");
  return exists(path) ? path : undefined;
}

/**
 * The README with the verdicts of the committed baselines.
 * @throws {UserError} when its markers are not there.
 */
export function withVerdicts(readme: string, reports: string): string {
  const [from, to] = [readme.indexOf(BEGIN), readme.indexOf(END)];
  if (from < 0 || to < from) {
    throw new UserError(`Cannot write the verdicts into README.md: put the lines back:\n${BEGIN}${END}`);
  }
  return `${readme.slice(0, from + BEGIN.length)}\n${verdictTable(reports)}\n${readme.slice(to)}`;
}

/** The conclusions of a committed table, in order. */
export function claimsIn(markdown: string): CommittedClaim[] {
  return [...markdown.matchAll(/^\| \d+ \| (.+?) \| (.+) \| (.+?) \|$/gm)].map(
    (match) => {
      const [, title, sentence, source] = atLeast(match, 4);
      const look = LOOKS.find((one) => one.title === title);
      if (!look) throw new UserError(`Cannot read a committed table: "${title}" is no verdict`);
      return { verdict: look.verdict, sentence, source };
    },
  );
}

function verdictTable(reports: string): string {
  const rows = readBaselines(join(reports, "baselines")).filter(({ scale }) => scaleNote(scale) === undefined)
    .map((baseline) => rowOf(reports, baseline))
    // What says nothing about the paper has its table, and no row here.
    .filter(({ claims }) => claims.length > 0)
    .sort((a, b) => a.order - b.order || a.name.localeCompare(b.name));
  const shown = VERDICTS.map(({ verdict }) => verdict).filter((verdict) =>
    verdict !== "not run" || rows.some(({ claims }) => count(claims, verdict) > 0)
  );
  const generated = rows.filter(({ world }) => world === "mini").flatMap(({ claims }) => claims);
  const head = ["Experiment", "Paper", ...shown.map(verdictTitle), "Seeds"];
  const lines = rows.map(({ label, paper, claims, seeds }) => [
    label,
    paper,
    ...shown.map((verdict) => `${count(claims, verdict)}`),
    `${seeds}`,
  ]);
  const total = ["All on generated text", "", ...shown.map((one) => `${count(generated, one)}`), ""];
  return [head, head.map((_, i) => i < 2 ? "---" : "---:"), ...lines, total]
    .map((cells) => `| ${cells.join(" | ")} |\n`).join("");
}

function rowOf(reports: string, baseline: Baseline) {
  const { experiment, world } = baseline;
  const name = sliceName(baseline);
  const table = join(reports, "tables", `${name}.md`);
  const file = join(dirname(reports), "experiments", `${experiment}.ts`);
  const { paper, order } = exists(file) ? headOf(Deno.readTextFileSync(file)) : UNKNOWN;
  return {
    name,
    world,
    paper,
    order,
    label: `[\`${experiment}\`](${basename(reports)}/tables/${name}.md)${
      world === "mini" ? "" : `, ${world}`
    }`,
    claims: exists(table) ? claimsIn(Deno.readTextFileSync(table)).filter(ofPaper) : [],
    seeds: seedsOf(baseline),
  };
}

const UNKNOWN = { paper: "", order: Number.MAX_SAFE_INTEGER };

/** What an experiment's file says: where in the paper, by its head ("Title (Table 14, Figure 3a)."), and its order. */
export function headOf(source: string): typeof UNKNOWN {
  const first = (source.match(/^\/\*\*([\s\S]*?)\*\//)?.[1] ?? "").replace(/\n \* ?/g, "\n").trim().split(
    "\n\n",
  )[0]!
    .replace(/\s+/g, " ");
  const paper = first.match(/ \(((?:Table|Figure|Section|Appendix|arXiv)[^)]*)\)/)?.[1] ?? "";
  const order = source.match(/^ {2}order: (\d+),/m)?.[1];
  return { paper, order: order === undefined ? UNKNOWN.order : Number(order) };
}

function count(claims: readonly CommittedClaim[], verdict: Verdict): number {
  return claims.filter((claim) => claim.verdict === verdict).length;
}

/** Seeds behind the answers, or behind the scores of steps where there are no answers. */
function seedsOf({ marks, metrics }: Baseline): number {
  return new Set(marks.map(({ seed }) => seed)).size ||
    Math.max(0, ...metrics.map(({ seeds }) => seeds.length));
}
