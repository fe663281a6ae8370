/**
 * GRIM: scores that are no k / n for any whole k. Rows that fit a mean over a few runs, and benchmarks for which the paper
 * gives two numbers of items, are explained as such.
 * @module
 */
import { atLeast } from "../../checked.ts";
import type { Paper, PaperBenchmark, PaperCell } from "../paper.ts";
import { type Finding, listed, refOf, tableName } from "./finding.ts";
import { decimalsOf, excludedShare, shareRange, sharesIn, twiceRoundingRange } from "./printed.ts";
import { seriesOf } from "./series.ts";

const MOST_RUNS = 5;
/** An explanation that values would fit by chance more often than this says nothing. */
const CHANCE = 0.05;

/** One finding a row with impossible values, and one a benchmark whose number of items is given twice. */
export function auditGrim(paper: Paper): Finding[] {
  const rows = seriesOf(paper).flatMap((series) => {
    const impossible = series.scores.filter((cell) => !possible(cell, cell.n));
    if (impossible.length === 0) return [];
    const n = impossible[0]!.n!;
    const shown = impossible.map((cell) => `${cell.printed} (${cell.scope})`);
    return [{
      rule: "grim" as const,
      message:
        `${tableName(series.table)}, ${series.system} on ${series.benchmark}: ${impossible.length} of ` +
        `${series.scores.length} values are impossible for ${n} items: ${listed(shown)}`,
      explanations: explain(series.scores, n, paper.benchmarks.find((b) => b.benchmark === series.benchmark)),
      cells: impossible.map(refOf),
    }];
  });
  return [...paper.benchmarks.flatMap((benchmark) => twoCounts(paper, benchmark)), ...rows];
}

function possible(cell: PaperCell, n: number | null): boolean {
  return n === null || shareRange(cell.printed, n) !== null;
}

function explain(scores: readonly PaperCell[], n: number, benchmark: PaperBenchmark | undefined): string[] {
  const found: string[] = [];
  const impossible = scores.filter((cell) => !possible(cell, n));
  const twice = impossible.filter((cell) => sharesIn(twiceRoundingRange(cell.printed), n) !== null);
  if (twice.length > 0) {
    const which = twice.length === impossible.length ? "" : ` (${listed(twice.map((cell) => cell.scope))})`;
    found.push(
      `${twice.length} of ${impossible.length}${which} possible when rounded twice, to one decimal more first`,
    );
  }
  const other = benchmark?.other_n ?? null;
  if (other !== null && fits(scores, impossible, other)) {
    found.push(`all ${scores.length} values are possible for ${other} items (${benchmark!.other_source})`);
  }
  for (let runs = 2; runs <= MOST_RUNS; runs++) {
    if (!fits(scores, impossible, n * runs)) continue;
    found.push(`all ${scores.length} values are possible as means of ${runs} runs over ${n} items`);
    break;
  }
  return found;
}

/** Whether all values are possible for n items, and that is no matter of course at the decimals of those in question. */
function fits(scores: readonly PaperCell[], inQuestion: readonly PaperCell[], n: number): boolean {
  const passing = (cells: readonly PaperCell[]) =>
    cells.reduce((product, cell) => product * (1 - excludedShare(n, decimalsOf(cell.printed))), 1);
  return passing(scores) < CHANCE && passing(inQuestion) < 1 && scores.every((cell) => possible(cell, n));
}

/** Which of two numbers of items the values speak for: impossible ones, against how many would be by chance. */
function twoCounts(paper: Paper, benchmark: PaperBenchmark): Finding[] {
  if (benchmark.other_n === null) return [];
  const cells = paper.tables.flatMap((table) => table.cells).filter((cell) =>
    cell.benchmark === benchmark.benchmark && cell.kind === "score" && cell.n !== null
  );
  if (cells.length === 0) return [];
  const [first, other] = atLeast(
    [benchmark.n, benchmark.other_n].map((n) => {
      const out = cells.filter((cell) => !possible(cell, n));
      const byChance = cells.reduce((sum, cell) => sum + excludedShare(n, decimalsOf(cell.printed)), 0);
      return { n, out, byChance, ratio: byChance === 0 ? 1 : out.length / byChance };
    }),
    2,
  );
  const better = first.ratio <= other.ratio ? first : other;
  const said = ({ n, out, byChance }: typeof first) =>
    `${out.length} are impossible for ${n} (${Math.round(byChance)} would be by chance)`;
  return [{
    rule: "grim",
    message: `${benchmark.title} has ${benchmark.n} items (${benchmark.source}) or ${benchmark.other_n} ` +
      `(${benchmark.other_source}): of ${cells.length} values, ${said(first)} and ${said(other)}`,
    explanations: Math.abs(first.ratio - other.ratio) < 0.2
      ? ["the values do not decide between the two"]
      : [`most values were computed over ${better.n} items`],
    cells: better.out.map(refOf),
  }];
}
