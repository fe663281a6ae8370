/** The three parts of a solution: each change of an answer takes away the part that it touches, and no other. */
import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import fc from "fast-check";
import { must } from "../../lib/checked.ts";
import { equationsIn } from "../../lib/metric/equations.ts";
import { PARTS, scoreParts } from "../../lib/metric/parts.ts";
import { mini } from "../../lib/world/mini/mod.ts";
import { sharedData } from "./_shared.ts";
import type { MathItem } from "../../lib/world/world.ts";
import { plainMarks } from "../../lib/metric/number/marks.ts";

const ALL = { operation: true, operands: true, sum: true };
const QUESTION = "Alice has 60 books. Peter has 5 times as many. How many do they have?";
const SOLUTION = "Alice: 60. Peter: 60 × 5 = 300. 300 + 60 = 360. The answer is 360.";
const parts = (output: string, solution = SOLUTION, question = QUESTION) =>
  scoreParts(output, { question, solution });

const world = mini;
const CODES = world.languages().filter(({ benchmarks }) => benchmarks.has("mmwp")).map(({ code }) => code);

/** A problem of the mini world in any language and benchmark. */
const problems = fc.constantFrom(...CODES).chain((code) => {
  const asked = world.languages().find((row) => row.code === code)!.benchmarks;
  const ids = (["mmwp", "mgsm", "msvamp"] as const).filter((id) => asked.has(id));
  return fc.constantFrom(...ids).chain((id) =>
    fc.constantFrom(...world.benchmark(id, code, { items: 24 }) as MathItem[])
  );
});
const EQUATION = /(\d+) ([-+×÷*/]) (\d+) = (\d+)/;

/** The solution with its first equation made anew; marks are put into one spelling first. */
function remade(
  { solution }: MathItem,
  make: (left: number, operator: string, right: number, result: number) => string,
): string {
  const plain = plainMarks(solution);
  const [, left, operator, right, result] = must(EQUATION.exec(plain) ?? undefined, "equation");
  return plain.replace(EQUATION, () => make(Number(left), operator!, Number(right), Number(result)));
}

Deno.test("a gold solution against itself is right in all three parts, in every language of the mini world", () => {
  ok(CODES.length >= 48);
  for (const code of CODES) {
    const items = [
      ...world.benchmark("mmwp", code, { items: 60 }) as MathItem[],
      ...world.instructions("math", code, { seed: 1, count: 20 }),
    ];
    for (const item of items) deepStrictEqual(scoreParts(item.solution, item), ALL, item.solution);
  }
});

Deno.test("the parts of an answer do not depend on the language that it is written in", () => {
  fc.assert(
    fc.property(problems, fc.constantFrom(...CODES), (item, code) => {
      const id = item.id.split("-")[0] as "mmwp";
      const other = world.benchmark(id, code, { items: 24 }).find((one) => one.id === item.id) as
        | MathItem
        | undefined;
      if (other) {
        deepStrictEqual(scoreParts(other.solution, item), ALL, `${item.solution} | ${other.solution}`);
      }
    }),
  );
});

Deno.test("another result loses the sum alone, as long as later steps go on with it", () => {
  fc.assert(
    fc.property(problems, fc.integer({ min: 1000, max: 9999 }), (item, wrong) => {
      const plain = plainMarks(item.solution);
      const result = must(EQUATION.exec(plain)?.[4], "result");
      // In every place of the result: as the first step's, and as the operand of the second.
      const asked = new Set(plainMarks(item.question).match(/\d+/g));
      if (asked.has(result)) return;
      const output = plain.replace(new RegExp(`(?<!\\d)${result}(?!\\d)`, "g"), `${wrong}`);
      deepStrictEqual(scoreParts(output, item), { ...ALL, sum: false }, output);
    }),
  );
});

Deno.test("another operator loses the operation alone, where its arithmetic is right", () => {
  fc.assert(
    fc.property(problems, (item) => {
      if (equationsIn(item.solution).length !== 1) return;
      const output = remade(
        item,
        (left, operator, right) =>
          operator === "+" ? `${left} - ${right} = ${left - right}` : `${left} + ${right} = ${left + right}`,
      );
      deepStrictEqual(scoreParts(output, item), { ...ALL, operation: false }, output);
    }),
  );
});

Deno.test("another number loses the operands alone, where its arithmetic is right", () => {
  fc.assert(
    fc.property(problems, fc.integer({ min: 1000, max: 9999 }), (item, other) => {
      if (equationsIn(item.solution).length !== 1) return;
      const output = remade(item, (left, operator) => {
        const [right, result] = operator === "+"
          ? [other, left + other]
          : operator === "-"
          ? [other, left - other]
          : operator === "×"
          ? [other, left * other]
          : [left * 7, "0.142857"];
        return `${left} ${operator} ${right} = ${result}`;
      });
      deepStrictEqual(scoreParts(output, item), { ...ALL, operands: false }, output);
    }),
  );
});

