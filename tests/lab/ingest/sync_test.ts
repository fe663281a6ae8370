/**
 * The database is an index of the records: whatever happens to it, it can be built again with nothing lost.
 * @module
 */
import { deepStrictEqual, match, ok, rejects, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import fc from "fast-check";
import * as v from "valibot";
import { DuckDBInstance } from "@duckdb/node-api";
import { removeIfThere } from "../../../lib/files.ts";
import { paperRows } from "../../../lib/cli/experiment/paper_rows.ts";
import { labPaths } from "../../../lib/lab/record/paths.ts";
import { openStore } from "../../../lib/store/open.ts";
import { createStatements, SCHEMA_VERSION, TABLES, VIEWS } from "../../../lib/store/schema.ts";
import { syncStore } from "../../../lib/lab/record/sync.ts";
import { stream } from "../../../lib/random.ts";
import { deno, experimentArgs, labArgs, storeDigest, withFolder } from "../_lab.ts";
import { contents, drawChange, execute } from "./_changes.ts";

async function digestOf(path: string): Promise<Record<string, string>> {
  using store = await openStore(path, "read");
  return await storeDigest(store);
}

Deno.test("schema: every table, view and column is documented in the file itself", async () => {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  for (const statement of createStatements()) await connection.run(statement);
  const undocumented = await connection.runAndReadAll(
    `SELECT table_name, column_name FROM duckdb_columns() WHERE comment IS NULL AND NOT internal
     UNION ALL SELECT table_name, '' FROM duckdb_tables() WHERE comment IS NULL
     UNION ALL SELECT view_name, '' FROM duckdb_views() WHERE comment IS NULL AND NOT internal ORDER BY ALL`,
  );
  deepStrictEqual(undocumented.getRows(), []);
  const tables = await connection.runAndReadAll(
    "SELECT (SELECT count(*) FROM duckdb_tables()), (SELECT count(*) FROM duckdb_views() WHERE NOT internal)",
  );
  deepStrictEqual(tables.getRows(), [[BigInt(TABLES.length), BigInt(VIEWS.length)]]);
  connection.closeSync();
});

Deno.test("syncStore() keeps every answer as a row, and rebuilds a lost, truncated, foreign or older database", async () => {
  await withFolder(async (folder) => {
    const paths = labPaths(folder);
    const { code, stderr } = await deno(experimentArgs(folder, ["toy", "--seeds", "2", "--scale", "smoke"]));
    strictEqual(code, 0, stderr);
    const notices: string[] = [];
    const options = { notice: (text: string) => void notices.push(text), paper: paperRows() };

    const store = await openStore(paths.database, "read");
    const count = await store.rows(
      v.any(),
      "SELECT count(*) AS samples, count(DISTINCT run) AS runs FROM sample ORDER BY ALL",
    );
    deepStrictEqual(count, [{ samples: 3 * 2 * 2 * 4 * 8, runs: 6 }]);
    const wrong = await store.rows(
      v.any(),
      `SELECT s.scope FROM score s JOIN (
         SELECT run, benchmark, lang, count(*) AS n, count(*) FILTER (correct) AS k FROM sample GROUP BY ALL
       ) c ON (c.run, c.benchmark, c.lang) = (s.run, s.benchmark, s.scope)
       WHERE s.kind = 'lang' AND (s.n, s.k) <> (c.n, c.k) ORDER BY ALL`,
    );
    deepStrictEqual(wrong, []);
    const group = await store.rows(
      v.object({ value: v.number(), mean: v.number() }),
      `SELECT g.value, (SELECT avg(l.value) FROM score l WHERE l.run = g.run AND l.benchmark = g.benchmark
         AND l.kind = 'lang' AND l.scope IN ('sw', 'th')) AS mean
       FROM score g WHERE g.kind = 'group' AND g.scope = 'LR' ORDER BY ALL`,
    );
    strictEqual(group.length, 12);
    for (const { value, mean } of group) strictEqual(value, mean);
    const hostile = await store.rows(
      v.object({ output: v.string() }),
      "SELECT DISTINCT output FROM sample WHERE item IN ('p0', 'p2', 'p4') AND correct ORDER BY output",
    );
    deepStrictEqual(hostile.map(({ output }) => output), [
      "<script>alert(1)</script> The answer is 0",
      "שלום ١٢٣ The answer is 4",
      "\ufffd\ufffd tail The answer is 8",
    ]);
    const other = await store.rows(
      v.any(),
      "SELECT DISTINCT scope, metric, estimator FROM score WHERE kind = 'other' ORDER BY ALL",
    );
    deepStrictEqual(other, [{ scope: "", metric: "loss", estimator: "mse|v1" }]);
    store[Symbol.dispose]();

    strictEqual(await syncStore(paths, options), 0);
    const digest = await digestOf(paths.database);
    const bytes = Deno.readFileSync(paths.database);
    const rebuild = async (what: string, added: number): Promise<void> => {
      strictEqual(await syncStore(paths, options), added, what);
      deepStrictEqual(await digestOf(paths.database), digest, what);
    };

    Deno.removeSync(paths.database);
    await rebuild("deleted", 6);
    for (const keep of [0, 1, 4096, Math.floor(bytes.length / 2), bytes.length - 5000]) {
      Deno.writeFileSync(paths.database, bytes.subarray(0, keep));
      await rebuild(`truncated to ${keep}`, 6);
    }
    Deno.writeTextFileSync(paths.database, "This is no database. ".repeat(1000));
    await rebuild("foreign", 6);
    removeIfThere(paths.database);
    const foreign = await DuckDBInstance.create(paths.database);
    (await foreign.connect()).closeSync();
    foreign.closeSync();
    await rebuild("empty", 6);
    ok(notices.every((notice) => /rebuilding it from the records/.test(notice)), notices.join("\n"));
    strictEqual(notices.length, 7);
  });
});

Deno.test("syncStore() never takes a database with changed bytes for a good one", async () => {
  await withFolder(async (folder) => {
    const paths = labPaths(folder);
    await deno(experimentArgs(folder, ["toy", "--scale", "smoke", "--variant", "Toy"]));
    const options = { notice: () => {}, paper: null };
    await syncStore(paths, options);
    const digest = await digestOf(paths.database);
    const bytes = Deno.readFileSync(paths.database);
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
        const damaged = bytes.slice();
        for (let i = at; i < Math.min(at + 64, damaged.length); i++) damaged[i]! ^= flip;
        Deno.writeFileSync(paths.database, damaged);
        await syncStore(paths, options);
        deepStrictEqual(await digestOf(paths.database), digest);
      }),
      { numRuns: 12, seed: 7 },
    );
  });
});

