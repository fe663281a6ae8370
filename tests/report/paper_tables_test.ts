/** The paper's tables on the overview: each with the experiments that show ours beside it, or with a reason. */
import { deepStrictEqual, match, ok } from "node:assert/strict";
import { renderToString } from "preact-render-to-string";
import { experimentIds, findExperiments } from "../../lib/lab/experiment/discover.ts";
import { variantNames } from "../../lib/lab/plan/resolve.ts";
import { paperLookup } from "../../lib/paper/lookup.ts";
import { loadPaper } from "../../lib/paper/paper.ts";
import { PaperTables } from "../../lib/report/html/paper_tables.tsx";
import { paperRow } from "../../lib/results/paper_row.ts";
import { resultsOf } from "./_results.ts";

const { tables } = loadPaper();

Deno.test("every table of the paper names an experiment, or says why there is none", async () => {
  deepStrictEqual(tables.map(({ id }) => id), Array.from({ length: 24 }, (_, i) => `table-${i + 1}`));
  const ids = experimentIds("experiments");
  for (const { id, experiments, here } of tables) {
    ok(experiments.length > 0 || here !== "", id);
    for (const experiment of experiments) ok(ids.includes(experiment), `${id}: ${experiment}`);
  }
  for (const { experiment } of await findExperiments("experiments", ids, () => {})) {
    for (const table of Object.values(experiment.paper ?? {})) {
      ok(tables.find(({ id }) => id === table)!.experiments.length > 0, `${experiment.id}: ${table}`);
    }
    for (const figure of Object.values(experiment.figures ?? {})) {
      if (figure.draw !== "table" && figure.draw !== "shares") continue;
      const { experiments } = tables.find(({ id }) => id === figure.table)!;
      ok(
        experiments.includes(experiment.id),
        `${experiment.id} shows ${figure.table}, which does not lead to it`,
      );
    }
  }
});

Deno.test("every table of the paper has cells beside ours in an experiment, or a sentence on what stands there instead", async () => {
  const lookUp = paperLookup(loadPaper());
  const scopes = new Set(tables.flatMap(({ cells }) => cells.map(({ scope }) => scope)));
  const reached = new Set<string>();
  for (const { experiment } of await findExperiments("experiments", experimentIds("experiments"), () => {})) {
    const { paper = {}, paperRows = {}, figures = {} } = experiment;
    for (const figure of Object.values(figures)) {
      if (figure.draw === "table" || figure.draw === "shares") reached.add(figure.table);
    }
    const benchmarks = [...experiment.benchmarks, ...Object.values(experiment.worldBenchmarks ?? {}).flat()];
    for (const benchmark of benchmarks) {
      for (const variant of variantNames(experiment)) {
        const at = paperRow({ paper, paperRows }, benchmark, variant);
        for (const scope of at ? scopes : []) reached.add(lookUp(at!.table, at!.row, scope)?.table ?? "");
      }
    }
  }
  const missing = tables.filter(({ id, here }) => !reached.has(id) && here === "").map(({ id }) => id);
  deepStrictEqual(missing, []);
  for (const id of ["table-5", "table-6", "table-7", "table-8", "table-9"]) ok(reached.has(id), id);
});

Deno.test("a table links the pages of its experiments, and says how to get those that did not run", () => {
  const results = resultsOf();
  const slice = { ...results.slice, experiment: "stage_removal", scale: "micro", world: "mini" };
  const html = renderToString(PaperTables({ tables, all: [{ ...results, slice }] }));
  match(html, /id="table-14".*?href="experiments\/stage_removal\.mini\.micro\.html"/);
  match(html, /id="table-1".*?not run: <code>deno task experiment mmwp_main<\/code>/);
  match(
    html,
    /id="table-5".*?not run: <code>deno task experiment statistics<\/code>.*?sets of which there is nothing/,
  );
});
