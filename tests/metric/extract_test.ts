/** Reading answers: every real MGSM and MSVAMP gold in the forms a model may write it, and the release's rule with its flaws. */
import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import fc from "fast-check";
import { lastNumber } from "../../lib/metric/extract.ts";
import {
  asciiDigits,
  numbersIn,
  scoreChoice,
  scoreLabel,
  scoreNumber,
  wholeNumber,
} from "../../lib/metric/mod.ts";
import { strictNumber } from "../../lib/metric/strict_number.ts";
import { grouped, inScript, lakhs } from "./_numbers.ts";
import { sharedData } from "./_shared.ts";

const ZEROS = {
  arab: 0x660,
  arabext: 0x6f0,
  beng: 0x9e6,
  deva: 0x966,
  guru: 0xa66,
  gujr: 0xae6,
  taml: 0xbe6,
  telu: 0xc66,
};
const MORE_ZEROS = {
  knda: 0xce6,
  mlym: 0xd66,
  thai: 0xe50,
  mymr: 0x1040,
  khmr: 0x17e0,
  fullwide: 0xff10,
  mathbold: 0x1d7ce,
};

/** Forms in which the strict rule must find the gold, an unsigned integer without separators. */
function forms(gold: string): Record<string, string> {
  const all: Record<string, string> = {
    plain: gold,
    sentence: `First 3 + 4 = 7. The answer is: ${gold}`,
    stop: `So she needs ${gold}.`,
    decimals: `The answer is ${gold}.0`,
    comma: `She earns 2 times as much. The answer is ${grouped(gold, ",")}.`,
    thin: `Il y en a ${grouped(gold, "\u202f")}`,
    apostrophe: `Es sind ${grouped(gold, "'")} Stück`,
    spaces: `The answer is ${grouped(gold, " ")} kg`,
    lakh: `কাজটি ${lakhs(gold)}`,
    dollars: `The answer is $${grouped(gold, ",")}.00`,
    units: `#### ${gold} km`,
    thai: `คำตอบคือ ${inScript(gold, 0xe50)} คน`,
    boxed: `Adding 17 and 2 gives \\boxed{${grouped(gold, ",")}}. I checked 2 times.`,
    boxedUnits: `$\\boxed{${gold} \\text{ dollars}}$`,
    boxedMath: `\\boxed{x = ${grouped(gold, "{,}")}}`,
    bold: `**${gold}**`,
    chinese: `所以答案是${inScript(gold, 0xff10)}。`,
    after: `The answer is ${gold}. There are 12 months in a year.`,
    equation: `The answer is 2 * 3 = ${gold} apples`,
  };
  for (const [script, zero] of Object.entries({ ...ZEROS, ...MORE_ZEROS })) {
    all[script] = `= ${inScript(gold, zero)}`;
  }
  return all;
}

function mgsmGolds(path: string): string[] {
  const lines = Deno.readTextFileSync(path).split("\n").filter((line) => line !== "");
  return lines.map((line) => line.split("\t")[1]!.trim());
}

for (const lang of ["bn", "sw", "te", "th", "zh"]) {
  const path = sharedData(`mgsm/mgsm_${lang}.tsv`);
  Deno.test({
    name: `scoreNumber() reads every MGSM gold (${lang}) in every form`,
    ignore: path === undefined,
    fn: () => {
      const golds = mgsmGolds(path!);
      strictEqual(golds.length, 250);
      for (const gold of golds) {
        for (const [form, output] of Object.entries(forms(gold.replaceAll(",", "")))) {
          ok(scoreNumber(output, gold, "strict").correct, `${form}: "${output}" for "${gold}"`);
          const wrong = String(Number(gold.replaceAll(",", "")) + 1);
          ok(!scoreNumber(output, wrong, "strict").correct, `${form}: "${output}" passes for "${wrong}"`);
        }
        ok(scoreNumber(`-${gold}`, `-${gold}`, "strict").correct);
        ok(!scoreNumber(`-${gold}`, gold, "strict").correct || gold === "0");
      }
    },
  });
}

