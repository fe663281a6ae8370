/** The strict rule on choices: the letter that an answer names, in every language, and no word for a letter. */
import { deepStrictEqual, strictEqual } from "node:assert/strict";
import fc from "fast-check";
import { scoreChoice } from "../../lib/metric/mod.ts";
import { strictChoice } from "../../lib/metric/strict_choice.ts";

const LETTERS = ["A", "B", "C", "D", "E"];

Deno.test("strictChoice() takes a letter in any markup", () => {
  const cases = {
    "Answer: **D**": "D",
    "**Answer:** D": "D",
    "\\boxed{C}": "C",
    "$\\boxed{\\text{C}}$": "C",
    "\\boxed{(C)}": "C",
    "\\boxed{C. water}": "C",
    "\\boxed{water}. The answer is C.": "C",
    "The correct answer is d.": "D",
    'The answer is "C"': "C",
    "The answer is “C”": "C",
    "(C)": "C",
    "d": "D",
    "**b.**": "B",
    "The answer is option B: water": "B",
    "The answer is A because birds fly": "A",
    "The answer is C water": "C",
    "D because it is wet": "D",
    "Choice A": "A",
    "option c": "C",
    "Ｂ": "B",
  };
  for (const [output, letter] of Object.entries(cases)) {
    strictEqual(strictChoice(output, LETTERS), letter, output);
  }
});

Deno.test("strictChoice() takes no word for a letter, and no doubtful letter", () => {
  const none = [
    "A bird would do that.",
    "The answer is A bird",
    "Answer: a bird",
    "E depois?",
    "E, finalmente, água",
    "E.g. water",
    "The U.S.A. army",
    "Elephants",
    "The answer is C or D",
    "The answer is C, D",
    "The answer is not B but D",
    "Option C is wrong. Option D",
    "A) or B)",
    "I'd say so",
    "",
  ];
  for (const output of none) strictEqual(strictChoice(output, LETTERS), null, output);
});

Deno.test("strictChoice() finds the letter after the answer's sentence in every language", () => {
  const sentences = [
    "It is not B, the answer is",
    "Die Antwort lautet",
    "Die richtige Antwort ist",
    "La respuesta es la",
    "La bonne réponse est",
    "A resposta é",
    "La risposta è la",
    "Het antwoord is",
    "Odpowiedź to",
    "Правильный ответ —",
    "答案是",
    "答えは",
    "คำตอบคือ",
    "Jibu ni",
    "উত্তর হল",
    "సమాధానం",
    "उत्तर:",
    "الإجابة هي",
    "Đáp án là",
  ];
  const marks = ["X", "X.", "(X)", "**X**", '"X"', "「X」", "X)", "$X$", "\\text{X}"];
  fc.assert(
    fc.property(
      fc.constantFrom(...sentences),
      fc.constantFrom(...marks),
      fc.constantFrom(...LETTERS),
      fc.constantFrom("", "\nB is wrong.", ". B is not."),
      (sentence, mark, letter, after) => {
        strictEqual(strictChoice(`${sentence} ${mark.replace("X", letter)}${after}`, LETTERS), letter);
      },
    ),
    { numRuns: 1000 },
  );
  strictEqual(strictChoice("答案是C", LETTERS), "C");
  strictEqual(strictChoice("答えはCです。", LETTERS), "C");
});

Deno.test("scoreChoice() compares with the gold by either rule", () => {
  deepStrictEqual(scoreChoice("Answer: **D**", "D", "strict"), { extracted: "D", correct: true });
  deepStrictEqual(scoreChoice("Answer: **D**", "D", "release"), { extracted: null, correct: false });
  deepStrictEqual(scoreChoice("A. I. said C", "C", "strict", ["A", "B", "C"]), {
    extracted: null,
    correct: false,
  });
});
