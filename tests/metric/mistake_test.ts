/** Kinds of mistakes: each told from the others, one for every wrong answer. */
import { deepStrictEqual, strictEqual } from "node:assert/strict";
import fc from "fast-check";
import { type Mistake, mistakeOf, MISTAKES, scoreNumber } from "../../lib/metric/mod.ts";

const PROBLEM = {
  question: "Alice has 60 books. Peter has 5 times as many. How many do they have?",
  solution: "60 × 5 = 300. 300 + 60 = 360. The answer is 360.",
};

/** The mistake of an output by the rule that answers are scored by. */
function of(output: string): Mistake | null {
  return mistakeOf(output, scoreNumber(output, "360", "release"), PROBLEM);
}

Deno.test("each kind of mistake is told from the others", () => {
  const outputs: Record<string, Mistake | null> = {
    "60 × 5 = 300. 300 + 60 = 360. The answer is 360.": null,
    "I do not know.": "none",
    "60 × 5 = 350. 350 + 60 = 410. The answer is 410.": "sum",
    "60 × 5 = 300. The answer is 300.": "step",
    "The answer is 60.": "given",
    "60 + 5 = 65. 65 + 60 = 125. The answer is 125.": "operation",
    "6 × 5 = 30. 30 + 6 = 36. The answer is 36.": "operands",
    "The answer is 17.": "other",
  };
  for (const [output, mistake] of Object.entries(outputs)) strictEqual(of(output), mistake, output);
  deepStrictEqual(new Set(Object.values(outputs)), new Set([null, ...MISTAKES]));
});

Deno.test("digits of other scripts are the same mistake, and a right answer is none however it was reached", () => {
  strictEqual(of("The answer is ६०."), "given");
  strictEqual(of("99 + 1 = 3. The answer is 360."), null);
});

Deno.test("what is no word problem is wrong in two ways alone", () => {
  strictEqual(mistakeOf("maybe", { extracted: null, correct: false }), "none");
  strictEqual(mistakeOf("A.", { extracted: "A", correct: false }), "other");
  strictEqual(mistakeOf("A.", { extracted: "A", correct: true }), null);
});

Deno.test("every text has exactly one outcome: a mistake, or none where it is right", () => {
  fc.assert(fc.property(fc.string({ unit: "grapheme" }), (output) => {
    const scored = scoreNumber(output, "360", "release");
    const mistake = mistakeOf(output, scored, PROBLEM);
    strictEqual(mistake === null, scored.correct);
    strictEqual(mistake === "none", scored.extracted === null && !scored.correct);
  }));
});
