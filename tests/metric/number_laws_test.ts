/** Laws of the strict rule for numbers: a number comes back from any notation and sentence, and never a piece of one. */
import { ok, strictEqual } from "node:assert/strict";
import fc from "fast-check";
import { strictChoice } from "../../lib/metric/strict_choice.ts";
import { strictNumber } from "../../lib/metric/strict_number.ts";
import { SENTENCES, signed, unsigned } from "./_numbers.ts";

const put = (sentence: string, number: string) => sentence.replace("X", () => number);

Deno.test("strictNumber() reads back any number in any notation from the answer's sentence of any language", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...SENTENCES),
      signed,
      fc.constantFrom("", "Step 1: 17 + 4 = 21. "),
      (...drawn) => {
        const [sentence, { text, value }, before] = drawn;
        strictEqual(strictNumber(before + put(sentence, text)), value, put(sentence, text));
      },
    ),
    { numRuns: 5000 },
  );
});

/** Without a marker spaces do not group, and a sign touches its number. */
const RUNNING = [
  "She has X",
  "Elle a X.",
  "17 - 4 = X",
  "3 Kinder haben zusammen X",
  "全部でX",
  "**X**",
  "(X)",
];

Deno.test("strictNumber() reads back a number that ends running text, or gives none where it may be two", () => {
  fc.assert(
    fc.property(fc.constantFrom(...RUNNING), unsigned, (sentence, { text, value }) => {
      const found = strictNumber(put(sentence, text));
      const mayBeTwo = /\p{Nd} \p{Nd}/u.test(text) || sentence === "(X)" && /^\p{Nd}+,\p{Nd}{2}$/u.test(text);
      if (found !== null || !mayBeTwo) strictEqual(found, value, put(sentence, text));
    }),
    { numRuns: 3000 },
  );
});

/** A number's digits, which a reading must keep: all but zeros at either end. */
function digitsOf(text: string): string {
  return text.replace(/\D/g, "").replace(/^0+|0+$/g, "");
}

Deno.test("strictNumber() gives all digits of a run of digits and separators, or none", () => {
  const run = fc.array(
    fc.oneof(fc.nat(9999).map(String), fc.constantFrom(".", ",", "'", " ", "\u202f", "..", ", ")),
    {
      maxLength: 7,
    },
  ).map((parts) => parts.join("")).filter((text) => /^\d.*\d$/.test(text) && !/[.,']\s/.test(text));
  fc.assert(
    fc.property(
      fc.constantFrom("The answer is X", "\\boxed{X}", "#### X", "so X", "X"),
      run,
      (sentence, text) => {
        const found = strictNumber(put(sentence, text));
        if (found !== null) strictEqual(digitsOf(found), digitsOf(text), put(sentence, text));
      },
    ),
    { numRuns: 5000 },
  );
});

/** A calculation, and its value by JavaScript's own arithmetic. */
const calculation = fc.tuple(
  fc.integer({ min: 1, max: 60 }),
  fc.array(
    fc.tuple(
      fc.constantFrom(
        "+",
        "-",
        "*",
        "×",
        "/",
        "^",
        " + ",
        " - ",
        " * ",
        " \\times ",
        " / ",
        " ÷ ",
        " x ",
        "**",
      ),
      fc.constantFrom("", "-", "\u2212"),
      fc.integer({ min: 1, max: 12 }),
    ),
    { minLength: 1, maxLength: 4 },
  ),
).map(([first, rest]) => {
  let text = `${first}`, code = `(${first})`;
  for (const [operator, sign, operand] of rest) {
    const own = operator.trim().replace(/×|\\times|x/, "*").replace("÷", "/").replace("^", "**");
    text += operator + sign + operand;
    code += `${own}(${sign === "" ? "" : "-"}${operand})`;
  }
  return { text, value: Number(new Function(`return ${code}`)()) };
});

Deno.test("strictNumber() gives the value of a whole calculation or none, never one of its operands", () => {
  fc.assert(
    fc.property(
      fc.constantFrom("The answer is X", "The answer is X.", "\\boxed{X}", "#### X", "so X", "答えはXです"),
      calculation,
      (sentence, { text, value }) => {
        const found = strictNumber(put(sentence, text));
        if (found === null) return;
        ok(
          Math.abs(Number(found) - value) <= 1e-9 * Math.abs(value),
          `${put(sentence, text)}: ${found} for ${value}`,
        );
      },
    ),
    { numRuns: 5000 },
  );
});

Deno.test("strictNumber() gives the last side of an equation, as a whole or not", () => {
  fc.assert(
    fc.property(
      fc.constantFrom("The answer is X", "\\boxed{X}", "#### X", "so X", "La respuesta es X (paso 3)"),
      calculation,
      signed,
      (sentence, { text }, { text: side, value }) => {
        const equation = `${text} = ${side}`;
        const found = strictNumber(put(sentence, equation));
        if (sentence === "so X" && /\p{Nd} \p{Nd}/u.test(side)) {
          ok(found === null || found === value, equation);
        } else if (sentence !== "so X" || !/^. /.test(side)) {
          strictEqual(found, value, put(sentence, equation));
        }
      },
    ),
    { numRuns: 3000 },
  );
});

Deno.test("strictNumber() never gives a number with less than the whole of two tokens that touch", () => {
  const joints = fc.constantFrom(
    "",
    "-",
    "/",
    ":",
    "^",
    "x",
    "..",
    "…",
    " ",
    ".",
    ",",
    "'",
    "_",
    "e",
    "(",
    "~",
    "±",
  );
  fc.assert(
    fc.property(
      fc.constantFrom("The answer is X", "\\boxed{X}", "so X", "答案是X"),
      fc.integer({ min: 11, max: 99 }),
      joints,
      fc.integer({ min: 11, max: 99 }),
      (sentence, left, joint, right) => {
        const found = strictNumber(put(sentence, `${left}${joint}${right}`));
        ok(
          found !== `${left}` && found !== `${right}` && found !== `-${right}`,
          put(sentence, `${left}${joint}${right}`),
        );
      },
    ),
    { numRuns: 3000 },
  );
});

Deno.test("strictNumber() and strictChoice() take a time in proportion to the text", () => {
  const units = [
    "1,",
    "1 ",
    "- ",
    "1.234.",
    "\\boxed{",
    "\\frac{1}{",
    "1e1",
    "1^{",
    "(1",
    "½",
    "1 a = ",
    "answer is 1 ",
    "((",
    "*",
  ];
  const unit = fc.oneof(
    fc.constantFrom(...units),
    fc.string({ unit: fc.constantFrom(..."1,.'- /^e(){}\\=*:xA\n"), minLength: 1, maxLength: 5 }),
  );
  fc.assert(
    fc.property(fc.constantFrom("", "The answer is ", "\\boxed{", "1 "), unit, (start, repeated) => {
      const text = start + repeated.repeat(60_000 / repeated.length);
      const from = performance.now();
      strictNumber(text);
      strictChoice(text, ["A", "B", "C", "D", "E"]);
      // A tenth of a second as a rule; what grows with the square takes ten.
      ok(performance.now() - from < 5000, JSON.stringify(start + repeated));
    }),
    { numRuns: 60 },
  );
});