Deno.test("words, names and numbers that are no equation change nothing; an answer without equations has no part", () => {
  fc.assert(
    fc.property(
      problems,
      fc.constantFrom("Alice: 60. ", "بيتر: 7. ", "小明：12。", "12 = 12. ", "Step 1: "),
      (item, noise) => {
        deepStrictEqual(scoreParts(noise + item.solution, item), ALL, noise + item.solution);
        deepStrictEqual(scoreParts(`${noise} ${item.gold}`, item), {
          operation: false,
          operands: false,
          sum: false,
        });
      },
    ),
  );
});

Deno.test("a solution without equations has no parts", () => {
  strictEqual(parts("60 × 5 = 300.", "The answer is 360."), null);
});

const CASES: readonly (readonly [string, string, string])[] = [
  // what is right: o(peration) n(umbers) s(um)
  ["60 × 5 = 300. 300 + 60 = 360. The answer is 360.", "ons", "without names"],
  ["Alice = 60. Peter = 60 × 5 = 300. 300 + 60 = 360.", "ons", "names before equals signs"],
  [
    "প্ৰিয়া = 300. 300 = অজয় × 5. অজয় = 300 ÷ 5 = 60. 60 + 300 = 360.",
    "s",
    "an equation with a name calculates nothing",
  ],
  ["60*5=300\n300+60=$360", "ons", "other marks"],
  ["Alice: ٦٠. Peter: ٦٠ × ٥ = ٣٠٠. ٣٠٠ + ٦٠ = ٣٦٠.", "ons", "other digits"],
  ["60 books x 5 = 300 books. 300 books + 60 books = 360 books", "ons", "units"],
  ["60 × 5 = 300. 60 + 300 = 360.", "ons", "turned round"],
  ["60 × 5 = 350. 350 + 60 = 410.", "on", "miscalculated, and went on with it"],
  ["60 × 5 = 350. 300 + 60 = 360.", "o", "a number from nowhere"],
  ["60 × 5 = 300. 300 - 60 = 240.", "ns", "another operation"],
  ["60 × 5 = 300. 300 + 5 = 305.", "os", "another number"],
  ["60 × 5 = 300.", "s", "a step is missing"],
  ["60 + 5 = 65.", "s", "one step for two"],
  ["60 + 5 = 66.", "", "nothing is right"],
  ["60 × 5 = 300 + 60 = 360.", "o", "a chain that is not true, in which 300 is a number of its own"],
  ["60 × 5 =", "", "cut off"],
  ["", "", "silence"],
];

Deno.test("answers as they come", () => {
  for (const [output, right, why] of CASES) {
    const found = must(parts(output) ?? undefined, why);
    strictEqual(PARTS.map((part, i) => found[part] ? "ons"[i] : "").join(""), right, `${why}: ${output}`);
  }
});

/** What trained mini models wrote (micro, LinguaLIFT and Mono-SFT), with the solution asked for. */
const WRITTEN: readonly (readonly [output: string, solution: string, numbers: string, right: string])[] = [
  [
    "60 × 4 = 240. 240 - 3 = 277. The answer is 277.",
    "Clara: 60. Jonas: 60 × 4 = 240. 240 - 3 = 237. Die Antwort ist 237.",
    "60 4 3",
    "on",
  ],
  [
    "45 - 3 = 42. 42 + 45 = 87. The answer is 87.",
    "রাজা: 45. লতা: 45 - 3 = 42. 42 + 45 = 87. উত্তর হলো 87।",
    "45 3",
    "ons",
  ],
  [
    "50 + 5 = 55. 55 + 5 = 60. The answer is 60.",
    "志华: 50. 建国: 50 ÷ 5 = 10. 10 + 50 = 60. 答案是60。",
    "50 5",
    "s",
  ],
  [
    "56 - 7 = 49. 49 + 5 = 54. The answer is 54.",
    "নীলা: 56. রুমা: 56 - 7 = 49. 49 + 56 = 105. উত্তর হলো 105।",
    "56 7",
    "os",
  ],
  ["57 + 3 = 60. 60 - 10 = 50. The answer is 50.", "57 + 3 = 60. 60 + 10 = 70. జవాబు 70.", "57 3 10", "ns"],
  ["40 +4 = 54. 54 +多少 30 = 90. The answer is 90.", "40 ÷ 4 = 10. 答案是10。", "40 4", "n"],
  ["64 ÷ 3 = 18. The answer is 18.", "54 ÷ 3 = 18. The answer is 18.", "54 3", "o"],
  ["5 × 20 = 15. 15 + 5 = 20. The answer is 20.", "5 + 10 = 15. 15 + 5 = 20. జవాబు 20.", "5 10", ""],
  [" 18.", "రవి: 42. లక్ష్మి: 42 - 3 = 39. 39 + 42 = 81. జవాబు 81.", "42 3", ""],
  ["\ufffdng.\n 15 + 12 = 26.", "15 - 12 = 3. คำตอบคือ 3", "15 12", "n"],
  // The same numbers in another place: all parts are right, and the answer is not.
  ["6 × 3 = 18. 18 + 6 = 24. The answer is 24.", "6 × 6 = 36. 36 + 3 = 39. คำตอบคือ 39", "6 6 3", "ons"],
];

