/** docs/reading.md on a real store: its queries, and its Python and shell in these programs themselves. */
import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import * as v from "valibot";
import { atLeast } from "../../lib/checked.ts";
import { writeExport } from "../../lib/report/export/write_export.ts";
import { openStore } from "../../lib/store/open.ts";
import { withFolder } from "../lab/_lab.ts";
import { writeStore } from "../report/_store.ts";
import { blocksOf, page } from "./_pages.ts";
import { programsOf, runs } from "./_python.ts";

const reading = page("docs/reading.md");
const queries = blocksOf(reading, "sql").map((sql) => sql.trim().replace(/;$/, ""));
/** The queries in another language's code. */
const within = (language: string) =>
  blocksOf(reading, language).flatMap((code) =>
    [...code.matchAll(/"(SELECT [\s\S]+?)"/g)].map(([, sql]) => sql!)
  );

const programs = programsOf(new URL("reading_requirements.txt", import.meta.url).pathname);
/** A test that needs Python's packages; its name says what it lacks where it is skipped. */
function inPrograms(name: string, use: (bin: string) => Promise<void>): void {
  if ("lacks" in programs) {
    Deno.test({ name: `${name} (skipped: no ${programs.lacks})`, ignore: true, fn() {} });
  } else Deno.test(name, () => use(programs.bin));
}

/** A folder as a lab's, with a store where the page expects it. */
const inLab = (use: (lab: { folder: string; store: string }) => Promise<void>) =>
  withFolder(async (folder) => {
    const store = join(folder, ".lab", "lab.duckdb");
    Deno.mkdirSync(join(folder, ".lab"));
    await writeStore(store, { scale: "smoke", seeds: [1, 2], items: 4 });
    await use({ folder, store });
  });

/** Accuracy by variant and language as the store's scores have it, which the page's readers count anew. */
async function accuracies(path: string): Promise<Record<string, number>> {
  using store = await openStore(path, "read");
  const rows = await store.rows(
    v.object({ variant: v.string(), scope: v.string(), value: v.number() }),
    `SELECT variant, scope, sum(k) / sum(n) AS value FROM score JOIN run USING (run)
     WHERE run.current AND kind = 'lang' AND metric = 'accuracy' GROUP BY ALL ORDER BY ALL`,
  );
  return Object.fromEntries(rows.map(({ variant, scope, value }) => [`${variant} ${scope}`, round(value)]));
}

const round = (value: number) => Math.round(value * 1e9) / 1e9;

Deno.test("every query in docs/reading.md runs on a store, or on the exported file, and finds rows", () =>
  inLab(async ({ folder, store: path }) => {
    await writeExport({ store: path, out: join(folder, "export") });
    using store = await openStore(path, "read");
    const onStore = [...queries, ...within("python"), ...within("r")];
    strictEqual(onStore.length, 7);
    const onFile = within("js").map((sql) =>
      sql.replace("FROM answers", `FROM '${folder}/export/answers.parquet'`)
    );
    strictEqual(onFile.length, 1);
    match(blocksOf(reading, "js").join(), /FileAttachment\("export\/answers\.parquet"\)/);
    for (const sql of [...onStore, ...onFile]) {
      ok((await store.rows(v.record(v.string(), v.unknown()), sql)).length > 0, sql);
    }
  }));

Deno.test("what docs/reading.md says of the view answers and of the exported tables is there", () =>
  inLab(async ({ folder, store: path }) => {
    const { rows } = await writeExport({ store: path, out: join(folder, "export") });
    for (const name of Object.keys(rows)) ok(reading.includes(`\`${name}\``), name);
    const pinned = Deno.readTextFileSync(new URL("reading_requirements.txt", import.meta.url));
    const versions = [...reading.matchAll(/"(duckdb(?:-cli)?==[\d.]+)\*"/g)].map(([, version]) => version!);
    strictEqual(versions.length, 2);
    for (const version of versions) ok(pinned.includes(version), version);
  }));

inPrograms(
  "the Python of docs/reading.md prints the table, and counts what the store's scores say",
  (bin) =>
    inLab(async ({ folder, store }) => {
      const [code] = atLeast(blocksOf(reading, "python"), 1);
      strictEqual(code.trim().split("\n").length, 5);
      const asked = `${code}
import json
means = answers.groupby(["variant", "lang"])["correct"].mean()
print(json.dumps({f"{variant} {lang}": round(value, 9) for (variant, lang), value in means.items()}))`;
      const { success, stdout, stderr } = runs(join(bin, "python"), ["-c", asked], folder);
      ok(success, stderr);
      const [table, json] = atLeast(stdout.trim().split(/\n(?=\{)/), 2);
      match(table, /^lang +bn +de +en[\s\S]*\nmgsm +LinguaLIFT +\d+\.\d/);
      deepStrictEqual(JSON.parse(json), await accuracies(store));
    }),
);

inPrograms(
  "DuckDB's shell answers the queries of docs/reading.md, and may not write to the store",
  (bin) =>
    inLab(async ({ folder, store }) => {
      const line = blocksOf(reading, "sh").join("").match(/^duckdb (.*)$/m)![1]!.split(" ");
      const shell = (sql: string) => runs(join(bin, "duckdb"), ["-json", ...line, sql], folder);
      for (const sql of queries) ok(JSON.parse(shell(sql).stdout).length > 0, sql);
      const cells: { variant: string; lang: string; accuracy: number }[] = JSON.parse(
        shell(queries[0]!).stdout,
      );
      deepStrictEqual(
        Object.fromEntries(
          cells.map(({ variant, lang, accuracy }) => [`${variant} ${lang}`, round(accuracy)]),
        ),
        await accuracies(store),
      );
      const written = shell("DELETE FROM sample");
      ok(!written.success && /read-only/.test(written.stderr), written.stderr);
    }),
);
