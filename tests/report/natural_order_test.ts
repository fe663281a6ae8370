/** Ids in the order in which people count. */
import { deepStrictEqual } from "node:assert/strict";
import { DuckDBInstance } from "@duckdb/node-api";
import fc from "fast-check";
import { quote } from "../../lib/store/schema.ts";
import { naturalOrder } from "../../lib/report/store/read_answers.ts";

/** The ids as DuckDB sorts them. */
async function sorted(ids: readonly string[]): Promise<string[]> {
  const instance = await DuckDBInstance.create(":memory:");
  const db = await instance.connect();
  const rows = ids.map((id) => `(${quote(id)})`).join(", ");
  const reader = await db.runAndReadAll(
    `SELECT item FROM (VALUES ${rows}) AS ids(item) ORDER BY ${naturalOrder("item")}, item`,
  );
  db.closeSync();
  instance.closeSync();
  return reader.getRowsJS().flat() as string[];
}

Deno.test("naturalOrder() sorts ids as people count", async () => {
  deepStrictEqual(
    await sorted(["mgsm-10", "mgsm-2", "", "x1y20", "x1y3", "語-12", "語-9", "10", "9", "mgsm-100"]),
    ["", "9", "10", "mgsm-2", "mgsm-10", "mgsm-100", "x1y3", "x1y20", "語-9", "語-12"],
  );
});

Deno.test("naturalOrder() of ids with one number is the order of their numbers", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.nat(2_000_000), { minLength: 1, maxLength: 30 }),
      fc.constantFrom("", "mgsm-", "x_", "問題"),
      async (numbers, prefix) => {
        deepStrictEqual(
          await sorted(numbers.map((number) => prefix + number)),
          numbers.toSorted((a, b) => a - b).map((number) => prefix + number),
        );
      },
    ),
    { numRuns: 20 },
  );
});
