/** Words of texts in 48 languages. */
import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import fc from "fast-check";
import { cldrLexicon } from "../../lib/text/cldr.ts";
import { LANGUAGES } from "../../lib/text/languages.ts";
import { isWrittenClose, joinWords, splitUnspaced, tokenizeWords, words } from "../../lib/text/segment.ts";

const language = fc.constantFrom(...LANGUAGES);

Deno.test("tokenizeWords() covers all but white space, in order, in every language", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 60 }), language, (text, language) => {
      const tokens = tokenizeWords(text, language);
      let at = 0;
      for (const { text: piece, start, end } of tokens) {
        strictEqual(text.slice(start, end), piece);
        ok(start >= at && end > start);
        ok(/^\s*$/u.test(text.slice(at, start)));
        at = end;
      }
      ok(/^\s*$/u.test(text.slice(at)));
    }),
    { numRuns: 2000, seed: 4 },
  );
});

Deno.test("tokenizeWords() never cuts a letter from its marks, in any of the 48 languages", () => {
  for (const language of LANGUAGES) {
    for (const [best] of cldrLexicon(language).entries.values()) {
      const { text } = best!;
      for (const token of tokenizeWords(text, language)) {
        ok(!/^\p{M}/u.test(token.text), `${language}: ${text}`);
      }
    }
  }
});

Deno.test("words() finds the words that a speaker would", () => {
  const cases: [string, string, string[]][] = [
    ["en", "Janet's ducks don't lay 1,250.50 eggs!", [
      "Janet's",
      "ducks",
      "don't",
      "lay",
      "1,250.50",
      "eggs",
    ]],
    ["fr", "L'eau d'aujourd'hui n'est-elle pas là?", [
      "L'",
      "eau",
      "d'",
      "aujourd'hui",
      "n'",
      "est",
      "elle",
      "pas",
      "là",
    ]],
    ["it", "dell’acqua", ["dell’", "acqua"]],
    ["ca", "col·legi d'en Pau", ["col·legi", "d'", "en", "Pau"]],
    ["uk", "п'ять м’ячів", ["п'ять", "м’ячів"]],
    ["hy", "Քանի՞ խնձոր ունի Անին։", ["Քանի՞", "խնձոր", "ունի", "Անին"]],
    ["ha", "Yana da 'ya'ya da ƙwai", ["Yana", "da", "'ya'ya", "da", "ƙwai"]],
    ["sw", "Ng'ombe wawili", ["Ng'ombe", "wawili"]],
    ["hi", "राम के पास ५ किताबें हैं।", ["राम", "के", "पास", "५", "किताबें", "हैं"]],
    ["ml", "അവന്‍റെ പുസ്തകം", ["അവന്‍റെ", "പുസ്തകം"]],
    ["ar", "كم تفاحة لديه؟", ["كم", "تفاحة", "لديه"]],
    ["th", "เธอมีแอปเปิล5ลูก", ["เธอ", "มี", "แอปเปิล", "5", "ลูก"]],
    // ICU's dictionary cuts a Japanese verb after its kanji.
    ["ja", "彼女はりんごを3個食べた。", ["彼女", "は", "りんご", "を", "3", "個", "食", "べた"]],
    ["zh", "她有五个苹果。", ["她", "有", "五", "个", "苹果"]],
    ["ko", "사과가 5개 있다.", ["사과가", "5", "개", "있다"]],
  ];
  for (const [language, text, expected] of cases) deepStrictEqual(words(text, language), expected);
});

Deno.test("joinWords() writes tokens as they are written in the language", () => {
  const cases: [string, string][] = [
    ["en", "How many apples (red, green) are left?"],
    ["es", "¿Cuántas manzanas quedan? ¡Tres!"],
    ["fr", "L'eau d'Anna est là."],
    ["hi", "राम के पास 5 किताबें हैं।"],
    ["ar", "كم تفاحة لديه؟"],
    ["zh", "她有五个苹果。"],
    ["ja", "彼女はりんごを3個食べた。"],
    ["th", "เธอมีแอปเปิล5ลูก"],
  ];
  for (const [language, text] of cases) {
    strictEqual(joinWords(tokenizeWords(text, language).map((token) => token.text), language), text);
  }
  strictEqual(joinWords(["她", "买", "iPhone", "15", "。"], "zh"), "她买iPhone 15。");
  strictEqual(joinWords([], "en"), "");
});

Deno.test("joinWords() and tokenizeWords() agree: joined words are found again where words are spaced", () => {
  const word = fc.stringMatching(/^[a-zα-ωа-я]{1,8}$/u);
  fc.assert(fc.property(fc.array(word), fc.constantFrom("en", "ru", "sw", "hi"), (list, language) => {
    deepStrictEqual(words(joinWords(list, language), language), list);
  }));
});

Deno.test("isWrittenClose() says what stands close to a word of a language", () => {
  const beside = ["word", "number", "sign"] as const;
  const expected = { ja: [true, true, true], zh: [true, true, true], th: [true, false, false] };
  for (const [language, close] of Object.entries(expected)) {
    deepStrictEqual(beside.map((kind) => isWrittenClose(language, kind)), close);
  }
  for (const language of ["en", "ko", "vi", "hi"]) ok(!beside.some((kind) => isWrittenClose(language, kind)));
});

Deno.test("splitUnspaced() loses nothing and leaves spaced scripts whole", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => strictEqual(splitUnspaced(text).join(""), text)),
  );
  deepStrictEqual(splitUnspaced("किताबें"), ["किताबें"]);
});
