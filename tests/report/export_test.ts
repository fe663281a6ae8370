/** `deno task report --export`: tables for other programs, with the numbers of the site. */
import { deepStrictEqual, match, ok, rejects, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { percent, points } from "../../lib/format.ts";
import { exists } from "../../lib/files.ts";
import { ROOT } from "../../lib/lab/record/paths.ts";
import { loadPaper } from "../../lib/paper/paper.ts";
import { paperLookup } from "../../lib/paper/lookup.ts";
import type { SliceData } from "../../lib/report/client/data.ts";
import { readScript } from "../../lib/report/evidence.ts";
import { EXPORT_TABLES } from "../../lib/report/export/tables.ts";
import { writeExport } from "../../lib/report/export/write_export.ts";
import { writeReport } from "../../lib/report/write_report.ts";
import { readResults } from "../../lib/results/read_results.ts";
import { computeResults } from "../../lib/results/table.ts";
import { openStore } from "../../lib/store/open.ts";
import { withFolder } from "../lab/_lab.ts";
import { change, HOSTILE, writeStore } from "./_store.ts";

type Row = Record<string, unknown>;
const NAMES = [
  "scores",
  "effects",
  "changes",
  "claims",
  "runs",
  "recipe",
  "step_scores",
  "curves",
  "answers",
];

/** Rows of a query, counts as numbers. */
async function ask(sql: string, path = ":memory:"): Promise<Row[]> {
  const instance = await DuckDBInstance.create(path);
  const db = await instance.connect();
  const rows = (await db.runAndReadAll(sql)).getRowObjectsJS();
  db.closeSync();
  instance.closeSync();
  return rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [name, typeof value === "bigint" ? Number(value) : value]),
    )
  );
}

/** A folder with a store of one experiment, which is there for a test alone. */
const inFolder = (use: (paths: { folder: string; store: string; out: string }) => Promise<void>) =>
  withFolder(async (folder) => {
    const store = join(folder, "lab.duckdb");
    await writeStore(store, { seeds: [1, 2], items: 20 });
    await use({ folder, store, out: join(folder, "export") });
  });

Deno.test("every number of the site is in the exported tables, before it was rounded", () =>
  inFolder(async ({ folder, store, out }) => {
    const summary = await writeExport({ store, out });
    deepStrictEqual(EXPORT_TABLES.map(({ name }) => name), NAMES);
    using db = await openStore(store, "read");
    const reading = await readResults(db, { experiment: "stage_removal", scale: "micro", world: "mini" });
    const { cells, effects, slice } = computeResults(reading, paperLookup(loadPaper()));
    strictEqual(summary.rows.scores, cells.length);

    const scores = await ask(`FROM '${out}/scores.parquet'`);
    deepStrictEqual(
      scores.map(({ benchmark, variant, scope, accuracy, low, high, k, n, paper_percent }) => [
        ...[benchmark, variant, scope, accuracy, low, high, k, n, paper_percent],
      ]),
      cells.map(({ benchmark, variant, scope, value, low, high, k, n, paper }) => [
        ...[benchmark, variant, scope, value, low, high, k, n, paper?.value ?? null],
      ]),
    );
    const written = await ask(`FROM '${out}/effects.parquet'`);
    deepStrictEqual(
      written.map(({ variant, base, scope, difference, low, high, p, p_corrected }) => [
        ...[variant, base, scope, difference, low, high, p, p_corrected],
      ]),
      effects.map(({ variant, scope, value, low, high, p, corrected }) => [
        ...[variant, "LinguaLIFT", scope, value, low, high, p, corrected.p],
      ]),
    );
    const claims = await ask(`FROM '${out}/claims.parquet'`);
    deepStrictEqual(
      claims.map(({ claim, verdict, because }) => [claim, verdict, because]),
      slice.claims.map(({ claim, verdict, because }) => [claim, verdict, because]),
    );

    const site = join(folder, "site");
    await writeReport({ store, out: site });
    const page = readScript(
      Deno.readTextFileSync(join(site, "evidence/stage_removal.mini.micro.js")),
    ) as SliceData;
    deepStrictEqual(
      Object.fromEntries(
        scores.map(({ benchmark, variant, scope, accuracy, low, high }) => [
          `${benchmark}|${variant}|${scope}`,
          [accuracy, low, high].map((value) => percent(value as number)),
        ]),
      ),
      Object.fromEntries(
        Object.entries(page.cells).map(([key, { printed, low, high }]) => [key, [printed, low, high]]),
      ),
    );
    const html = Deno.readTextFileSync(join(site, "experiments/stage_removal.mini.micro.html"));
    for (const { difference } of written) ok(html.includes(points(difference as number)));
  }));