for (const name of ["English", "Swahili", "Thai"]) {
  const path = sharedData(`msvamp/test_${name}.json`);
  Deno.test({
    name: `scoreNumber() reads every MSVAMP gold (${name}) in every form`,
    ignore: path === undefined,
    fn: () => {
      const golds = Deno.readTextFileSync(path!).split("\n").filter((line) => line.trim() !== "").map((
        line,
      ) => (JSON.parse(line) as { response: string }).response);
      strictEqual(golds.length, 1000);
      for (const gold of golds) {
        const plain = gold.replace(/\.0$/, "");
        for (const [form, output] of Object.entries(forms(plain))) {
          ok(scoreNumber(output, gold, "strict").correct, `${form}: "${output}" for "${gold}"`);
        }
        ok(scoreNumber(`The answer is: ${grouped(plain, ",")}`, gold, "release").correct);
      }
    },
  });
}

Deno.test("asciiDigits() maps every Unicode decimal digit and nothing else", () => {
  let run = 0;
  for (let point = 0; point <= 0x10ffff; point++) {
    if (point >= 0xd800 && point <= 0xdfff) continue;
    const char = String.fromCodePoint(point);
    if (/\p{Nd}/u.test(char)) strictEqual(asciiDigits(char), String(run++ % 10), `U+${point.toString(16)}`);
    else {
      strictEqual(run % 10, 0, `a run of digits ends at U+${point.toString(16)}`);
      run = 0;
    }
  }
  strictEqual(asciiDigits("½ ② x٣"), "½ ② x3");
});

Deno.test("numbersIn() reads back any integer or decimal, signed, grouped or native", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 18n }), fc.nat(99), fc.boolean(), (whole, cents, minus) => {
      const sign = minus ? "-" : "";
      const decimals = String(cents).padStart(2, "0").replace(/0+$/, "");
      const value = decimals === "" ? `${whole}` : `${whole}.${decimals}`;
      const wanted = value === "0" ? "0" : sign + value;
      const written = `${sign}${grouped(`${whole}`, ",")}.${String(cents).padStart(2, "0")}`;
      deepStrictEqual(numbersIn(written), [wanted]);
      deepStrictEqual(numbersIn(inScript(written, 0x9e6)), [wanted]);
      deepStrictEqual(numbersIn(written.replace("-", "\u2212")), [wanted]);
      deepStrictEqual(numbersIn(`(${written}%)`), [wanted]);
    }),
  );
});

Deno.test("numbersIn() settles the ambiguous cases as it says", () => {
  const cases: [string, (string | null)[]][] = [
    ["3,5 kg", ["3.5"]],
    ["1,2,3", ["1", "2", "3"]],
    ["2,125", ["2125"]],
    ["1.234.567,89", ["1234567.89"]],
    ["2.125", ["2.125"]],
    ["2-3", ["2", "3"]],
    ["10 - 4 = 6", ["10", "4", "6"]],
    ["x -5", ["-5"]],
    ["-$5.50", ["-5.5"]],
    ["B-12", ["12"]],
    ["1/2", ["0.5"]],
    ["1/3", [null]],
    ["\\frac{3}{4}", ["0.75"]],
    [".75", ["0.75"]],
    ["007", ["7"]],
    ["-0.0", ["0"]],
    ["٣٫٥", ["3.5"]],
    ["٣٬٥٠٠", ["3500"]],
    ["no number", []],
  ];
  for (const [text, wanted] of cases) deepStrictEqual(numbersIn(text), wanted, text);
});

Deno.test("wholeNumber() takes golds and nothing more", () => {
  deepStrictEqual(["2,125", "8.0", " 70000 ", "-3", "৪২"].map(wholeNumber), [
    "2125",
    "8",
    "70000",
    "-3",
    "42",
  ]);
  deepStrictEqual(["", "8 apples", "3 4", "x"].map(wholeNumber), [null, null, null, null]);
  throws(() => scoreNumber("5", "five", "strict"), /gold answer "five": wanted one number/);
});

