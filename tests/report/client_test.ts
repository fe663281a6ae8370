/** The parts of the report's script that need no browser: addresses, choices, languages. */
import { deepStrictEqual, strictEqual } from "node:assert/strict";
import fc from "fast-check";
import { type Address, hrefOf, readAddress } from "../../lib/report/client/address.ts";
import { answersIn, choose, outcomeOf } from "../../lib/report/client/choose.ts";
import type { AnswerTuple, CellData, SliceData } from "../../lib/report/client/data.ts";
import { pairCounts, paired, pairedRuns, sumOf } from "../../lib/report/client/pairs.ts";
import { answerLanguage, directionOf } from "../../lib/report/client/language.ts";

const LANGUAGES = ["bn", "en", "sw"];
const text = fc.string({ unit: "grapheme" }).filter((s) => s.isWellFormed());
const address: fc.Arbitrary<Address> = fc.record({
  cell: text,
  item: fc.option(text.filter((s) => s !== ""), { nil: undefined }),
  lang: fc.option(fc.constantFrom(...LANGUAGES), { nil: undefined }),
  only: fc.option(fc.constantFrom("right" as const, "wrong" as const), { nil: undefined }),
  with: fc.option(text.filter((s) => s !== ""), { nil: undefined }),
  seed: fc.option(fc.nat(9), { nil: undefined }),
  withSeed: fc.option(fc.nat(9), { nil: undefined }),
  kind: fc.option(fc.constantFrom("buy", "sell"), { nil: undefined }),
  mistake: fc.option(fc.constantFrom("none", "given"), { nil: undefined }),
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
    fc.constantFrom(null, "buy", "sell"),
    fc.constantFrom(null, "none", "given"),
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
    for (const only of ["right", "wrong"] as const) strictEqual(chosen.only.get(only) ?? 0, shown({ only }));
    strictEqual(chosen.only.get("all"), shown({ only: undefined }));
    for (const [lang, count] of chosen.languages) strictEqual(count, shown({ lang }));
    for (const [kind, count] of chosen.kinds) if (kind !== "") strictEqual(count, shown({ kind }));
    for (const [mistake, count] of chosen.mistakes) strictEqual(count, shown({ mistake }));
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
    ["en", 0, "a", "h1", "", null, "", true, null, null, null],
    ["sw", 0, "a", "h2", "", null, "", true, null, null, null],
    ["sw", 0, "b", "h3", "", null, "", true, null, null, null],
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

/** Two systems with two seeds; marks of four problems in two languages, one of which has a gap. */
const PAIRED = {
  runs: [["A", 1], ["A", 2], ["B", 2], ["B", 1]].map(([variant, seed]) => ({ variant, seed })),
  marks: [
    [0, "mgsm", "sw", "1100"],
    [0, "mgsm", "te", "11.0"],
    [1, "mgsm", "sw", "0000"],
    [2, "mgsm", "sw", "1111"],
    [3, "mgsm", "sw", "1010"],
    [3, "mgsm", "te", "1011"],
    [3, "msvamp", "sw", "1111"],
  ],
} as unknown as SliceData;
const CELL = { benchmark: "mgsm", variant: "A", languages: ["sw", "te"] } as unknown as CellData;

Deno.test("pairCounts() counts the answers that both have, by seed and language, and nothing of another benchmark", () => {
  deepStrictEqual(
    [...pairCounts(PAIRED, CELL, { with: "B", seed: 1, withSeed: undefined })],
    [
      ["sw", { both: 1, first: 1, second: 1, neither: 1 }],
      ["te", { both: 1, first: 1, second: 1, neither: 0 }],
    ],
  );
  const all = pairCounts(PAIRED, CELL, { with: "B", seed: undefined, withSeed: undefined });
  deepStrictEqual(sumOf(all.values()), { both: 2, first: 2, second: 6, neither: 1 });
});

Deno.test("pairedRuns() pairs by seed, or the two runs that are asked for, of one system too", () => {
  const runs = (sides: { with: string; seed?: number; withSeed?: number }) => [
    ...pairedRuns(PAIRED, CELL, { seed: undefined, withSeed: undefined, ...sides }),
  ];
  deepStrictEqual(runs({ with: "B" }), [[0, 3], [1, 2]]);
  deepStrictEqual(runs({ with: "B", seed: 2 }), [[1, 2]]);
  deepStrictEqual(runs({ with: "A", seed: 1, withSeed: 2 }), [[0, 1]]);
  deepStrictEqual(runs({ with: "B", seed: 3 }), []);
  deepStrictEqual(runs({ with: "C" }), []);
});

Deno.test("paired() gives each answer the other's to the same problem, and the four outcomes are what is counted", () => {
  fc.assert(fc.property(answers, answers, (rows, others) => {
    const unique = (
      list: readonly AnswerTuple[],
    ) => [...new Map(list.map((a) => [a.slice(0, 3).join(), a])).values()];
    const pairs = paired(
      answersIn(LANGUAGES, unique(rows), PROMPTS),
      unique(others),
      new Map([[0, 1], [1, 0]]),
    );
    for (const { answer, other } of pairs) {
      deepStrictEqual([other![0], other![1], other![2]], [answer[0], 1 - answer[1], answer[2]]);
    }
    const { only } = choose(pairs, {});
    for (const outcome of ["both", "first", "second", "neither"] as const) {
      strictEqual(only.get(outcome) ?? 0, pairs.filter((pair) => outcomeOf(pair) === outcome).length);
    }
    strictEqual(only.get("right") ?? only.get("wrong"), undefined, "no outcome of one answer among pairs");
  }));
});