Deno.test("answers are every answer of the runs that count, with what was asked, and whatever they hold", () =>
  inFolder(async ({ store, out }) => {
    await change(
      store,
      `UPDATE run SET current = false WHERE variant = 'Mono-SFT' AND seed = 2;
       DELETE FROM prompt WHERE prompt_hash = (SELECT min(prompt_hash) FROM prompt)`,
    );
    await writeExport({ store, out });
    const written = await ask(`SELECT * FROM '${out}/answers.parquet' ORDER BY ALL`);
    const kept = await ask(
      `SELECT experiment, scale, world, variant, seed, method, benchmark, lang, item, text AS prompt, output, extracted,
         gold, correct, operation, operands, sum, run_id
       FROM sample JOIN run USING (run) LEFT JOIN prompt USING (prompt_hash) WHERE current AND status = 'done' ORDER BY ALL`,
      store,
    );
    strictEqual(written.length, (4 * 2 - 1) * 11 * 20);
    deepStrictEqual(written, kept);
    deepStrictEqual(await ask("SELECT * FROM answers ORDER BY ALL", store), kept);
    ok(written.some(({ prompt }) => prompt === null) && written.some(({ prompt }) => prompt !== null));
    const outputs = new Set(written.map(({ output }) => output));
    ok(HOSTILE.every((text) => [...outputs].some((output) => String(output).includes(text))));
  }));

Deno.test("CSV and Parquet say the same, and columns.csv what each column is", () =>
  inFolder(async ({ out, store }) => {
    await writeExport({ store, out });
    deepStrictEqual(
      [...Deno.readDirSync(out)].map(({ name }) => name).sort(),
      [...[...NAMES, "columns"].flatMap((name) => [`${name}.csv`, `${name}.parquet`]), "export.json"].sort(),
    );
    for (const { name, columns } of EXPORT_TABLES) {
      const list = columns.map((column) => `CAST(${column.name} AS VARCHAR) AS ${column.name}`).join(", ");
      const csv = await ask(
        `SELECT ${list} FROM read_csv('${out}/${name}.csv', all_varchar = true, header = true)`,
      );
      deepStrictEqual(csv, await ask(`SELECT ${list} FROM '${out}/${name}.parquet'`), name);
    }
    const described = await ask(`SELECT table_name, column_name, comment FROM '${out}/columns.csv'`);
    deepStrictEqual(
      described,
      EXPORT_TABLES.flatMap(({ name, columns }) =>
        columns.map((column) => ({ table_name: name, column_name: column.name, comment: column.comment }))
      ),
    );
    for (const { comment } of described) match(String(comment), /^.{3,}/);
  }));

Deno.test("a folder with other files is refused, an export is replaced whole, and one that fails leaves it", () =>
  inFolder(async ({ folder, store, out }) => {
    const other = join(folder, "other");
    Deno.mkdirSync(other);
    Deno.writeTextFileSync(join(other, "mine.txt"), "mine");
    await rejects(writeExport({ store, out: other }), {
      name: "UserError",
      message: `Cannot export to "${other}": the folder holds other files; name an empty or new folder`,
    });
    deepStrictEqual([...Deno.readDirSync(other)].map(({ name }) => name), ["mine.txt"]);
    await writeExport({ store, out });
    Deno.writeTextFileSync(join(out, "old.csv"), "of an earlier version");
    await writeExport({ store, out });
    ok(!exists(join(out, "old.csv")));
    const before = Deno.readFileSync(join(out, "scores.csv"));
    await change(store, "UPDATE score SET k = k - 1 WHERE kind = 'lang' AND metric = 'accuracy'");
    await rejects(writeExport({ store, out }), /Cannot use .*is damaged, old or changed/);
    await rejects(writeExport({ store: join(folder, "none.duckdb"), out }), /there are no results yet/);
    deepStrictEqual(Deno.readFileSync(join(out, "scores.csv")), before);
    ok(!exists(`${out}.building`));
  }));

Deno.test("deno task report --export writes below reports alone, says how much, and takes no --check", async () => {
  await inFolder(async ({ folder, store }) => {
    const out = Deno.makeTempDirSync({ dir: join(ROOT, "reports"), prefix: ".export" });
    const report = async (...args: string[]) => {
      const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
        args: ["task", "-q", "report", "--store", store, ...args],
        cwd: ROOT,
        stdin: "null",
      }).output();
      return { code, stdout: new TextDecoder().decode(stdout), stderr: new TextDecoder().decode(stderr) };
    };
    try {
      const done = await report("--export", out);
      strictEqual(done.code, 0, done.stderr);
      match(done.stdout, /: 9 tables, [\d,]+ rows, as CSV and Parquet\n$/);
      ok(exists(join(out, "answers.parquet")));
    } finally {
      Deno.removeSync(out, { recursive: true });
    }
    const outside = await report("--export", join(folder, "outside"));
    strictEqual(outside.code, 2);
    match(outside.stderr, /^Not permitted: requires write access to "[^\n]*name a path that it may use\n$/);
    ok(!exists(join(folder, "outside")) && !exists(join(folder, "outside.building")));
    const both = await report("--export", out, "--check");
    strictEqual(both.code, 2);
    match(both.stderr, /^Cannot use --check with --export: [^\n]*\n$/);
  });
});