Deno.test("strictNumber() prefers the box, then the answer's sentence, then the last number, and admits defeat", () => {
  deepStrictEqual(
    [
      "The answer is 5. \\boxed{6} or 7",
      "The answer is 5 but 7 remain",
      "5 and then 7",
      "\\boxed{5 or 6}",
      "\\boxed{\\text{none}} 7",
      "The answer is unknown, 3 of 4 agree\n9",
      "",
    ].map(strictNumber),
    ["6", "5", "7", null, null, "3", null],
  );
});

Deno.test("scoreNumber() by the release's rule keeps its flaws", () => {
  const cases: [string, string, string | null, boolean][] = [
    ["It is -5", "5", "5", true], // the sign is lost
    ["I do not know", "0", null, true], // silence counts as 0
    ["1,234,567 in all", "1234567", "1234567", true],
    ["1,2,3", "3", "3", true],
    ["1,2,3,4", "34", "34", true], // commas of a list are taken for groups, every other one
    ["The answer is 5. It took 3 steps", "5", "3", false], // only the last number counts
    ["১২.৫", "12.5", "12.5", true],
    ["7.0004", "7", "7.0004", true], // within 0.001
    ["version 3.", "3", "3", true],
  ];
  for (const [output, gold, extracted, correct] of cases) {
    deepStrictEqual(scoreNumber(output, gold, "release"), { extracted, correct }, output);
  }
});

Deno.test("lastNumber() and strictNumber() never throw and give a number or nothing", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 60 }), (text) => {
      for (const found of [lastNumber(text), strictNumber(text)]) {
        ok(found === null || /^-?\d+(\.\d+)?$/.test(found), found!);
      }
    }),
    { numRuns: 500 },
  );
});

Deno.test("scoreChoice() takes the release's first lone letter before a point, the strict rule's only letter", () => {
  deepStrictEqual(scoreChoice("Choice B.", "B", "release"), { extracted: "B", correct: true });
  deepStrictEqual(scoreChoice("b. water", "B", "release"), { extracted: "b", correct: false });
  deepStrictEqual(scoreChoice("Choice B", "B", "release"), { extracted: null, correct: false });
  deepStrictEqual(scoreChoice("éA. b", "A", "release"), { extracted: null, correct: false });
  deepStrictEqual(scoreChoice("Choice B", "B", "strict"), { extracted: "B", correct: true });
  deepStrictEqual(scoreChoice("The answer is (C), not D.", "C", "strict"), { extracted: "C", correct: true });
  deepStrictEqual(scoreChoice("D", "D", "strict"), { extracted: "D", correct: true });
  deepStrictEqual(scoreChoice("A) or B)", "A", "strict"), { extracted: null, correct: false });
  deepStrictEqual(scoreChoice("Elephants", "E", "strict"), { extracted: null, correct: false });
});

Deno.test("scoreLabel() by the release's rule lets an answer be right twice, by the strict rule not", () => {
  const labels = ["Entailment", "Neutral", "Contradiction"];
  const hedged = "Entailment or Neutral";
  ok(
    scoreLabel(hedged, "Entailment", labels, "release").correct &&
      scoreLabel(hedged, "Neutral", labels, "release").correct,
  );
  deepStrictEqual(scoreLabel(hedged, "Neutral", labels, "strict"), { extracted: null, correct: false });
  deepStrictEqual(scoreLabel(" neutral.", "Neutral", labels, "strict"), {
    extracted: "Neutral",
    correct: true,
  });
  deepStrictEqual(scoreLabel(" neutral.", "Neutral", labels, "release"), { extracted: null, correct: false });
  throws(() => scoreLabel("x", "Maybe", labels, "strict"), /Cannot score against the label "Maybe"/);
});
