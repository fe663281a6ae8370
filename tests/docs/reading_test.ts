/** The queries of docs/reading.md on a real store. */
import { ok, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import * as v from "valibot";
import { openStore } from "../../lib/store/open.ts";
import { writeStore } from "../report/_store.ts";
import { blocksOf, page } from "./_pages.ts";

Deno.test("every query in docs/reading.md runs on a store and finds rows", async () => {
  const reading = page("docs/reading.md");
  const inPrograms = ["python", "r"].flatMap((language) => blocksOf(reading, language))
    .flatMap((code) => [...code.matchAll(/"(SELECT [\s\S]+?)"/g)].map(([, sql]) => sql!));
  const queries = [...blocksOf(reading, "sql").map((sql) => sql.trim().replace(/;$/, "")), ...inPrograms];
  strictEqual(queries.length, 7);
  const path = join(Deno.makeTempDirSync(), "lab.duckdb");
  await writeStore(path, { scale: "smoke", seeds: [1, 2], items: 4 });
  {
    using store = await openStore(path, "read");
    for (const sql of queries) {
      ok((await store.rows(v.record(v.string(), v.unknown()), sql)).length > 0, sql);
    }
  }
  Deno.removeSync(join(path, ".."), { recursive: true });
});
