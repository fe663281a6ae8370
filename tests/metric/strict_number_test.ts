/** The strict rule on the forms in which models write numbers: cases from public reports, beside the laws in number_laws_test.ts. */
import { deepStrictEqual } from "node:assert/strict";
import { scoreNumber } from "../../lib/metric/mod.ts";
import { strictNumber } from "../../lib/metric/strict_number.ts";
import { sharedData } from "./_shared.ts";

function reads(cases: Readonly<Record<string, string | null>>): void {
  deepStrictEqual(Object.fromEntries(Object.keys(cases).map((text) => [text, strictNumber(text)])), cases);
}

Deno.test("strictNumber() reads a mixed number and a fraction as a whole", () => {
  reads({
    "\\boxed{2\\frac{1}{2}}": "2.5",
    "The answer is 3 1/2": "3.5",
    "The answer is 3½ hours": "3.5",
    "The answer is ½.": "0.5",
    "\\boxed{-1\\dfrac{3}{4}}": "-1.75",
    "\\boxed{\\frac34}": "0.75",
    "\\boxed{\\tfrac{1}{8}}": "0.125",
    "The answer is $\\frac{10}{2.5}$": "4",
    "The answer is 10 / 2.5": "4",
    "\\boxed{\\frac{1,000}{8}}": "125",
    "The answer is 1/3": null,
    "The answer is 7 3/2": null,
    "The answer is 3 and 1/2": null,
    "\\boxed{\\frac{x}{2}}": null,
    "\\boxed{\\frac345}": null,
    "The answer is 3/4/2024": null,
    "Use 3 1/2": "3.5",
    "Use \\frac{1}{\\frac{2}{3}}": null,
  });
});

Deno.test("strictNumber() keeps a sign that stands apart from its number", () => {
  reads({
    "The answer is - 5": "-5",
    "The answer is \u2212 5": "-5",
    "\\boxed{- 5}": "-5",
    "x = - 5": "-5",
    "#### - 5": "-5",
    "The answer is: - $5.50": "-5.5",
    "The answer is -Rs.500": "-500",
    "The answer is $-5": "-5",
    "答案是-5": "-5",
    "所以温度是-5度": "-5",
    "3 - 5": null,
    "The answer is 3 - 5": null,
    "9 - 5 = 4": "4",
    "The answer is 9 - 5 = 4": "4",
    "The answer is 5 - 9 = - 4": "-4",
    "x = 3 -5": null,
    "x = -\\boxed{5}": null,
    "- \\boxed{5}": "5",
    "The answer is minus 5": null,
    "The answer is negative 5": null,
    "答案是负5": null,
    "The answer is 3 times 4": null,
    // a bullet, a dash or a sign
    "Answer:\n- 5": null,
    "Left - 5": null,
  });
  deepStrictEqual(scoreNumber("The answer is - 5", "5", "strict").correct, false);
});

Deno.test("strictNumber() reads points and commas as the number's own language sets them", () => {
  reads({
    "Das macht 1.234,50 Euro": "1234.5",
    "R$ 1.500,00": "1500",
    "Es kostet 1'234,50 Fr.": "1234.5",
    "₹1,00,000.50": "100000.5",
    "$1{,}234.50": "1234.5",
    "The answer is 10,\\!000": "10000",
    "Il reste 80\u00a0000,5 €": "80000.5",
    "La réponse est 80 000 $": "80000",
    "Il reste 80 000 $": null,
    "The answer is 0,125": "0.125",
    "The answer is 1.2.3": null,
    "The answer is 12,345,67": null,
    "答案是12，3个": "12",
    "答案是12，345": "12345",
  });
});

Deno.test("strictNumber() takes the full stop of an abbreviation or an ellipsis for no decimal point", () => {
  reads({
    "He pays Rs.500": "500",
    "The answer is...42": "42",
    "The answer is… 42": "42",
    "Tsh.1,500": "1500",
    "Rs.500/-": "500",
    "The answer is .5": "0.5",
    "The answer is 42...": "42",
    "The answer is 0.333...": null,
  });
});

