/** Laws over every language file of the mini world, and the notation of its sentences. */
import { deepStrictEqual, strictEqual, throws } from "node:assert/strict";
import { checkLanguage } from "../../../lib/world/mini/check.ts";
import { LANGUAGE_FOLDER, parseLanguage, readLanguage } from "../../../lib/world/mini/language.ts";
import { pluralCategory } from "../../../lib/world/mini/plural.ts";
import { parseTemplate } from "../../../lib/world/mini/template.ts";
import { render } from "../../../lib/world/mini/sentence.ts";
import { languageTable } from "../../../lib/world/table.ts";

const english = readLanguage("en");
const files = [...Deno.readDirSync(LANGUAGE_FOLDER)].map((entry) => entry.name.replace(".json", "")).sort();

for (const code of files) {
  Deno.test(`checkLanguage() finds nothing wrong with ${code}: every sentence, noun, name and plural form renders`, () => {
    const row = languageTable().find((one) => one.code === code);
    deepStrictEqual(checkLanguage(readLanguage(code), english, row?.script ?? ""), []);
  });
}

Deno.test("checkLanguage() reports a missing noun, a lost slot, a foreign script and a missing plural column", () => {
  const text = Deno.readTextFileSync(new URL("ru.json", LANGUAGE_FOLDER));
  const broken = (from: string, to: string) => {
    if (!text.includes(from)) throw new Error(`ru.json has no ${from}`);
    return checkLanguage(parseLanguage(text.replace(from, to), "ru.json"), english, "Cyrillic").join("\n");
  };
  strictEqual(/noun "apple" is missing/.test(broken('"apple"', '"appel"')), true);
  strictEqual(
    /"loses": slots A X, but English has A X n/.test(broken("теряет {n} {X:n.acc}", "теряет {X}")),
    true,
  );
  strictEqual(/"loses": not only Cyrillic/.test(broken("{A} теряет", "{A} loses")), true);
  strictEqual(/no column "few"/.test(broken('"one", "few", "many", "pl"', '"one", "x", "many", "pl"')), true);
});

Deno.test("parseTemplate() refuses what is not in the notation, and says what is", () => {
  throws(() => parseTemplate("{Q} has"), /no slot letter; names are A B/);
  throws(() => parseTemplate("{n.gen}"), /a number has no forms/);
  throws(() => parseTemplate("{A has"), /a brace is not closed/);
  throws(() => parseTemplate("{A!}"), /expected \{A\}/);
});

Deno.test("render() counts with the plural category, the case and the class of the language", () => {
  const russian = readLanguage("ru");
  const template = parseTemplate("{A.gen}: {n} {X:n.acc} {X?f=она|он} {n?one=раз|few=раза|раз}");
  const said = (n: number, X: string) => render(russian, template, { A: 0, n, X });
  strictEqual(said(21, "book"), "Анны: 21 книгу она раз");
  strictEqual(said(22, "book"), "Анны: 22 книги она раза");
  strictEqual(said(25, "coin"), "Анны: 25 монет она раз");
  strictEqual(said(21, "key"), "Анны: 21 ключ он раз");
});

Deno.test("pluralCategory() knows the rules of all 48 languages, those that Deno's own data lacks included", () => {
  for (const { code } of languageTable()) strictEqual(typeof pluralCategory(code, 5), "string");
  strictEqual(pluralCategory("be", 5), "many");
  strictEqual(pluralCategory("mk", 21), "one");
});

Deno.test("languageTable() has the paper's 48 languages, 21 low, 17 medium, 10 high, and its benchmarks' sizes", () => {
  const table = languageTable();
  const count = (test: (row: typeof table[number]) => boolean) => table.filter(test).length;
  strictEqual(table.length, 48);
  deepStrictEqual(["low", "medium", "high"].map((level) => count((row) => row.level === level)), [
    21,
    17,
    10,
  ]);
  deepStrictEqual(
    (["mmwp", "mgsm", "msvamp", "xnli", "xcsqa"] as const).map((name) =>
      count((row) => row.benchmarks.has(name))
    ),
    [48, 11, 10, 12, 15],
  );
});
