/** The parts of the report's script that need no browser: addresses, choices, languages. */
import { deepStrictEqual, strictEqual } from "node:assert/strict";
import fc from "fast-check";
import { type Address, hrefOf, readAddress } from "../../lib/report/client/address.ts";
import { answersIn, choose } from "../../lib/report/client/choose.ts";
import type { AnswerTuple } from "../../lib/report/client/data.ts";
import { answerLanguage, directionOf } from "../../lib/report/client/language.ts";

const LANGUAGES = ["bn", "en", "sw"];
const text = fc.string({ unit: "grapheme" }).filter((s) => s.isWellFormed());
const address: fc.Arbitrary<Address> = fc.record({
  cell: text,
  item: fc.option(text.filter((s) => s !== ""), { nil: undefined }),
  lang: fc.option(fc.constantFrom(...LANGUAGES), { nil: undefined }),
  only: fc.option(fc.constantFrom("right" as const, "wrong" as const), { nil: undefined }),
});
const answers = fc.array(
  fc.tuple(
    fc.constantFrom(...LANGUAGES),
    fc.nat(1),
    fc.nat(12).map((n) => `mgsm-${n}`),
    fc.constantFrom("h1", "h2", "h3"),
    fc.constantFrom("six apples", "mgsm-1 pears", ""),
    fc.constant(null),
    fc.constant("6"),
    fc.boolean(),
    fc.constantFrom(null, "110"),
  ),
) as fc.Arbitrary<AnswerTuple[]>;
const PROMPTS = { h1: "Six?", h2: "Seven?" };

Deno.test("readAddress() reads what hrefOf() writes, whatever the names hold", () => {
  fc.assert(
    fc.property(address, (one) => deepStrictEqual(readAddress(hrefOf(one)), { ...one, unread: undefined })),
  );
});

Deno.test("readAddress() leaves other places on the page alone", () => {
  for (const hash of ["", "#", "#claims", "#claim-a=b", "#%", "#item=x"]) {
    strictEqual(readAddress(hash), null);
  }
  strictEqual(readAddress("#cell=a%7Cb")!.cell, "a|b");
  deepStrictEqual(readAddress("#cell=a&only=some&itm=b")!.unread, ["only=some", "itm=b"]);
});

Deno.test("choose() counts for every filter what choosing it would show", () => {
  fc.assert(fc.property(answers, address, (rows, filter) => {
    const all = answersIn(LANGUAGES, rows, PROMPTS);
    const chosen = choose(all, filter);
    const shown = (part: Partial<Address>) => choose(all, { ...filter, ...part }).answers.length;
    for (const only of ["right", "wrong"] as const) strictEqual(chosen.only[only], shown({ only }));
    strictEqual(chosen.only.all, shown({ only: undefined }));
    for (const [lang, count] of chosen.languages) strictEqual(count, shown({ lang }));
  }));
});

Deno.test("choose() takes a whole id for this problem alone and finds it whatever else has it in its text", () => {
  fc.assert(fc.property(answers, fc.nat(12), (rows, n) => {
    const all = answersIn(LANGUAGES, rows, PROMPTS);
    const whole = all.filter(({ answer }) => answer[2] === `mgsm-${n}`);
    const found = choose(all, { item: ` MGSM-${n}` }).answers;
    if (whole.length > 0) deepStrictEqual(found, whole);
  }));
});

Deno.test("answersIn() keeps the order within a language and gives foreign questions the English one", () => {
  const rows: AnswerTuple[] = [
    ["en", 0, "a", "h1", "", null, "", true, null],
    ["sw", 0, "a", "h2", "", null, "", true, null],
    ["sw", 0, "b", "h3", "", null, "", true, null],
  ];
  deepStrictEqual(
    answersIn(["sw", "en"], rows, PROMPTS).map(({ answer, prompt, english }) => [answer[2], prompt, english]),
    [["a", "Seven?", "Six?"], ["b", null, null], ["a", "Six?", null]],
  );
});

Deno.test("directionOf() follows the script that a language is written in", () => {
  deepStrictEqual(
    ["ar", "he", "ur", "fa", "sd-Deva", "en", "ja", "no language"].map(directionOf),
    ["rtl", "rtl", "rtl", "rtl", "ltr", "ltr", "ltr", "auto"],
  );
});

Deno.test("answerLanguage() goes by the letters, and does not guess among Latin ones", () => {
  const cases: [string, string, string][] = [
    ["The answer is 5", "te", "en"],
    ["ఐదు 5", "te", "te"],
    ["答えは5です", "ja", "ja"],
    ["答案是5", "zh", "zh"],
    ["답은 5", "ko", "ko"],
    ["Jibu ni 5", "sw", ""],
    ["The answer is 5", "en", "en"],
    ["Ответ 5", "te", ""],
    ["12", "ar", ""],
    ["Five", "no language", ""],
  ];
  for (const [said, lang, is] of cases) strictEqual(answerLanguage(said, lang), is, said);
});
