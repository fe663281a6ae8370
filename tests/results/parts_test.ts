/** Parts of solutions as estimates: those of a count by hand, and none where no item has a worked solution. */
import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import * as v from "valibot";
import { formatParts } from "../../lib/cli/terminal/table.ts";
import { markdownParts } from "../../lib/report/tables/parts.ts";
import { PARTS } from "../../lib/metric/mod.ts";
import { readParts } from "../../lib/results/parts.ts";
import { readSlice } from "../../lib/results/read_slice.ts";
import { openStore, type Store } from "../../lib/store/open.ts";
import { change, type StoreOptions, writeStore } from "../report/_store.ts";

const KEY = { experiment: "stage_removal", scale: "micro", world: "mini" };

async function withStore(
  options: StoreOptions,
  use: (store: Store) => Promise<void>,
  sql?: string,
): Promise<void> {
  const folder = Deno.makeTempDirSync({ prefix: "parts" });
  const path = join(folder, "lab.duckdb");
  await writeStore(path, options);
  if (sql !== undefined) await change(path, sql);
  {
    using store = await openStore(path, "read");
    await use(store);
  }
  Deno.removeSync(folder, { recursive: true });
}

Deno.test("readParts() gives the means over languages that SQL gives, for every system, group and part", async () => {
  for (const gap of [false, true]) {
    await withStore({ seeds: [1, 2], items: 20, gap }, async (store) => {
      const slice = await readSlice(store, KEY);
      const rows = await readParts(store, slice);
      const [benchmark] = slice.benchmarks;
      strictEqual(rows.length, slice.variants.length * benchmark!.groups.length);
      for (const { variant, scope, parts } of rows) {
        const languages = benchmark!.groups.find(({ name }) => name === scope)!.languages;
        for (const part of PARTS) {
          const [mean] = await store.rows(
            v.object({ value: v.number() }),
            `SELECT avg(share) AS value FROM (SELECT lang, avg(${part}::INT) AS share FROM sample JOIN run USING (run)
             WHERE variant = $variant AND lang IN (${
              languages.map((lang) => `'${lang}'`).join(", ")
            }) GROUP BY lang)
             ORDER BY ALL`,
            { variant },
          );
          const { value, low, high } = parts[part];
          ok(Math.abs(value - mean!.value) < 1e-12, `${variant} ${scope} ${part}`);
          ok(low <= value && value <= high);
        }
      }
    });
  }
});

Deno.test("readParts() leaves out what has no worked solution", async () => {
  const none = "UPDATE sample SET operation = NULL, operands = NULL, sum = NULL";
  await withStore({ seeds: [1], items: 5 }, async (store) => {
    deepStrictEqual(await readParts(store, await readSlice(store, KEY)), []);
  }, none);
  await withStore({ seeds: [1], items: 5 }, async (store) => {
    const rows = await readParts(store, await readSlice(store, KEY));
    // A mean over fewer languages than the group has would look like the group's.
    deepStrictEqual([...new Set(rows.map(({ scope }) => scope))], ["HR"]);
  }, `${none} WHERE lang = 'sw'`);
});

Deno.test("markdownParts() and the terminal print a row a system and group, or nothing", async () => {
  await withStore({ seeds: [1], items: 5 }, async (store) => {
    const slice = await readSlice(store, KEY);
    const rows = await readParts(store, slice);
    const [benchmark] = slice.benchmarks;
    const printed = markdownParts(rows, benchmark!)!;
    strictEqual(
      printed.match(/^\| .* \| (?:LR|HR|avg) \|(?: [\d.]+ \([\d.]+–[\d.]+\) \|){3}$/gm)?.length,
      rows.length,
    );
    strictEqual(markdownParts([], benchmark!), undefined);
    const lines = formatParts(rows).split("\n");
    strictEqual(lines.length, rows.length + 1);
    deepStrictEqual(lines.filter(({ length }) => length > 80), []);
  });
});
