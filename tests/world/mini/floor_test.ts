/** What keeps the benchmarks' floors down: rules that do not read, refitted here as the lab fits them. */
import { deepStrictEqual, ok } from "node:assert/strict";
import { atLeast } from "../../../lib/checked.ts";
import { benchmarkFloors } from "../../../lib/method/floor/floor.ts";
import { fitNumbers, solves } from "../../../lib/method/floor/numbers.ts";
import { foundBySurface } from "../../../lib/method/floor/surface.ts";
import { fitOptions, fitSides } from "../../../lib/method/floor/words.ts";
import { mini } from "../../../lib/world/mini/mod.ts";
import type { BenchmarkId, MathItem, NliItem, Task } from "../../../lib/world/world.ts";

/** Benchmark, its task, and the limits in percent. */
const LIMITS: readonly (readonly [BenchmarkId, Task, number, number])[] = [
  ["mgsm", "math", 0, 20],
  ["msvamp", "math", 0, 30],
  ["mmwp", "math", 0, 30],
  ["xnli", "nli", 25, 40],
  ["xcsqa", "choice", 15, 25],
];

for (const [id, task, low, high] of LIMITS) {
  Deno.test(`who does not read ${id} gets ${low} to ${high} % of it, in every language the same`, () => {
    for (const split of ["dev", "test"] as const) {
      const floors = benchmarkFloors(mini, task, id, { languages: ["en", "sw", "th"], items: 240, split });
      const values = floors.map(({ value }) => 100 * value);
      ok(values.every((value) => value >= low && value < high), `${split}: ${values}`);
      deepStrictEqual(new Set(values).size, 1, `${values}`);
    }
  });
}

function problem(question: string, gold: string): MathItem {
  return { task: "math", id: question, kind: "", question, solution: "", gold };
}

Deno.test("the numbers' rule finds what numbers do tell: order decides the operation, and a thousands mark is read", () => {
  const training = Array.from({ length: 40 }, (_, i) => {
    const [a, b] = [i + 2, 23];
    return problem(`${a} and ${b}`, String(a > b ? a - b : a + b));
  });
  const guess = fitNumbers(training);
  for (const item of [problem("1,050 or 24", "1026"), problem("7 or 24", "31"), problem("60, 30", "30")]) {
    ok(solves(guess(item.question), item), `${item.question}: ${guess(item.question)}`);
  }
  ok(!solves(guess("no number"), problem("no number", "3")));
});

Deno.test("one side's rule finds a word that gives a label away, and an option that is right too often", () => {
  const nli = Array.from({ length: 60 }, (_, i): NliItem => {
    const gold = atLeast(["entailment", "contradiction"] as const, 2)[i % 2]!;
    const hypothesis = gold === "entailment" ? "it is so" : "it is not so";
    return { task: "nli", id: `${i}`, kind: "", premise: "a dog", hypothesis, gold };
  });
  const side = fitSides(nli);
  deepStrictEqual([side.name, side.rule(nli[1]!)], ["hypothesis alone", "contradiction"]);
  const choices = Array.from({ length: 50 }, (_, i) => {
    const at = (i * 3) % 5;
    const options = ["tea", "ink", "oak", "sky", "fog"].map((word, j) => j === at ? "sun" : word);
    return {
      task: "choice" as const,
      id: `${i}`,
      kind: "",
      question: "?",
      choices: options,
      gold: "ABCDE"[at]!,
    };
  });
  const { name, rule } = fitOptions(choices);
  deepStrictEqual([name, choices.every((item) => rule(item) === item.gold)], ["options alone", true]);
});

Deno.test("retrieval's rule finds shared numerals and names, then length, and shares ties", () => {
  const pair = (source: string, target: string) => ({ id: source, source, target });
  deepStrictEqual(foundBySurface([pair("Ana has 3", "3 ana Ana"), pair("she has 4", "4 ya ya")]), 2);
  deepStrictEqual(foundBySurface([pair("aa", "bb"), pair("cc", "dd")]), 1);
  deepStrictEqual(foundBySurface([pair("a", "b"), pair("ccccc", "ddddd")]), 2);
});
