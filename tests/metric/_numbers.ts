/**
 * Numbers in random notations, with the value that a person reads, and sentences to put them in.
 * @module
 */
import fc from "fast-check";

/** What is written, and the canonical decimal that it stands for. */
export interface Written {
  readonly text: string;
  readonly value: string;
}

/** Code points of the zeros of scripts that MGSM, MSVAMP and their neighbours are written in. */
const ZEROS = [0x30, 0x660, 0x6f0, 0x966, 0x9e6, 0xc66, 0xe50, 0xff10];

/** Digits as another script writes them. */
export function inScript(text: string, zero: number): string {
  return text.replace(/\d/g, (digit) => String.fromCodePoint(zero + Number(digit)));
}

/** Groups of three by a separator. */
export function grouped(integer: string, separator: string): string {
  return integer.replace(/\B(?=(\d{3})+$)/g, separator);
}

/** India's groups: two digits each before the last three. */
export function lakhs(integer: string): string {
  return integer.replace(/\B(?=(\d{2})*\d{3}$)/g, ",");
}

/** The canonical decimal of `top / 10^places`. */
function decimal(top: bigint, places: number): string {
  const digits = `${top}`.padStart(places + 1, "0");
  const whole = digits.slice(0, digits.length - places);
  const decimals = digits.slice(digits.length - places).replace(/0+$/, "");
  return decimals === "" ? whole : `${whole}.${decimals}`;
}

const script = fc.constantFrom(...ZEROS);
const whole = fc.oneof(fc.nat(20), fc.nat(2000), fc.nat(9_999_999)).map(String);

/** Digits, grouped or not, of any script. */
const integers = fc.tuple(
  whole,
  fc.constantFrom("", ",", "{,}", "\\,", "'", "’", " ", "\u00a0", "\u202f", "lakh"),
  script,
).map(([digits, separator, zero]): Written => ({
  text: inScript(separator === "lakh" ? lakhs(digits) : grouped(digits, separator), zero),
  value: digits,
}));

/** Decimals as English, German, French, Swiss and Indian writers set them. */
const decimals = fc.tuple(
  whole,
  fc.integer({ min: 0, max: 99 }),
  fc.constantFrom(["", "."], [",", "."], ["", ","], [".", ","], ["'", "."], ["'", ","], ["\u202f", ","], [
    " ",
    ",",
  ]),
  script,
).map(([digits, cents, [separator, point], zero]): Written => ({
  text: inScript(`${grouped(digits, separator)}${point}${String(cents).padStart(2, "0")}`, zero),
  value: decimal(BigInt(digits) * 100n + BigInt(cents), 2),
}));

const denominators = fc.constantFrom(2, 4, 5, 8, 10, 16, 20, 25);
/** What 1 / denominator is in units of 10^-4. */
const unit = (denominator: number) => BigInt(10_000 / denominator);

/** Fractions, in LaTeX and with a slash. */
const fractions = fc.tuple(
  fc.integer({ min: 1, max: 99 }),
  denominators,
  fc.constantFrom("T/B", "T / B", "\\frac{T}{B}", "\\dfrac{T}{B}", "\\tfrac{ T }{ B }", "\\frac T{B}", "T⁄B"),
).filter(([top, , form]) => top < 10 || !form.includes("frac T{"))
  .map(([top, bottom, form]): Written => ({
    text: form.replace("T", `${top}`).replace("B", `${bottom}`),
    value: decimal(BigInt(top) * unit(bottom), 4),
  }));

/** Whole numbers with a proper fraction behind. */
const mixed = fc.tuple(
  fc.integer({ min: 1, max: 999 }),
  fc.tuple(fc.integer({ min: 1, max: 15 }), denominators).filter(([top, bottom]) => top < bottom),
  fc.constantFrom(" T/B", "\u00a0T/B", "\\frac{T}{B}", " \\frac{T}{B}", "\\,\\dfrac{T}{B}"),
).map(([integer, [top, bottom], form]): Written => ({
  text: integer + form.replace("T", `${top}`).replace("B", `${bottom}`),
  value: decimal(BigInt(integer) * 10_000n + BigInt(top) * unit(bottom), 4),
}));

/** Fractions that are one character. */
const vulgar = fc.tuple(
  fc.constantFrom("", "3", "12 ", "7"),
  fc.constantFrom(["½", 5000n], ["¼", 2500n], ["¾", 7500n], ["⅕", 2000n], ["⅜", 3750n]),
).map(([integer, [sign, part]]): Written => ({
  text: integer + sign,
  value: decimal(BigInt(integer.trim()) * 10_000n + (part as bigint), 4),
}));

/** Numbers times a power of ten. */
const scientific = fc.tuple(
  fc.integer({ min: 1, max: 99 }),
  fc.integer({ min: -3, max: 9 }),
  fc.constantFrom("e", "E", " \\times 10^{N}", " × 10^N", "×10ⁿ", " · 10^{N}", "*10^N", " x 10^N"),
).map(([tenths, exponent, form]): Written => {
  const raised = `${exponent}`.replace("-", "⁻").replace(/\d/g, (digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(digit)]!);
  const factor = form.toLowerCase() === "e"
    ? form + exponent
    : form.replace("N", `${exponent}`).replace("ⁿ", raised);
  return {
    text: `${(tenths / 10).toFixed(1)}${factor}`,
    value: decimal(BigInt(tenths) * 10n ** BigInt(exponent + 3), 4),
  };
});

/** Numbers before a word that multiplies them. */
const scaled = fc.tuple(
  fc.integer({ min: 1, max: 999 }),
  fc.constantFrom(
    [" thousand", 3],
    [" million", 6],
    [" Millionen", 6],
    [" mil", 3],
    [" тысяч", 3],
    ["万", 4],
    [" লাখ", 5],
    [" ล้าน", 6],
  ),
).map(([integer, [word, power]]): Written => ({
  text: `${integer}${word}`,
  value: `${BigInt(integer) * 10n ** BigInt(power)}`,
}));

/** Any of these without a sign. */
export const unsigned: fc.Arbitrary<Written> = fc.oneof(
  integers,
  decimals,
  fractions,
  mixed,
  vulgar,
  scientific,
  scaled,
);

/** With a sign that touches its number or not, or none. */
export const signed: fc.Arbitrary<Written> = fc.tuple(
  fc.constantFrom("", "-", "\u2212", "- ", "\u2212 "),
  unsigned,
)
  .map(([sign, { text, value }]) => ({
    text: sign + text,
    value: sign === "" || value === "0" ? value : `-${value}`,
  }));

/** Answers as MGSM's languages say them; X is the number. */
export const SENTENCES = [
  "The answer is X.",
  "Answer: X (see step 3)",
  "**Final answer:** X. That took 3 steps.",
  "Die Antwort lautet X (siehe Schritt 3).",
  "La respuesta es X. Son 3 pasos.",
  "La réponse est X.",
  "Réponse : X",
  "Ответ — X.",
  "Ответ: X (шаг 3)",
  "答案是 X 。",
  "答案是X（见第3步）",
  "答えはXです。",
  "คำตอบคือ X บาท",
  "Jibu ni X.",
  "Jibu: X (hatua ya 3)",
  "উত্তর হল X।",
  "సమాధానం X.",
  "#### X",
  "So \\boxed{X} in 3 steps",
  "$$\\boxed{x = X}$$",
  "The answer is 2 + 3 = X.",
];
