/** Which of the paper's cells are marked as no higher than a rule that reads no word. */
import { match, strictEqual } from "node:assert/strict";
import { paperFootnote, paperText } from "../../lib/results/paper_floor.ts";

function cell(benchmark: string, printed: string) {
  return { benchmark, paper: { printed, value: Number(printed), table: "table-15", row: "r", column: "c" } };
}

Deno.test("the paper's cells of MSVAMP at the floor or below are marked, and the footnote says why; others are not", () => {
  strictEqual(paperText(cell("msvamp", "27.6")), "27.6†");
  strictEqual(paperText(cell("msvamp", "27.7")), "27.7");
  strictEqual(paperText(cell("mgsm", "2.0")), "2.0");
  match(paperFootnote([cell("msvamp", "40.1"), cell("msvamp", "9.3")])!, /^† .*27\.6 %/);
  strictEqual(paperFootnote([cell("mgsm", "2.0"), cell("msvamp", "40.1")]), undefined);
});
