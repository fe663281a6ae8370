/** Scores over commits on an experiment's page: from the file that `deno task history --json` writes. */
import { deepStrictEqual, match, ok, strictEqual, throws } from "node:assert/strict";
import { join } from "node:path";
import { historyDrawings } from "../../lib/report/figures/history.ts";
import { drawSvg } from "../../lib/report/figures/svg.ts";
import { readHistory, type ScoreHistory } from "../../lib/report/history.ts";
import { writeReport } from "../../lib/report/write_report.ts";
import { writeStore } from "./_store.ts";

const [FIRST, SECOND, THIRD] = ["a", "b", "c"].map((letter) => letter.repeat(40)) as [string, string, string];

function score(variant: string, values: Readonly<Record<string, number>>): ScoreHistory {
  const points = Object.entries(values).map(([id, value], i) => ({
    ...{ id, value, date: `2026-11-0${i + 1}T10:00:00+00:00`, subject: `<b>${id.slice(0, 3)}` },
    interval: { low: value - 0.1, high: value + 0.1 },
  }));
  return {
    ...{ slice: "stage_removal.mini.micro", benchmark: "mgsm", scope: "avg", metric: "accuracy" },
    variant,
    points,
  };
}

const SCORES = [
  score("LinguaLIFT", { [FIRST]: 0.2, [SECOND]: 0.3, [THIRD]: 0.4 }),
  score("Mono-SFT", { [FIRST]: 0.1 }),
];
const BENCHMARKS = [{ id: "mgsm", title: "MGSM" }, { id: "msvamp", title: "MSVAMP" }];

Deno.test("a benchmark whose accuracies have moved is drawn, one line a system at every commit, a point where it moved", async () => {
  const [drawing, ...others] = historyDrawings(SCORES, BENCHMARKS);
  strictEqual(others.length, 0);
  const { layer } = drawing!.spec as unknown as { layer: { data: { values: Record<string, unknown>[] } }[] };
  const rows = (at: number, system: string) =>
    layer[at]!.data.values.filter((row) => row.system === system).map((row) => row.accuracy);
  deepStrictEqual(rows(0, "LinguaLIFT"), [20, 30, 40]);
  deepStrictEqual(rows(0, "Mono-SFT"), [10, 10, 10]);
  deepStrictEqual([rows(1, "LinguaLIFT").length, rows(1, "Mono-SFT").length], [3, 1]);
  ok((await drawSvg({ ...drawing!.spec, width: 400 } as never, new Map())).includes("<svg"));
  deepStrictEqual(historyDrawings([score("LinguaLIFT", { [FIRST]: 0.2 })], BENCHMARKS), []);
});

Deno.test("the site draws the history that it is handed on its experiment's page, and has none otherwise", async () => {
  const folder = Deno.makeTempDirSync();
  try {
    const [store, out, file] = ["lab.duckdb", "site", "history.json"].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    await writeStore(store, { seeds: [1], items: 4 });
    Deno.writeTextFileSync(file, JSON.stringify(SCORES));
    const page = () => Deno.readTextFileSync(join(out, "experiments/stage_removal.mini.micro.html"));
    await writeReport({ store, out, history: readHistory(file) });
    match(page(), /<section id="history".*stage_removal\.mini\.micro\.history\.mgsm/s);
    ok(!page().includes("<b>aaa"), "what a commit says is text");
    await writeReport({ store, out });
    ok(!page().includes('id="history"'));
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});

Deno.test("a file that is no history is refused by its name and with what to do", () => {
  const file = Deno.makeTempFileSync();
  const advice = /^UserError: Cannot read ".*": .*write it with `deno task -q history --json`$/;
  for (const text of ["", "{}", "[1]", '[{"slice":"a"}]']) {
    Deno.writeTextFileSync(file, text);
    throws(() => readHistory(file), advice, text);
  }
  Deno.removeSync(file);
  throws(() => readHistory(file), advice);
});
