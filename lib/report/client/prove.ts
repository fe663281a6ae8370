/// <reference lib="dom" />
/**
 * Recomputes every cell of the page and says how that went.
 * @module
 */
import type { SliceData } from "./data.ts";
import { indexMarks, type MarkIndex, recompute } from "./recompute.ts";

export function indexSlice(slice: SliceData): MarkIndex {
  return indexMarks(slice.marks.map(([run, benchmark, lang, marks]) => ({
    variant: slice.runs[run]!.variant,
    benchmark,
    lang,
    marks,
  })));
}

/** The page says that it is at work, then what came of it, also when the answers cannot be loaded. */
export async function proveAll(slice: Promise<SliceData>): Promise<void> {
  tell("Recomputing the numbers below\u2026");
  try {
    prove(await slice);
  } catch (error) {
    tell(`\u2717 The numbers below could not be recomputed. ${(error as Error).message}`, false);
    throw error;
  }
}

function prove(slice: SliceData): void {
  const index = indexSlice(slice);
  const keys = Object.keys(slice.cells);
  const wrong = keys.filter((key) =>
    recompute(slice.cells[key]!, index).printed !== slice.cells[key]!.printed
  );
  const answers = slice.marks.reduce((sum, row) => sum + row[3].length, 0).toLocaleString("en");
  const said = wrong.length === 0
    ? `\u2713 This browser recomputed all ${keys.length} numbers below from ${answers} answers.`
    : `\u2717 ${wrong.length} of ${keys.length} numbers below do not follow from their answers: ${
      wrong.join(", ")
    }`;
  tell(said, wrong.length === 0, { wrong: String(wrong.length), cells: String(keys.length) });
}

function tell(text: string, good?: boolean, data: Readonly<Record<string, string>> = {}): void {
  for (const proof of document.querySelectorAll<HTMLElement>(".proof")) {
    proof.textContent = text;
    proof.classList.toggle("good", good === true);
    proof.classList.toggle("bad", good === false);
    Object.assign(proof.dataset, data);
  }
}
