/**
 * Marks on the paper's own cells that a rule reaches which reads a problem's numbers and no word, or a hypothesis and no
 * premise. The lab's own rules (`lib/method/floor`) on the published English items, which a test asks again where they are
 * there; MGSM is safe, at 2.4 %.
 * @module
 */
import type { Cell } from "./table.ts";

/** A benchmark's floor. */
interface PaperFloor {
  readonly percent: number;
  /** What gives it, and what the rule that it is from does not read. */
  readonly alone: string;
  readonly unread: string;
  readonly title: string;
  readonly items: string;
}

/** By benchmark. */
export const PAPER_FLOORS: Readonly<Record<string, PaperFloor>> = {
  msvamp: { percent: 32.2, alone: "numbers", unread: "no word", title: "MSVAMP", items: "problems" },
  xnli: { percent: 52.1, alone: "hypotheses", unread: "no premise", title: "XNLI", items: "pairs" },
};
const MARK = "†";

/** The paper's cell as printed, with a mark when it shows nothing. */
export function paperText({ benchmark, paper }: Pick<Cell, "benchmark" | "paper">): string {
  if (paper === undefined) return "";
  return isMarked({ benchmark, paper }) ? `${paper.printed}${MARK}` : paper.printed;
}

/** The footnote of a table with such cells. */
export function paperFootnote(cells: readonly Pick<Cell, "benchmark" | "paper">[]): string | undefined {
  const marked = cells.find(isMarked);
  if (marked === undefined) return undefined;
  const { percent, alone, unread, title, items } = PAPER_FLOORS[marked.benchmark]!;
  return `${MARK} The paper's cell is no higher than ${alone} alone give: ${percent} % of the published ${title}, by a rule ` +
    `that reads ${unread}, fitted on its other ${items} in five folds.`;
}

function isMarked({ benchmark, paper }: Pick<Cell, "benchmark" | "paper">): boolean {
  return paper !== undefined && paper.value <= (PAPER_FLOORS[benchmark]?.percent ?? -Infinity);
}
