/** Kinds of mistakes and learning curves as a slice has them: those that SQL counts, none in a store of before. */
import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import { MISTAKES } from "../../lib/metric/mod.ts";
import { endingOf } from "../../lib/results/curves.ts";
import { kindsOf, outcomesOf, readMistakes } from "../../lib/results/mistakes.ts";
import { readSlice } from "../../lib/results/read_slice.ts";
import type { MistakeCount, Slice } from "../../lib/results/slice.ts";
import { openStore } from "../../lib/store/open.ts";
import { change, writeStore } from "../report/_store.ts";

const KEY = { experiment: "stage_removal", scale: "micro", world: "mini" };

/** The slice of a store with two seeds, after a change of it, with its mistakes. */
async function sliceOf(sql?: string): Promise<Slice & { readonly mistakes: MistakeCount[] }> {
  const folder = Deno.makeTempDirSync({ prefix: "mistakes" });
  try {
    const path = join(folder, "lab.duckdb");
    await writeStore(path, { seeds: [1, 2], items: 24 });
    if (sql !== undefined) await change(path, sql);
    using store = await openStore(path, "read");
    return { ...await readSlice(store, KEY), mistakes: await readMistakes(store, KEY) };
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

Deno.test("the outcomes of a system add up to 1, and what is right is its accuracy, group by group and sort by sort", async () => {
  const slice = await sliceOf();
  const [benchmark] = slice.benchmarks;
  deepStrictEqual(kindsOf(slice.mistakes, benchmark!), ["buy", "sell"]);
  for (const { name } of slice.variants) {
    const own = slice.mistakes.filter(({ variant }) => variant === name);
    for (const { languages } of benchmark!.groups) {
      const outcomes = outcomesOf(own, languages)!;
      const sum = outcomes.right + MISTAKES.reduce((total, mistake) => total + outcomes[mistake], 0);
      ok(Math.abs(sum - 1) < 1e-12);
      const accuracies = languages.map((lang) => {
        const counts = slice.counts.filter((count) => count.variant === name && count.lang === lang);
        return counts.reduce((n, { k }) => n + k, 0) / counts.reduce((all, { n }) => all + n, 0);
      });
      const mean = accuracies.reduce((a, b) => a + b) / languages.length;
      ok(Math.abs(outcomes.right - mean) < 1e-12, name);
    }
    const sorts = ["buy", "sell"].map((kind) => own.filter((row) => row.kind === kind));
    const all = sorts.map((rows) => rows.reduce((sum, { n }) => sum + n, 0));
    deepStrictEqual(all, [264, 264], "12 problems in 11 languages, two seeds");
  }
  strictEqual(outcomesOf(slice.mistakes, ["sw", "no language"]), undefined);
});

Deno.test("answers of before mistakes were told apart have no table, and runs without a curve no figure", async () => {
  const { mistakes, curves } = await sliceOf(
    "UPDATE sample SET mistake = NULL, kind = NULL; DELETE FROM curve",
  );
  deepStrictEqual([mistakes, curves], [[], []]);
});

Deno.test("a training that several runs share is one curve of all of them", async () => {
  const apart = await sliceOf();
  strictEqual(apart.curves.length, 8, "four systems, two seeds");
  for (const { runs, points, stage } of apart.curves) {
    deepStrictEqual([runs.length, points.length, stage], [1, 100, "fit align"]);
    deepStrictEqual(points.map(({ updates }) => updates), points.map((_, i) => 6 * (i + 1)));
  }
  const falling = apart.curves.filter((curve) => endingOf(curve)?.kind === "still falling");
  deepStrictEqual(
    new Set(falling.flatMap(({ runs }) => runs.map(({ variant }) => variant))),
    new Set(["Mono-SFT"]),
  );
  const { curves: [curve, ...others] } = await sliceOf("UPDATE step SET key = 'one' WHERE step = 'fit'");
  deepStrictEqual([curve!.runs.length, curve!.points.length, others.length], [8, 100, 0]);
});

Deno.test("stages come in the order of who goes through most of them, wherever others begin", async () => {
  const { curves } = await sliceOf(`
    DELETE FROM curve WHERE run IN (SELECT run FROM run WHERE variant = 'Mono-SFT');
    DELETE FROM step WHERE label = 'align' AND run IN (SELECT run FROM run WHERE variant = 'Mono-SFT');
    UPDATE step SET position = 4 WHERE label = 'align';
    UPDATE curve SET position = 4;
    INSERT INTO step SELECT run, if(variant = 'Mono-SFT', 2, 5), 'fit', 'transfer', 1, run::VARCHAR, false, 1, 1 FROM run;
    INSERT INTO curve SELECT run, position, 10, 1, NULL, NULL FROM step WHERE label = 'transfer'`);
  deepStrictEqual([...new Set(curves.map(({ stage }) => stage))], ["fit align", "fit transfer"]);
});