Deno.test("answers that models wrote", () => {
  for (const [output, solution, question, right] of WRITTEN) {
    const found = must(parts(output, solution, question) ?? undefined, solution);
    strictEqual(
      PARTS.map((part, i) => found[part] ? "ons"[i] : "").join(""),
      right,
      `${output} for ${solution}`,
    );
  }
});

Deno.test("a result that the question says too counts once as a result, then as the question's", () => {
  const question = "2 boxes of 5, and 10 more", solution = "5 × 2 = 10. 10 + 10 = 20.";
  deepStrictEqual(parts("2 × 5 = 10. 10 + 10 = 20.", solution, question), ALL);
  deepStrictEqual(parts("2 × 5 = 12. 12 + 12 = 24.", solution, question), {
    operation: true,
    operands: false,
    sum: false,
  });
  deepStrictEqual(parts("2 × 5 = 12. 12 + 10 = 22.", solution, question), {
    operation: true,
    operands: true,
    sum: false,
  });
});

/** Operands, operators, results, and whether it holds. */
const READ: readonly (readonly [string, string])[] = [
  ["48/2 = 24 clips", "48 2 | ÷ | 24 | true"],
  ["1,000 + 2,000 = 3,000", "1000 2000 | + | 3000 | true"],
  ["1.000.000 + 1 = 1.000.001", "1000000 1 | + | 1000001 | true"],
  ["12\u202f345 − 45 = 12\u202f300", "12345 45 | - | 12300 | true"],
  ["১২ + ৩ = ১৫", "12 3 | + | 15 | true"],
  ["５×３＝１５", "5 3 | × | 15 | true"],
  ["5x3=15", "5 3 | × | 15 | true"],
  ["(4 + 2) * 3 = $18", "4 2 3 | + × | 18 | true"],
  ["4 + 2 * 3 = 10", "4 2 3 | + × | 10 | true"],
  ["10 - 3 - 2 = 5", "10 3 2 | - - | 5 | true"],
  ["2 - 5 = -3", "2 5 | - | -3 | true"],
  ["10 / 3 = 3.33", "10 3 | ÷ | 3.33 | true"],
  ["10 / 3 = 3.34", "10 3 | ÷ | 3.34 | false"],
  ["33 / 10 = 3.34", "33 10 | ÷ | 3.34 | false"],
  ["7 / 2 = 4", "7 2 | ÷ | 4 | false"],
  ["5 / 0 = 0", "5 0 | ÷ | 0 | false"],
  ["10% * 50 = 5", "10 50 | × | 5 | true"],
  ["360 = 300 + 60", "300 60 | + | 360 | true"],
  ["10 + 20 / 2 = 10 + 10 = 20", "10 20 2 10 10 | + ÷ + | 20 | true"],
  ["$20/hour * 35 hours/week = $700/week", "20 35 | × | 700 | true"],
  ["3 pieces of cake + 4 other pieces = 7", "3 4 | + | 7 | true"],
  ["5個 + 3個 = 8個", "5 3 | + | 8 | true"],
  ["x = <<5 + 3 = 8>>8", "5 3 | + | 8 | true"],
];

Deno.test("equations are read in every notation", () => {
  for (const [text, wanted] of READ) {
    const found = equationsIn(text).map(({ operators, operands, results, holds }) =>
      [operands.join(" "), operators.join(" "), results.join(" "), holds].join(" | ")
    );
    deepStrictEqual(found, [wanted], text);
  }
});

const gsm8k = sharedData("gsm8k/test.jsonl");
Deno.test({
  name: "people's solutions (GSM8K) have equations, of which nearly all hold",
  ignore: gsm8k === undefined,
  fn() {
    const rows = Deno.readTextFileSync(gsm8k!).trim().split("\n").map((line) => JSON.parse(line));
    const scored = rows.map(({ question, answer }) => {
      const solution = answer.split("####")[0].replace(/<<[^<>]*>>/g, "");
      return scoreParts(solution, { question, solution });
    }).filter((one) => one !== null);
    ok(scored.length > 0.98 * rows.length, `${scored.length} of ${rows.length}`);
    ok(scored.every(({ operation, operands }) => operation && operands));
    // The rest are algebra (2x + 4x = 70), mixed numbers and sums in words.
    const right = scored.filter(({ sum }) => sum).length;
    ok(right > 0.95 * scored.length, `${right} of ${scored.length}`);
  },
});

Deno.test("what is no equation is none", () => {
  for (
    const text of [
      "60",
      "x = 5",
      "5 = 5",
      "3, 4 + 5",
      "Alice: 60.",
      "in 2010-2013",
      "a + b = c",
      "60 × 5 = many",
      "1/2",
    ]
  ) {
    deepStrictEqual(equationsIn(text), [], text);
  }
});
