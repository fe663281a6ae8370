/**
 * Sentences of the paper against the cells they speak of: values, differences, ratios, counts and superlatives.
 * @module
 */
import { must } from "../../checked.ts";
import type { Paper, PaperCell, PaperProse } from "../paper.ts";
import { type Finding, listed, refOf, whereIs } from "./finding.ts";
import { type CheckedMean, meansOf } from "./checked_mean.ts";
import { checkMeans } from "./means.ts";
import { decimalsOf, meet, type Range, roundingRange, scoreRange, showRange, subtract } from "./printed.ts";
import { referencedCells } from "./references.ts";

interface Problem {
  readonly message: string;
  readonly explanations: readonly string[];
}

/** One finding a number or superlative that its cells do not bear out. */
export function auditProse(paper: Paper): Finding[] {
  const means = new Map(checkMeans(paper).flatMap(({ means }) => means.map((mean) => [mean.mean, mean])));
  return paper.prose.flatMap((prose) => {
    const cells = referencedCells(paper, prose);
    const problem = check({ paper, means }, prose, cells);
    if (problem === null) return [];
    return [{
      rule: "prose" as const,
      message: `Section ${prose.section}, "${shortened(prose)}": ${problem.message}`,
      explanations: problem.explanations,
      cells: uniqueCells(cells.flat()).map(refOf),
    }];
  });
}

interface Context {
  readonly paper: Paper;
  /** Checked means by their cell. */
  readonly means: ReadonlyMap<PaperCell, CheckedMean>;
}

function check(
  context: Context,
  prose: PaperProse,
  cells: readonly (readonly PaperCell[])[],
): Problem | null {
  const first = must(cells[0]?.[0], `a cell of prose ${prose.id}`);
  const second = () => must(cells[1]?.[0], `a second cell of prose ${prose.id}`);
  const others = uniqueCells(cells.slice(1).flat()).filter((cell) => cell !== first);
  switch (prose.op) {
    case "value":
      return checkValue(context, prose, first);
    case "difference":
      return checkDifference(context.paper, prose, first, second());
    case "ratio":
      return checkRatio(prose, first, second());
    case "count": {
      const found = uniqueCells(cells.flat()).length;
      return found === Number(prose.number)
        ? null
        : { message: `it says ${prose.number}, the table has ${found}`, explanations: [] };
    }
    case "smallest difference":
      return checkSmallest(prose, first, others);
    case "greater":
    case "best":
      return checkBest(first, others);
  }
}

function checkValue({ paper, means }: Context, prose: PaperProse, cell: PaperCell): Problem | null {
  const claimed = roundingRange(prose.number);
  if (!meet(claimed, roundingRange(cell.printed))) {
    const elsewhere = paper.tables.find((t) => t.id === cell.table)!.cells.filter((c) =>
      c.printed === prose.number
    );
    return {
      message: `it says ${prose.number}, ${whereIs(cell)} prints ${cell.printed}`,
      explanations: elsewhere.map((c) => `${whereIs(c)} prints ${prose.number}`),
    };
  }
  const mean = means.get(cell);
  if (!mean || mean.follows) return null;
  return {
    message:
      `it says ${prose.number} as ${
        whereIs(cell)
      } does, but the ${mean.members.length} cells of that mean give ` +
      showRange(meansOf(mean.members)[0], decimalsOf(prose.number)),
    explanations: ["the text repeats a mean that does not follow from its cells"],
  };
}

function checkDifference(paper: Paper, prose: PaperProse, a: PaperCell, b: PaperCell): Problem | null {
  const claimed = roundingRange(prose.number);
  if (meet(claimed, gap(a, b))) return null;
  const cells = paper.tables.find((t) => t.id === a.table)!.cells;
  const sameRows = cells.filter((c) => c.row === a.row && c.group === a.group && c.column !== a.column)
    .flatMap((top) => {
      const bottom = cells.find((c) => c.row === b.row && c.group === b.group && c.column === top.column);
      return bottom && meet(claimed, gap(top, bottom))
        ? [`${prose.number} is the difference of the column ${top.column}`]
        : [];
    });
  const sameColumn = cells.filter((c) =>
    c.column === a.column && c.row !== b.row && c.row !== a.row && meet(claimed, gap(a, c))
  )
    .map((c) => `${prose.number} is the difference to the row "${c.row}"`);
  return {
    message: `it says ${prose.number}, ${whereIs(a)} ${a.printed} minus ${whereIs(b)} ${b.printed} is ` +
      showRange({ low: a.value! - b.value!, high: a.value! - b.value! }, decimalsOf(prose.number)),
    explanations: [...sameRows, ...sameColumn],
  };
}

function gap(a: PaperCell, b: PaperCell): Range {
  return subtract(scoreRange(a), scoreRange(b));
}

function checkRatio(prose: PaperProse, a: PaperCell, b: PaperCell): Problem | null {
  const ratio = a.value! / b.value!;
  if (meet(roundingRange(prose.number), { low: ratio, high: ratio })) return null;
  const product = Number(prose.number) * b.value!;
  return {
    message: `it says ${prose.number}, ${whereIs(a)} ${a.printed} over ${whereIs(b)} ${b.printed} is ${
      Number(ratio.toFixed(3))
    }`,
    explanations: [`${prose.number} times ${b.printed} would be ${product}`],
  };
}

function checkSmallest(prose: PaperProse, first: PaperCell, others: readonly PaperCell[]): Problem | null {
  const rival = others.reduce((a, b) => b.value! > a.value! ? b : a);
  if (meet(roundingRange(prose.number), gap(first, rival))) return null;
  const found = first.value! - rival.value!;
  const claimed = Number(prose.number);
  return {
    message:
      `it says at least ${prose.number}, the smallest difference is ${
        found.toFixed(decimalsOf(prose.number))
      } (${whereIs(first)} ` +
      `${first.printed} against ${rival.row} ${rival.printed})`,
    explanations: found > claimed ? ["the bound holds, but it is not the smallest difference"] : [],
  };
}

function checkBest(first: PaperCell, others: readonly PaperCell[]): Problem | null {
  const better = others.filter((cell) =>
    cell.system !== first.system && cell.value! >= first.value! && !ours(cell, first)
  );
  if (better.length === 0) return null;
  return {
    message: `${whereIs(first)} is ${first.printed}, but ${
      listed(better.map((cell) => `${cell.row === first.row ? cell.column : cell.row} has ${cell.printed}`))
    }`,
    explanations: [],
  };
}

/** Two variants of one method (other training data) are no rivals in a claim that the method is best. */
function ours(cell: PaperCell, first: PaperCell): boolean {
  return cell.section === first.section && cell.section.toLowerCase() === "our methods";
}

function uniqueCells(cells: readonly PaperCell[]): PaperCell[] {
  return [...new Set(cells)];
}

function shortened({ sentence, number }: PaperProse): string {
  const at = number === "" ? 0 : sentence.indexOf(number);
  const from = Math.max(0, at - 60), to = Math.min(sentence.length, at + 60);
  const left = from === 0 ? 0 : sentence.indexOf(" ", from) + 1,
    right = to === sentence.length ? to : sentence.lastIndexOf(" ", to);
  return `${left > 0 ? "... " : ""}${sentence.slice(left, right)}${right < sentence.length ? " ..." : ""}`;
}
