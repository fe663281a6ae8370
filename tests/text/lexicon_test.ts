/** Lexicons: what is known of a word, best first. */
import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import { atLeast } from "../../lib/checked.ts";
import { cldrLexicon } from "../../lib/text/cldr.ts";
import { LANGUAGES } from "../../lib/text/languages.ts";
import { lexiconFrom, lookUp, mergeLexicons } from "../../lib/text/lexicon.ts";

Deno.test("cldrLexicon() knows nouns in all 48 languages, in the language's own script", () => {
  const script: Record<string, RegExp> = {
    ru: /^[\p{Script=Cyrillic}\s-]+$/u,
    hy: /^[\p{Script=Armenian}\s-]+$/u,
    th: /^[\p{Script=Thai}\s]+$/u,
  };
  for (const language of LANGUAGES) {
    const { entries } = cldrLexicon(language);
    ok(entries.size >= (language === "lb" ? 370 : 570), `${language}: ${entries.size}`);
    const dog = entries.get("dog")?.[0];
    ok(dog !== undefined && dog.source === "cldr" && dog.pos === "NOUN", language);
    if (language in script) {
      ok([...entries.values()].filter(([best]) => script[language]!.test(best!.text)).length > 550);
    }
  }
  // None of the languages that Intl lacks may fall back to English.
  for (const language of ["be", "eu", "ha", "hy", "is", "lb", "mk", "ne"]) {
    const { entries } = cldrLexicon(language);
    const same = [...entries].filter(([word, [best]]) => best!.text.toLowerCase() === word).length;
    ok(same < entries.size / 5, `${language}: ${same} of ${entries.size} names are English`);
  }
});

Deno.test("cldrLexicon() names an unknown language and the nearest known one", () => {
  throws(() => cldrLexicon("jp"), /Unknown language "jp"; did you mean "ja"\?/);
});

Deno.test("lexiconFrom() keeps the best first, the larger weight of a pair, and leaves numbers and phrases out", () => {
  const { entries } = lexiconFrom("de", [
    ["Apple", "Apfel"],
    ["apple", "Äpfelchen", 0.5],
    ["apple", "Äpfelchen", 2],
    ["2nd", "zweite"],
    ["ice cream", "Eis"],
    ["year", "Jahr 2000"],
  ], "hand");
  deepStrictEqual([...entries], [["apple", [
    { text: "Äpfelchen", weight: 2, source: "hand" },
    { text: "Apfel", weight: 1, source: "hand" },
  ]]]);
});

Deno.test("lexiconFrom() refuses an empty word and a weight that is not positive", () => {
  throws(() => lexiconFrom("de", [["a", " "]], "hand"), /the pair "a", " " lacks a word/);
  throws(() => lexiconFrom("de", [["a", "b", 0]], "hand"), /"a" has weight 0, expected above 0/);
});

Deno.test("mergeLexicons() lets the first decide, or unites, and keeps where each translation came from", () => {
  const hand = lexiconFrom("de", [["dog", "Hund"]], "hand");
  const found = lexiconFrom("de", [["dog", "Köter", 3], ["cat", "Katze"]], "muse");
  const texts = (how: "first" | "union") =>
    [...mergeLexicons([hand, found], how).entries].map((
      [word, all],
    ) => [word, all.map((t) => t.source + " " + t.text)]);
  deepStrictEqual(texts("first"), [["dog", ["hand Hund"]], ["cat", ["muse Katze"]]]);
  deepStrictEqual(texts("union"), [["dog", ["muse Köter", "hand Hund"]], ["cat", ["muse Katze"]]]);
  strictEqual(hand.entries.get("dog")?.length, 1);
  throws(() => mergeLexicons([]), /none is given/);
  throws(() => mergeLexicons([hand, lexiconFrom("sw", [], "x")]), /into "de" and "sw"/);
});

Deno.test("lookUp() ignores case and the form of the apostrophe", () => {
  const lexicon = lexiconFrom("fr", [["o'clock", "heure"]], "hand");
  strictEqual(lookUp(lexicon, "O’Clock")?.translations[0]?.text, "heure");
  strictEqual(lookUp(lexicon, "clock"), undefined);
});

Deno.test("LANGUAGES are the languages of MMWP in data/languages.csv", () => {
  const [header, ...rows] = atLeast(
    Deno.readTextFileSync(new URL("../../data/languages.csv", import.meta.url)).trim()
      .split("\n"),
    1,
  );
  const mmwp = header.split(",").indexOf("mmwp");
  const codes = rows.map((row) => row.split(",")).filter((fields) => fields[mmwp] === "1").map(([code]) =>
    code
  );
  deepStrictEqual([...LANGUAGES], codes.sort());
  strictEqual(LANGUAGES.length, 48);
});
