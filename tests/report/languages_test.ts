/** The pages of the 48 languages. */
import { deepStrictEqual, match, ok, rejects, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import { atLeast } from "../../lib/checked.ts";
import { languageTable } from "../../lib/world/table.ts";
import { styleSheet } from "../../lib/report/assets/style_sheet.ts";
import { SCRIPT_FONTS } from "../../lib/report/fonts.ts";
import { miniSheets } from "../../lib/cli/mini_sheets.ts";
import { checkReport, writeReport } from "../../lib/report/write_report.ts";
import { sheetsHash } from "../../lib/report/write_languages.ts";
import { writeStore } from "./_store.ts";

const sheets = miniSheets();

Deno.test("miniSheets() has all 48 languages of the paper, with family, script and level as in the table", () => {
  const table = new Map(languageTable().map((row) => [row.code, row]));
  strictEqual(sheets.languages.length, 48);
  for (const { code, name, family, script, level, direction } of sheets.languages) {
    const row = table.get(code)!;
    deepStrictEqual([name, family, script, level], [row.name, row.family, row.script, row.level]);
    strictEqual(direction, /\p{Script=Arabic}|\p{Script=Hebrew}/u.test(row.endonym) ? "rtl" : "ltr", code);
  }
});

Deno.test("miniSheets() has the same texts in the same order in every language", () => {
  const [first, ...rest] = atLeast(sheets.languages, 1);
  const shape = (language: typeof first) =>
    language.sections.filter(({ id }) => ["problems", "nli", "choice", "retrieval"].includes(id))
      .map(({ id, rows }) => [id, rows.map(({ label, english }) => [label, english])]);
  for (const language of rest) deepStrictEqual(shape(language), shape(first), language.code);
  for (const { code, sections } of sheets.languages) {
    for (const { id, rows } of sections) {
      ok(rows.length > 0 && rows.every(({ own }) => own.length > 0 && own.every((line) => line !== "")), id);
      if (code === "en" && !["nouns", "lexicon", "names"].includes(id)) {
        deepStrictEqual(rows.map(({ own }) => own), rows.map(({ english }) => english), id);
      }
    }
  }
});

Deno.test("sheetsHash() is the same for the same texts and another one for any other", () => {
  const [first, ...rest] = atLeast(sheets.languages, 1);
  strictEqual(sheetsHash(miniSheets()), sheetsHash(sheets));
  const changed = { ...sheets, languages: [{ ...first, doubts: [...first.doubts, "one more"] }, ...rest] };
  ok(sheetsHash(changed) !== sheetsHash(sheets));
});

Deno.test("writeReport() links the languages it was given, notices other texts, and refuses a code that is no file name", async () => {
  const folder = Deno.makeTempDirSync();
  try {
    const [store, out] = [join(folder, "lab.duckdb"), join(folder, "site")];
    await writeStore(store, { seeds: [1], items: 4 });
    const two = { ...sheets, languages: sheets.languages.slice(0, 2) };
    const { pages } = await writeReport({ store, out, sheets: two });
    deepStrictEqual([...Deno.readDirSync(join(out, "languages"))].map(({ name }) => name).sort(), [
      "af.html",
      "ar.html",
    ]);
    match(Deno.readTextFileSync(join(out, "index.html")), /href="languages\.html"/);
    deepStrictEqual(await checkReport({ store, out, sheets: two }), []);
    deepStrictEqual(await checkReport({ store, out, sheets }), ["languages"]);
    deepStrictEqual(await checkReport({ store, out }), ["languages"]);

    const without = await writeReport({ store, out });
    strictEqual(without.pages, pages - 3);
    ok(!Deno.readTextFileSync(join(out, "index.html")).includes("languages.html"));
    deepStrictEqual(await checkReport({ store, out }), []);

    const bad = { ...sheets, languages: [{ ...sheets.languages[0]!, code: "../up" }] };
    await rejects(writeReport({ store, out, sheets: bad }), /Cannot write a page of language "\.\.\/up"/);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});

Deno.test("every script of the world but Latin has a Noto font, which the style sheet names, and two letters to try", () => {
  const scripts = new Set(sheets.languages.map(({ script }) => script));
  scripts.delete("Latin");
  deepStrictEqual(SCRIPT_FONTS.map(({ script }) => script), [...scripts].sort());
  const css = styleSheet();
  for (const { script, family, letters } of SCRIPT_FONTS) {
    ok(css.includes(`"${family}"`), family);
    const own = script === "Japanese"
      ? /^[\p{Script=Hiragana}\p{Script=Han}]+$/u
      : new RegExp(`^\\p{Script=${script}}+$`, "u");
    match(letters, own);
    strictEqual(new Set(letters).size, 2);
  }
});
