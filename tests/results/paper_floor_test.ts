/** Which of the paper's cells are marked as no higher than a rule that reads no word. */
import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { benchmarkFloors } from "../../lib/method/floor/floor.ts";
import { PAPER_FLOORS, paperFootnote, paperText } from "../../lib/results/paper_floor.ts";
import { openData } from "../../lib/world/open/world.ts";
import { dataTest } from "../world/open/_data.ts";

function cell(benchmark: string, printed: string) {
  return { benchmark, paper: { printed, value: Number(printed), table: "table-15", row: "r", column: "c" } };
}

Deno.test("the paper's cells of MSVAMP at the floor or below are marked, and the footnote says why; others are not", () => {
  strictEqual(paperText(cell("msvamp", "32.2")), "32.2†");
  strictEqual(paperText(cell("msvamp", "32.3")), "32.3");
  strictEqual(paperText(cell("mgsm", "2.0")), "2.0");
  match(paperFootnote([cell("msvamp", "40.1"), cell("msvamp", "9.3")])!, /^† .*32\.2 %/);
  match(paperFootnote([cell("xnli", "45.9")])!, /^† .*hypotheses alone give: 52\.1 % of the published XNLI/);
  strictEqual(paperFootnote([cell("mgsm", "2.0"), cell("msvamp", "40.1")]), undefined);
});

dataTest("the floor of the published MSVAMP is what the lab's own rule gets of it", (folder) => {
  const which = { languages: ["en"], items: 1000, split: "test" as const };
  const [floor] = benchmarkFloors(openData(folder), "math", "msvamp", which);
  strictEqual((100 * floor!.value).toFixed(1), PAPER_FLOORS.msvamp!.percent.toFixed(1));
});

dataTest(
  "XNLI has a floor without training data: what hypotheses alone give, fitted on the others, the same in each language",
  (folder) => {
    const which = { languages: ["en", "sw"], items: 5010, split: "test", task_data: null } as const;
    const [english, swahili] = benchmarkFloors(openData(folder), "nli", "xnli", which);
    strictEqual(english!.rule, "hypothesis alone");
    strictEqual((100 * english!.value).toFixed(1), PAPER_FLOORS.xnli!.percent.toFixed(1));
    ok(english!.n === 5010, `${english!.n}`);
    // Nor is there one of a handful of items, as scale smoke asks.
    deepStrictEqual(benchmarkFloors(openData(folder), "nli", "xnli", { ...which, items: 2 }), []);
    strictEqual(swahili!.value, english!.value);
  },
);