Deno.test("syncStore() undoes whatever something else has changed in the database", async () => {
  await withFolder(async (folder) => {
    const paths = labPaths(folder);
    const toy = experimentArgs(folder, ["toy", "--scale", "smoke", "--seeds", "2"]);
    const { stdout } = await deno(toy);
    const whole = await contents(paths.database);
    for (let seed = 0; seed < 10; seed++) {
      const sql = drawChange(stream(seed, "tests", "changes"));
      await execute(paths.database, sql);
      await syncStore(paths, { notice: () => {}, paper: paperRows() });
      strictEqual(await contents(paths.database), whole, `seed ${seed}: ${sql}`);
    }
    const half = "UPDATE sample SET correct = true WHERE rowid % 2 = 0";
    await execute(paths.database, half);
    const again = await deno(toy);
    deepStrictEqual([again.code, again.stdout], [0, stdout]);
    match(again.stderr, /its table "sample" is not as the lab wrote it\); rebuilding it from the records/);
    const diff = labArgs("diff.ts", ["toy/Toy", "toy/Toy/2", "--lab", folder]);
    const right = await deno(diff);
    await execute(paths.database, half);
    strictEqual((await deno(diff)).stdout, right.stdout);
  });
});

Deno.test("syncStore() refuses a database of a newer lab and leaves it as it is", async () => {
  await withFolder(async (folder) => {
    const paths = labPaths(folder);
    await deno(experimentArgs(folder, ["toy", "--scale", "smoke", "--variant", "Toy"]));
    const instance = await DuckDBInstance.create(paths.database);
    const connection = await instance.connect();
    await connection.run(`UPDATE meta SET value = '${SCHEMA_VERSION + 1}' WHERE key = 'schema_version'`);
    connection.closeSync();
    instance.closeSync();
    const before = Deno.readFileSync(paths.database);
    const message = new RegExp(
      `it has schema version ${
        SCHEMA_VERSION + 1
      }, this lab knows up to ${SCHEMA_VERSION}; update the repository`,
    );
    await rejects(syncStore(paths, { notice: () => {}, paper: null }), message);
    await rejects(openStore(paths.database, "read"), message);
    deepStrictEqual(Deno.readFileSync(paths.database), before);
    const { code, stderr } = await deno(
      experimentArgs(folder, ["toy", "--scale", "smoke", "--variant", "Toy"]),
    );
    strictEqual(code, 2);
    ok(message.test(stderr), stderr);
  });
});

Deno.test("openStore() says what to do when there is nothing yet", async () => {
  await rejects(
    openStore(join(Deno.cwd(), "nowhere.duckdb"), "read"),
    /there are no results yet; run "deno task experiment" first/,
  );
});

Deno.test("syncStore() takes the answers in even when a check of a claim throws, and says so", async () => {
  await withFolder(async (folder) => {
    const paths = labPaths(folder);
    await deno(experimentArgs(folder, ["toy", "--scale", "smoke", "--variant", "Toy"]));
    const digest = await digestOf(paths.database);
    removeIfThere(paths.database);
    const judge = () => Promise.reject(new TypeError("no such benchmark"));
    await rejects(syncStore(paths, { notice: () => {}, paper: paperRows(), judge }), /no such benchmark/);
    deepStrictEqual(await digestOf(paths.database), digest);
    strictEqual(await syncStore(paths, { notice: () => {}, paper: paperRows() }), 0);
  });
});

Deno.test("a start judges the claims although an update between runs has the store say all of the records", async () => {
  await withFolder(async (folder) => {
    const paths = labPaths(folder);
    const args = experimentArgs(folder, ["toy", "--scale", "smoke"]);
    const { stdout } = await deno(args);
    match(stdout, /^No verdict at this scale: /m);
    Deno.removeSync(paths.claims, { recursive: true });
    await syncStore(paths, { notice: () => {}, paper: paperRows() });
    const again = await deno(args);
    strictEqual(again.stdout, stdout);
    ok([...Deno.readDirSync(paths.claims)].length > 0);
  });
});
