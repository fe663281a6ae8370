/**
 * Marks on the paper's own cells that a rule reaches which reads a problem's numbers and no word. The lab's own rule
 * (`lib/method/floor`) on the published English problems, which a test asks again where they are there; MGSM is safe, at
 * 2.4 %.
 * @module
 */
import type { Cell } from "./table.ts";

/** In percent, by benchmark. */
export const PAPER_FLOORS: Readonly<Record<string, number>> = { msvamp: 32.2 };
const MARK = "†";

/** The paper's cell as printed, with a mark when it shows nothing. */
export function paperText({ benchmark, paper }: Pick<Cell, "benchmark" | "paper">): string {
  if (paper === undefined) return "";
  return isMarked({ benchmark, paper }) ? `${paper.printed}${MARK}` : paper.printed;
}

/** The footnote of a table with such cells. */
export function paperFootnote(cells: readonly Pick<Cell, "benchmark" | "paper">[]): string | undefined {
  const marked = cells.find(isMarked);
  return marked &&
    `${MARK} The paper's cell is no higher than numbers alone give: ${
      PAPER_FLOORS[marked.benchmark]
    } % of the published MSVAMP, by a rule that reads no word, fitted on its other problems in five folds.`;
}

function isMarked({ benchmark, paper }: Pick<Cell, "benchmark" | "paper">): boolean {
  return paper !== undefined && paper.value <= (PAPER_FLOORS[benchmark] ?? -Infinity);
}