Deno.test("strictNumber() reads powers, exponents and scale words as part of their number", () => {
  reads({
    "The answer is 1.5e3": "1500",
    "The answer is 1.5 \\times 10^3": "1500",
    "The answer is 1,5 · 10^{3}": "1500",
    "The answer is 10^3": "1000",
    "The answer is 10³": "1000",
    "The answer is 2 × 10⁻³": "0.002",
    "The answer is 2**10": "1024",
    "The answer is 25 cm^2": "25",
    "25 cm^2": "25",
    "The answer is 10^x": null,
    "The answer is 10^3.5": null,
    "The answer is 1e999": null,
    "The answer is 1.5 million dollars": "1500000",
    "Die Antwort lautet 2 Millionen": "2000000",
    "答えは3万5000円です": "35000",
    "答案是5千克": "5",
    "The answer is 3 dozen": "3",
    "The answer is $80k": null,
    "\\boxed{\\sqrt{16}}": null,
    "The answer is 3x": null,
    "The answer is 5 + x": null,
    "The answer is 2 (3 + 4)": null,
    "The answer is 12:30": null,
    "The answer is 2-3 days": null,
    "The answer is 3, 4.": null,
    "The answer is 5 or 6": null,
    "The answer is 3 bis 5": null,
    "The answer is 1 hour and 30 minutes": null,
    "The answer is x = 3, y = 4": null,
    "\\boxed{(2,3)}": null,
    "\\boxed{x=2 \\text{ or } x=3}": null,
    "\\boxed{42 \\text{ cm}^2}": "42",
    "Jibu ni shilingi elfu 5": null,
    "The answer is 7! = 5040": "5040",
    "The answer is 42!": "42",
    "The answer is 50%": "50",
  });
});

Deno.test("strictNumber() takes the number after the marker, and an equation's last side", () => {
  reads({
    "Die Antwort lautet 42 (siehe Schritt 3).": "42",
    "Answer: 42 (3 steps)": "42",
    "**Answer:** 42 (see step 3)": "42",
    "Final answer: 42. This took 3 steps.": "42",
    "Final answer: **42**. 3 steps": "42",
    "#### 42": "42",
    "The answer is 42, as 6 + 36 = 42 in step 3": "42",
    "The answer is 42 (x = 3)": "42",
    "The answer is 12 eggs - 3 eggs = 9 eggs": "9",
    "The answer is $18 - $3 = $15 in 2 days": "15",
    "The answer is x = 7": "7",
    "The answer is 42 since x = 3": null,
    "The answer is 7 = 3 + 4": null,
    "The answer is not 5 but 6": "6",
    "Answer:\n42\nThat took 3 steps": "42",
    "Step-by-Step Answer: Roger started with 5 balls. So he has 11.": "11",
    "ステップごとの答え：ロジャーは最初5個のボールがありました。全部で11個。": "11",
    "The answer is unclear.\nStep 3": "3",
    "\\boxed{12": null,
  });
});

Deno.test("strictNumber() knows the answer's sentence in MGSM's languages", () => {
  const sentences = {
    en: ["The answer is 42.", "Answer: 42", "The final answer is: 42", "The answer to the question is 42"],
    es: ["La respuesta es 42.", "Respuesta: 42", "La respuesta final es 42", "La respuesta correcta es: 42"],
    fr: ["La réponse est 42.", "Réponse : 42", "La réponse finale est donc 42", "La re\u0301ponse est 42"],
    de: ["Die Antwort lautet 42.", "Antwort: 42", "Die Antwort ist 42", "Daher lautet die Antwort 42"],
    ru: ["Ответ — 42.", "Ответ: 42", "Ответ - 42", "Ответ – 42", "Правильный ответ: 42", "Ответ 42"],
    zh: ["答案是 42。", "答案是42。", "答案：42", "答：42个", "最终答案为42", "所以答案应该是42"],
    ja: ["答えは42です。", "答え：42", "正解は42", "答：42"],
    th: ["คำตอบคือ 42", "คำตอบ: 42", "คำตอบสุดท้ายคือ 42", "คำตอบที่ถูกต้องคือ 42"],
    sw: ["Jibu ni 42.", "Jibu: 42", "Jibu sahihi ni 42", "Jibu la mwisho ni 42"],
    bn: ["উত্তর হল 42।", "উত্তর: 42", "উত্তর হলো 42", "সঠিক উত্তর হচ্ছে 42", "উত্তর 42"],
    te: ["సమాధానం 42.", "సమాధానం: 42", "జవాబు 42"],
    pt: ["A resposta é 42.", "Resposta: 42"],
  };
  for (const [language, forms] of Object.entries(sentences)) {
    for (const form of forms) {
      for (const after of ["", "\n3 x 4", " (siehe Schritt 3)", "\n\n7"]) {
        deepStrictEqual([language, form, strictNumber(`17. ${form}${after}`)], [language, form, "42"]);
      }
    }
  }
});

const solutions = sharedData("gsm8k/test.jsonl");
Deno.test({
  name: "scoreNumber() reads the answer of every solution of GSM8K's test set by the strict rule",
  ignore: solutions === undefined,
  fn: () => {
    const lines = Deno.readTextFileSync(solutions!).trim().split("\n");
    deepStrictEqual(lines.length, 1319);
    for (const line of lines) {
      const { answer } = JSON.parse(line) as { answer: string };
      const gold = answer.split("#### ")[1]!;
      deepStrictEqual([answer, scoreNumber(answer, gold, "strict").correct], [answer, true]);
    }
  },
});
