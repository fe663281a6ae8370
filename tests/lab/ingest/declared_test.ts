/** What an experiment declares on its way through the store to a page's slice. */
import { deepStrictEqual, ok } from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import afterThePaper from "../../../experiments/after_the_paper.ts";
import { declare } from "../../../lib/lab/experiment/declare.ts";
import { declarationRows } from "../../../lib/lab/record/rows.ts";
import type { Declaration } from "../../../lib/lab/record/record.ts";
import { readSlice } from "../../../lib/results/read_slice.ts";
import { appendRows } from "../../../lib/store/append.ts";
import { openStore } from "../../../lib/store/open.ts";
import { withFolder } from "../_lab.ts";

const FILE = fileURLToPath(new URL("../../../experiments/after_the_paper.ts", import.meta.url));
const KEY = ["after_the_paper", "smoke", "mini"] as const;

const declared = () => declare(afterThePaper, { file: FILE, scale: "smoke", world: "mini", benchmarks: [] });

/** The slice that a declaration gives. */
async function sliceOf(declaration: Declaration) {
  let slice: Awaited<ReturnType<typeof readSlice>> | undefined;
  await withFolder(async (folder) => {
    using store = await openStore(join(folder, "lab.duckdb"), "write");
    for (const [table, rows] of Object.entries(declarationRows(KEY, declaration))) {
      await appendRows(store.connection, table, rows);
    }
    slice = await readSlice(store, { experiment: KEY[0], scale: KEY[1], world: KEY[2] });
  });
  return slice!;
}

Deno.test("knock-outs are read from the store as the experiment names them; an older record has none", async () => {
  const { knockouts } = await sliceOf(declared());
  deepStrictEqual(knockouts, afterThePaper.knockouts);
  const { knockouts: _, ...older } = declared();
  deepStrictEqual((await sliceOf(older)).knockouts, {});
});

Deno.test("what a system reads and its tries are read from the store as declared; an older record does not say", async () => {
  const wanted = Object.fromEntries(declared().variants.map(({ name, facts }) => [name, facts]));
  ok(wanted["MERLIN"]!.prompts.length > 3);
  const factsIn = async (declaration: Declaration) =>
    Object.fromEntries((await sliceOf(declaration)).variants.map(({ name, facts }) => [name, facts]));
  deepStrictEqual(await factsIn(declared()), wanted);
  const older = { ...declared(), variants: declared().variants.map(({ facts: _, ...variant }) => variant) };
  deepStrictEqual(new Set(Object.values(await factsIn(older))), new Set([null]));
});
