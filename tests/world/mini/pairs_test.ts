/** What keeps the word problems from being guessed: balanced calculations, numbers that fit all of them, minimal pairs. */
import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { atLeast } from "../../../lib/checked.ts";
import { stream } from "../../../lib/random.ts";
import { languageOf, mini } from "../../../lib/world/mini/mod.ts";
import { drawPair, questionText } from "../../../lib/world/mini/problem.ts";
import { NUMBERS } from "../../../lib/world/mini/problem_numbers.ts";
import { PROBLEM_PAIRS } from "../../../lib/world/mini/problem_types.ts";
import type { MathItem } from "../../../lib/world/world.ts";

/** How many problems a round of each benchmark has: every calculation as often as every other. */
const ROUND = { mgsm: 24, mmwp: 32, msvamp: 4 } as const;

/** "a+b-c": the solution with the names of the numbers in the order of the text; a number that comes twice is "a". */
function calculationOf({ question, solution }: MathItem): string {
  const names = new Map(atLeast(question.match(/\d+/g) ?? [], 2).map((number, i) => [number, "abc"[i]!]));
  const steps = [...solution.matchAll(/(\d+) ([-+×÷]) (\d+) = (\d+)/g)];
  return steps.map(([, left, operator, right], i) =>
    (i === 0 ? names.get(left!) : "") + operator! + names.get(right!)
  )
    .join("");
}

function counts(items: readonly MathItem[]): number[] {
  return [...Map.groupBy(items, calculationOf).values()].map(({ length }) => length).sort((a, b) => a - b);
}

const math = (id: "mgsm" | "mmwp" | "msvamp", split: "dev" | "test", items: number) =>
  mini.benchmark(id, "en", { items, split }) as MathItem[];

for (const [id, round] of Object.entries(ROUND) as ["mgsm" | "mmwp" | "msvamp", number][]) {
  Deno.test(`every calculation is as frequent as every other in whole rounds of ${id}, for development too`, () => {
    for (const split of ["dev", "test"] as const) {
      const whole = counts(math(id, split, 240 - 240 % round));
      strictEqual(new Set(whole).size, 1, `${split}: ${whole}`);
      strictEqual(whole.length, { mgsm: 12, mmwp: 16, msvamp: 4 }[id]);
    }
  });
}

Deno.test("every calculation is as frequent as every other in training, within four standard errors", () => {
  const all = counts(mini.instructions("math", "en", { seed: 1, count: 8000 }));
  strictEqual(all.length, 16);
  // Pairs are drawn, not problems: 4,000 draws, of which one in eight has a calculation of one pair.
  const [expected, error] = [8000 / 16, 4 * Math.sqrt(4000 / 8)];
  for (const count of all) ok(Math.abs(count - expected) < error, `${all}`);
});

Deno.test("any numbers fit any problem: all results are whole, at least 2, and differ from each other and from the numbers", () => {
  ok(NUMBERS.length > 100);
  for (const { a, b, c } of NUMBERS) {
    const ofTwo = [a + b, a - b, a * b, a / b];
    const all = [...ofTwo, ...ofTwo.map((r) => r + a)];
    const three = ofTwo.flatMap((r) => [r + c, r - c]);
    ok([...all, ...three].every((r) => Number.isInteger(r) && r >= 2), `${a} ${b} ${c}`);
    strictEqual(new Set([...all, a, b]).size, 10, `${a} ${b} ${c}`);
    strictEqual(new Set([...three, a, b, c]).size, 11, `${a} ${b} ${c}`);
  }
});

Deno.test("problems 2k and 2k + 1 have the same numbers in the same order, and another answer, in every language", () => {
  for (const { code } of mini.languages()) {
    const items = mini.benchmark("mmwp", code, { items: 64 }) as MathItem[];
    for (let k = 0; k < items.length; k += 2) {
      const [one, other] = [items[k]!, items[k + 1]!];
      deepStrictEqual(one.question.match(/\d+/g), other.question.match(/\d+/g), `${code}: ${one.question}`);
      ok(one.gold !== other.gold && one.question !== other.question, `${code}: ${one.question}`);
    }
  }
});

/** How many words of the longer text are not in the longest common subsequence of both. */
function wordsThatDiffer(a: readonly string[], b: readonly string[]): number {
  let row = Array<number>(b.length + 1).fill(0);
  for (const word of a) {
    const next = [0];
    b.forEach((other, j) => next.push(word === other ? row[j]! + 1 : Math.max(row[j + 1]!, next[j]!)));
    row = next;
  }
  return Math.max(a.length, b.length) - row.at(-1)!;
}

Deno.test("in every language a verb or a name alone turns a calculation round: such pairs differ in one word or two", () => {
  const minimal = ["change", "change_up", "change_down", "both_more", "both_fewer", "both_times"];
  const one: string[] = [];
  for (const { code } of mini.languages()) {
    const words = new Intl.Segmenter(code, { granularity: "word" });
    for (const pair of PROBLEM_PAIRS.filter(({ id }) => minimal.includes(id))) {
      const texts = drawPair(pair, stream(3, "pairs", pair.id)).map((problem) =>
        questionText(languageOf(code), problem)
      );
      const [first, second] = atLeast(
        texts.map((text) =>
          [...words.segment(text)].filter(({ isWordLike }) => isWordLike).map(({ segment }) => segment)
        ),
        2,
      );
      const apart = wordsThatDiffer(first, second);
      ok(apart >= 1 && apart <= 2, `${code} ${pair.id}: ${texts.join(" / ")}`);
      if (apart === 1) one.push(`${code} ${pair.id}`);
    }
  }
  ok(one.length >= 0.85 * minimal.length * mini.languages().length, `${one.length}`);
});

Deno.test("where people are compared the solution says whose each number is, and restates a turned comparison with the known number", () => {
  const compared = mini.instructions("math", "en", { seed: 3, count: 400 })
    .filter(({ question }) => /has \d+ (more|fewer|times as many) /.test(question));
  ok(compared.length > 100);
  for (const { question, solution } of compared) {
    const [, owner, a] = /(\w+) has (\d+) /.exec(question)!;
    const [, subject, b, word, standard] = /(\w+) has (\d+) (more|fewer|times) [^.]*?(?:than|\w+ as) (\w+)\./
      .exec(question)!;
    const sign = { more: "\\+", fewer: "-", times: "×" }[word!]!;
    const [other, restated] = subject === owner
      ? [standard, `${a} = ${standard} ${sign} ${b}\\. `]
      : [subject, ""];
    match(solution, new RegExp(`^${owner} = ${a}\\. ${restated}${other} = ${a} [-+×÷] ${b} = \\d+\\. `));
  }
});
