/** The whole site from a store. */
import { deepStrictEqual, match, ok, rejects, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { atLeast } from "../../lib/checked.ts";
import { UserError } from "../../lib/errors.ts";
import type { AnswerTuple, SliceData } from "../../lib/report/client/data.ts";
import { provePrinted, readScript } from "../../lib/report/evidence.ts";
import { checkReport, writeReport } from "../../lib/report/write_report.ts";
import { change, HOSTILE, type StoreOptions, writeStore } from "./_store.ts";

const SIZE = { seeds: [1, 2], items: 20 };
const PAGE = "experiments/stage_removal.mini.micro.html";

/** A folder with a store; everything is removed afterwards. */
async function inFolder(
  options: StoreOptions,
  use: (paths: { store: string; out: string }) => Promise<void>,
) {
  const folder = Deno.makeTempDirSync();
  try {
    const store = join(folder, "lab.duckdb");
    await writeStore(store, { ...SIZE, ...options });
    await use({ store, out: join(folder, "site") });
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

/** Relative path -> bytes as text, of everything below a folder. */
function filesOf(folder: string, below = ""): Map<string, string> {
  return new Map(
    [...Deno.readDirSync(join(folder, below))].sort((a, b) => a.name < b.name ? -1 : 1).flatMap((entry) =>
      entry.isDirectory
        ? [...filesOf(folder, join(below, entry.name))]
        : [[join(below, entry.name), Deno.readTextFileSync(join(folder, below, entry.name))] as const]
    ),
  );
}

function sliceData(out: string): SliceData {
  return readScript(Deno.readTextFileSync(join(out, "evidence/stage_removal.mini.micro.js"))) as SliceData;
}

async function query(store: string, sql: string) {
  const instance = await DuckDBInstance.create(store);
  const db = await instance.connect();
  const rows = (await db.runAndReadAll(sql)).getRowObjectsJS();
  db.closeSync();
  instance.closeSync();
  return rows;
}

Deno.test("beside a run at scale micro the overview has none of demo's verdicts, whose page says what it can show", () =>
  inFolder({ scale: "demo" }, async ({ store, out }) => {
    const read = (page: string) => Deno.readTextFileSync(join(out, page));
    const demoClaims = /stage_removal\.mini\.demo\.html#claim/;
    const note = /Scale demo .*It can show .*It cannot show /s;
    await writeReport({ store, out });
    match(read("index.html"), demoClaims);
    match(read("index.html"), note);
    await writeStore(store, SIZE);
    await writeReport({ store, out });
    ok(!demoClaims.test(read("index.html")));
    ok(!note.test(read("index.html")));
    match(read("index.html"), /stage_removal\.mini\.micro\.html#claim/);
    match(read("experiments/stage_removal.mini.demo.html"), note);
    ok(!note.test(read(PAGE)));
  }));

Deno.test("writeReport() gives the same bytes for the same store", () =>
  inFolder({}, async ({ store, out }) => {
    await writeReport({ store, out });
    const first = filesOf(out);
    await writeReport({ store, out });
    const second = filesOf(out);
    deepStrictEqual([...second.keys()], [...first.keys()]);
    for (const [path, text] of first) ok(second.get(path) === text, path);
  }));

Deno.test("writeReport(): a benchmark of words gives the same few words of each language for all rows, another none", async () => {
  await inFolder({ unit: "word" }, async ({ store, out }) => {
    await writeReport({ store, out });
    const page = Deno.readTextFileSync(join(out, PAGE));
    const [table] = /<table class="samples">.*?<\/table>/s.exec(page)!;
    const rows = [...table.matchAll(/<td><bdi>([^<]*)<\/bdi><\/td>.*?<\/tr>/gs)];
    const [counted] = await query(store, "SELECT count(DISTINCT lang) AS languages FROM sample");
    strictEqual(rows.length, 6 * Number(counted!.languages));
    strictEqual(new Set(rows.map(([, word]) => word)).size, 6);
    const right = await query(
      store,
      `SELECT lang, item FROM sample WHERE benchmark = 'mgsm' AND correct AND run IN
         (SELECT run FROM run WHERE seed = 1) AND item IN (${rows.map(([, word]) => `'${word}'`).join()})`,
    );
    strictEqual(table.split("\u2713").length - 2, right.length, "marks, beside the caption's");
    ok(!page.includes("<script>window.pwned"));
  });
  await inFolder({}, async ({ store, out }) => {
    await writeReport({ store, out });
    ok(!Deno.readTextFileSync(join(out, PAGE)).includes('class="samples"'));
  });
});

Deno.test("writeReport(): a benchmark of texts shows five problems in every language with what each row writes of them", async () => {
  await inFolder({ unit: "text" }, async ({ store, out }) => {
    await change(store, "UPDATE prompt SET text = text || chr(10) || 'Translate:'");
    await change(store, "UPDATE sample SET output = repeat('1', 5000) WHERE lang = 'sw'");
    await writeReport({ store, out });
    const page = Deno.readTextFileSync(join(out, PAGE));
    const [table] = /<table class="samples">.*?<\/table>/s.exec(page)!;
    const [counted] = await query(
      store,
      `SELECT count(DISTINCT lang) AS languages, count(DISTINCT variant) AS variants FROM sample JOIN run USING (run)`,
    );
    const rows = [...table.matchAll(/<tr>(.*?)<\/tr>/gs)].slice(1);
    strictEqual(rows.length, 5 * Number(counted!.languages));
    for (const [, row] of rows) {
      strictEqual([...row!.matchAll(/<td/g)].length, 2 + Number(counted!.variants));
    }
    ok(!table.includes("Translate:"), "the instruction is no part of the problem");
    ok(
      table.includes(`${"1".repeat(240)}…`) && !table.includes("1".repeat(241)),
      "what repeats itself is cut",
    );
    ok(!page.includes("<script>window.pwned"));
  });
});

Deno.test("writeReport() says which parts of the solutions are right, in a table and with every answer", async () => {
  await inFolder({}, async ({ store, out }) => {
    await writeReport({ store, out });
    const page = Deno.readTextFileSync(join(out, PAGE));
    const [section] = atLeast(page.split('id="solutions"').slice(1), 1);
    const [row] = atLeast(
      await query(
        store,
        `SELECT 100 * avg(share) AS percent FROM (SELECT lang, avg(operands::INT) AS share FROM sample JOIN run USING (run)
         WHERE variant = 'w/o Task-Transfer' AND lang IN ('bn', 'sw', 'te', 'th') GROUP BY lang)`,
      ),
      1,
    );
    const [system] = atLeast(section.split('dir="auto">w/o Task-Transfer</th>').slice(1), 1);
    const printed = [...system.split("</tr>")[0]!.matchAll(/<b>([\d.]+)<\/b>/g)].map(([, one]) => one);
    strictEqual(printed.length, 4, "answer, operation, operands, sum");
    strictEqual(printed[2], Number(row.percent).toFixed(1));
    const { answers, parts } = sliceData(out);
    deepStrictEqual(parts, ["operation", "operands", "sum"]);
    const rows = Object.values(answers).flatMap((file) =>
      readScript(Deno.readTextFileSync(join(out, file))) as AnswerTuple[]
    );
    const counted = await query(
      store,
      "SELECT count(*) AS n FROM sample WHERE operation AND NOT operands AND sum",
    );
    strictEqual(rows.filter((one) => one[8] === "101").length, Number(counted[0]!.n));
  });
  await inFolder({}, async ({ store, out }) => {
    await change(store, "UPDATE sample SET operation = NULL, operands = NULL, sum = NULL");
    await writeReport({ store, out });
    ok(!Deno.readTextFileSync(join(out, PAGE)).includes('id="solutions"'));
    const rows = Object.values(sliceData(out).answers).flatMap((file) =>
      readScript(Deno.readTextFileSync(join(out, file))) as AnswerTuple[]
    );
    ok(rows.length > 0 && rows.every((one) => one[8] === null));
  });
});

Deno.test("writeReport() shows each number's SQL, which gives the number", () =>
  inFolder({ gap: true }, async ({ store, out }) => {
    const summary = await writeReport({ store, out });
    const cells = Object.values(sliceData(out).cells);
    strictEqual(cells.length, summary.cells);
    for (const cell of cells.filter((_, i) => i % 7 === 0)) {
      const [row] = atLeast(await query(store, cell.sql), 1);
      ok(
        Math.abs(Number(row.percent) - Number(cell.printed)) <= 0.05 + 1e-9,
        `${row.percent} ${cell.printed}`,
      );
      deepStrictEqual([Number(row.k), Number(row.n)], [cell.k, cell.n]);
    }
  }));

Deno.test("writeReport() marks an answer that is missing and counts the rest", () =>
  inFolder({ gap: true }, async ({ store, out }) => {
    await writeReport({ store, out });
    const data = sliceData(out);
    const gaps = data.marks.filter(([, , , marks]) => marks.includes("."));
    deepStrictEqual(gaps.map(([run, , lang, marks]) => [data.runs[run]!.variant, lang, marks[0]]), [[
      "LinguaLIFT",
      "bn",
      ".",
    ]]);
    strictEqual(data.cells["mgsm|LinguaLIFT|bn"]!.n, 39);
  }));

Deno.test("writeReport() refuses a store whose scores do not follow from its answers, and keeps the old site", () =>
  inFolder({}, async ({ store, out }) => {
    await writeReport({ store, out });
    const before = filesOf(out);
    await change(store, `UPDATE score SET k = k - 1 WHERE kind = 'lang' AND scope = 'sw' AND k > 0`);
    await rejects(
      writeReport({ store, out }),
      (error) =>
        error instanceof UserError &&
        /mgsm sw has \d+ of 20 right by its score, \d+ of 20 by its answers\); give your last/.test(
          error.message,
        ),
    );
    ok([...filesOf(out)].every(([path, text]) => before.get(path) === text));
  }));

Deno.test("provePrinted() finds any single mark that was changed in the data", () =>
  inFolder({}, async ({ store, out }) => {
    await writeReport({ store, out });
    const data = sliceData(out);
    provePrinted(data);
    const [run, benchmark, lang, marks] = data.marks[5]!;
    const flipped = (marks[0] === "1" ? "0" : "1") + marks.slice(1);
    const tampered = data.marks.map((row, i) => i === 5 ? [run, benchmark, lang, flipped] as const : row);
    await rejects(
      async () => provePrinted(await Promise.resolve({ ...data, marks: tampered })),
      /Cannot publish/,
    );
  }));

Deno.test("writeReport() writes hostile text as text, on pages and in data files", () =>
  inFolder({}, async ({ store, out }) => {
    await change(
      store,
      `UPDATE claim SET sentence = '</script><script>window.pwned = 5</script>', because = '<img src=x onerror=alert(1)>'`,
    );
    await change(
      store,
      `UPDATE experiment SET title = '<svg onload=alert(2)>', abstract = '<iframe src="javascript:3">'`,
    );
    await writeReport({ store, out });
    for (const [path, text] of filesOf(out)) {
      if (path.startsWith("assets") || path.endsWith(".tex")) continue;
      ok(!/(?<!\\)<(script>window|img src=x|svg onload|iframe|b>high)/.test(text), path);
    }
    const answers = [...filesOf(out)].filter(([path]) => /evidence\/.*\/a\d+\.js/.test(path))
      .flatMap(([, text]) => readScript(text) as string[][]);
    for (const text of HOSTILE) ok(answers.some((answer) => answer[4] === text), text);
  }));

Deno.test("writeReport() keeps the given number of answers and says of how many", () =>
  inFolder({}, async ({ store, out }) => {
    await writeReport({ store, out, answers: 500 });
    const files = [...filesOf(out)].filter(([path]) => /evidence\/.*\/a\d+\.js/.test(path));
    const kept = files.reduce((sum, [, text]) => sum + (readScript(text) as unknown[]).length, 0);
    ok(kept > 0 && kept <= 4 * 2 * 11 * 5, String(kept));
    strictEqual(sliceData(out).cells["mgsm|LinguaLIFT|avg"]!.n, 2 * 11 * 20);
  }));

Deno.test("writeReport() asks nothing of a network and leans on no file outside the site", () =>
  inFolder({}, async ({ store, out }) => {
    await writeReport({ store, out });
    const files = filesOf(out);
    for (const [path, text] of files) {
      if (!path.endsWith(".html")) continue;
      for (const match of text.matchAll(/(?:src|href)="([^"#]*)[^"]*"/g)) {
        const reference = match[1]!;
        if (reference === "" || reference === "data:,") continue;
        ok(!/^[a-z]+:|^\/\//.test(reference), `${path}: ${reference}`);
        ok(files.has(join(path, "..", decodeURIComponent(reference))), `${path}: ${reference}`);
      }
    }
  }));

Deno.test("writeReport() puts the paper's cells, tables and verdicts beside ours", () =>
  inFolder({}, async ({ store, out }) => {
    const summary = await writeReport({ store, out });
    deepStrictEqual(summary.verdicts, {
      "supported": 2,
      "not resolvable": 1,
      "contradicted": 1,
      "not run": 1,
    });
    const page = Deno.readTextFileSync(join(out, PAGE));
    match(
      page,
      /Made by <code>deno task experiment stage_removal --scale micro --world mini --seeds 2<\/code>/,
    );
    match(page, /table-14, row LinguaLIFT, column Bn[^>]*>(<span[^>]*>)?52\.8</);
    match(
      Deno.readTextFileSync(join(out, "tables/stage_removal.mini.micro.mgsm.md")),
      /^\| LR \| [^|]* \| 54\.0 \|/m,
    );
    match(
      Deno.readTextFileSync(join(out, "tables/stage_removal.mini.micro.mgsm.tex")),
      /\\quad paper & \\scriptsize 54\.0/,
    );
    match(Deno.readTextFileSync(join(out, "index.html")), /Of the 5 conclusions/);
  }));

Deno.test("writeReport() does not touch a folder of something else", () =>
  inFolder({}, async ({ store, out }) => {
    Deno.mkdirSync(out);
    Deno.writeTextFileSync(join(out, "thesis.tex"), "years of work");
    await rejects(
      writeReport({ store, out }),
      (error) => error instanceof UserError && /other files/.test(error.message),
    );
    deepStrictEqual([...filesOf(out).keys()], ["thesis.tex"]);
  }));

Deno.test("writeReport() says what is wrong with a store it cannot read", () =>
  inFolder({}, async ({ store, out }) => {
    await rejects(
      writeReport({ store: `${store}.no`, out }),
      /there are no results yet; run "deno task experiment" first/,
    );
    await query(store, `UPDATE meta SET value = '999' WHERE key = 'schema_version'`);
    await rejects(
      writeReport({ store, out }),
      /it has schema version 999, this lab knows up to \d+; update the repository/,
    );
    Deno.writeTextFileSync(store, "not a database, whatever its name says");
    await rejects(
      writeReport({ store, out }),
      (error) => error instanceof UserError && /damaged/.test(error.message),
    );
  }));

Deno.test("checkReport() names what changed since the report was written", () =>
  inFolder({}, async ({ store, out }) => {
    await rejects(checkReport({ store, out }), /there is no report/);
    await writeReport({ store, out });
    deepStrictEqual(await checkReport({ store, out }), []);
    await change(store, `UPDATE sample SET output = output || '!' WHERE item = 'p003' AND lang = 'sw'`);
    deepStrictEqual(await checkReport({ store, out }), ["stage_removal.mini.micro"]);
    await writeReport({ store, out });
    deepStrictEqual(await checkReport({ store, out }), []);
  }));
