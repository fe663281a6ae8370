/**
 * What the four flavours of instruction data promise: that they differ in what they say they differ in, that whatever they
 * calculate is right, and that no test item is among what they tell, in any of the ways in which they tell it.
 */
import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { atLeast } from "../../../lib/checked.ts";
import { equationsIn } from "../../../lib/metric/equations.ts";
import { scoreNumber } from "../../../lib/metric/extract.ts";
import {
  type Flavour,
  type FlavourRow,
  flavourRows,
  FLAVOURS,
} from "../../../lib/world/mini/flavours/mod.ts";
import { TRIGGER } from "../../../lib/world/mini/flavours/mammoth.ts";
import { ENGLISH, seedProblem } from "../../../lib/world/mini/flavours/seed.ts";
import { asCondition, asked, questionFirst, statements } from "../../../lib/world/mini/flavours/telling.ts";
import { benchmarkProblems } from "../../../lib/world/mini/math.ts";
import { mini } from "../../../lib/world/mini/mod.ts";
import { isTraining } from "../../../lib/world/mini/partition.ts";
import { type Problem, questionText } from "../../../lib/world/mini/problem.ts";

/** Whole rounds of every flavour: of 26, 6, 20 and 5 rows. */
const COUNT = 7800;
const ROWS = new Map(FLAVOURS.map((flavour) => [flavour, flavourRows(flavour, { seed: 3, count: COUNT })]));
const all = [...ROWS].flatMap(([flavour, rows]) => rows.map((row) => ({ flavour, ...row })));

function rowsOf(flavour: Flavour, ...kinds: readonly string[]): FlavourRow[] {
  return ROWS.get(flavour)!.filter(({ kind }) => kinds.length === 0 || kinds.includes(kind));
}

/** What a program prints; only assignments of integers and one `print` are understood. */
function printed(program: string): number {
  const values = new Map<string, number>();
  const evaluate = (text: string) => {
    const code = text.replace(/[a-z]/g, (name) => String(values.get(name))).replaceAll("//", "/");
    ok(/^[\d +*()/-]+$/.test(code), code);
    return Number(new Function(`return ${code}`)());
  };
  for (const line of program.split("\n")) {
    const assigned = /^([a-z]) = (.+)$/.exec(line);
    if (assigned) values.set(assigned[1]!, evaluate(assigned[2]!));
    else return evaluate(/^print\((.+)\)$/.exec(line)![1]!);
  }
  throw new Error(`prints nothing: ${program}`);
}

/** How many distinct problems a hundred rows have, people aside: a problem is what it tells and asks. */
function problemsIn(rows: readonly FlavourRow[]): number {
  const problems = rows.map(({ problem, question }) =>
    problem === null ? question : questionText(ENGLISH, problem)
  );
  return Math.round(100 * new Set(problems).size / rows.length);
}

Deno.test("the flavours begin with the problems that Mono-SFT learns, number by number", () => {
  for (const seed of [1, 2]) {
    const items = mini.instructions("math", "en", { seed, count: 300 });
    const seeds = items.map((_, i) => seedProblem(seed, i));
    deepStrictEqual(seeds.map((one) => questionText(ENGLISH, one)), items.map(({ question }) => question));
    deepStrictEqual(seeds.map(({ answer }) => String(answer)), items.map(({ gold }) => gold));
  }
});

Deno.test("a longer draw begins with the shorter, from continues it, and another seed has other rows", () => {
  for (const flavour of FLAVOURS) {
    const rows = rowsOf(flavour);
    deepStrictEqual(flavourRows(flavour, { seed: 3, count: 40 }), rows.slice(0, 40));
    deepStrictEqual(flavourRows(flavour, { seed: 3, count: 15, from: 33 }), rows.slice(33, 48));
    const others = flavourRows(flavour, { seed: 4, count: 40 });
    ok(others.every(({ question }, i) => question !== rows[i]!.question), flavour);
  }
});

Deno.test("the kinds of rows have the shares that each flavour's file names", () => {
  const shares = Object.fromEntries(
    [...ROWS].map(([flavour, rows]) => [
      flavour,
      Object.fromEntries(
        [...Map.groupBy(rows, ({ kind }) => kind)].map(([kind, of]) => [kind, of.length / rows.length]),
      ),
    ]),
  );
  deepStrictEqual(shares, {
    mammoth: {
      ...{ problem_chain: 0.15, problem_program: 0.15, options_chain: 0.35, options_program: 0.05 },
      ...{ calculation_chain: 0.2, calculation_program: 0.1 },
    },
    wizardmath: { seed: 1 / 6, easier: 1 / 3, harder: 1 / 2 },
    metamath: { answer_augmented: 10 / 26, rephrased: 8 / 26, self_verified: 4 / 26, fobar: 4 / 26 },
    openmath2: { synthetic: 1 },
  });
});

Deno.test("of a set's size the number of distinct problems is left: MetaMath has few, OpenMath2 many", () => {
  const openProblems = rowsOf("mammoth", "problem_chain", "problem_program");
  strictEqual(problemsIn(openProblems), Math.round(100 / 6));
  strictEqual(problemsIn(rowsOf("metamath", "answer_augmented")), 10);
  strictEqual(problemsIn(rowsOf("openmath2")), 60);
  strictEqual(problemsIn(rowsOf("wizardmath", "seed")), 100);
  // From the other side a problem is told anew, but it is the same; of what is evolved some comes out twice.
  const seeds = (flavour: Flavour, rows: number) => COUNT / rows / COUNT * 100 - problemsIn(rowsOf(flavour));
  ok(seeds("metamath", 26) < 0 && problemsIn(rowsOf("metamath")) < 8);
  ok(problemsIn(rowsOf("wizardmath")) > 70 && problemsIn(rowsOf("mammoth")) > 65);
});

Deno.test("an answer ends as the flavour's set ends it", () => {
  const ends: Readonly<Record<string, RegExp>> = {
    metamath: /\d\.? ?(?:\p{L}+\.)? The answer is: \d+$/u,
    wizardmath: /^Step 1: .* The answer is: \d+$/,
    openmath2: /\. \\boxed\{\d+\}$/,
    problem_chain: /\. The answer is \d+\.$/,
    calculation_chain: /\. The answer is \d+\.$/,
    options_chain: /\. The answer is [A-E]\.$/,
    program: /(?:^|\n)print\([^\n]+\)$/,
  };
  for (const { flavour, kind, solution } of all) {
    const end = ends[kind.endsWith("_program") ? "program" : kind] ?? ends[flavour]!;
    ok(end.test(solution), `${flavour}, ${kind}: ${solution}`);
  }
  for (const { flavour, solution } of all) {
    strictEqual(solution.includes("\\boxed"), flavour === "openmath2");
    strictEqual(solution.includes("Step "), flavour === "wizardmath");
    strictEqual(solution.includes("The answer is:"), flavour === "metamath" || flavour === "wizardmath");
  }
});

Deno.test("what is calculated is right, and its end is the gold answer; the lab's scoring reads it from every form", () => {
  for (const { flavour, kind, solution, gold } of all.filter(({ kind }) => !kind.endsWith("_program"))) {
    const equations = equationsIn(solution);
    ok(equations.length > 0 && equations.every(({ holds }) => holds), `${flavour}, ${kind}: ${solution}`);
    if (kind === "options_chain") continue;
    for (const rule of ["release", "strict"] as const) {
      ok(scoreNumber(solution, gold, rule).correct, `${rule}, ${flavour}, ${kind}: ${solution}`);
    }
  }
});

Deno.test("MAmmoTH's programs print the answer and do not write it; only they are asked for one", () => {
  for (const { kind, question, solution, gold, problem } of rowsOf("mammoth")) {
    const isProgram = kind.endsWith("_program");
    strictEqual(question.endsWith(` ${TRIGGER}`), isProgram, question);
    if (!isProgram) continue;
    strictEqual(printed(solution), Number(gold), solution);
    if (problem !== null) ok(!solution.match(/\d+/g)!.includes(gold), solution);
  }
  for (const { flavour, question } of all) ok(flavour === "mammoth" || !question.includes(TRIGGER));
});

Deno.test("MAmmoTH's options are five different numbers, the letter that is right names the answer", () => {
  const places = new Map<string, number>();
  for (const { question, problem, gold, kind } of rowsOf("mammoth", "options_chain", "options_program")) {
    const options = new Map(
      [...question.matchAll(/\(([A-E])\) (\d+)/g)].map(([, letter, n]) => [letter!, n!]),
    );
    strictEqual(options.size, 5, question);
    strictEqual(new Set(options.values()).size, 5, question);
    const right = [...options].filter(([, n]) => n === String(problem!.answer));
    strictEqual(right.length, 1);
    strictEqual(gold, kind === "options_chain" ? right[0]![0] : right[0]![1]);
    places.set(right[0]![0], (places.get(right[0]![0]) ?? 0) + 1);
  }
  const counts = [...places.values()];
  ok(Math.min(...counts) > 0.8 * Math.max(...counts), JSON.stringify([...places]));
});

Deno.test("MetaMath's backward rows hold when the unknown is put back, and what they know is the problem's answer", () => {
  for (const { kind, question, gold, problem } of rowsOf("metamath", "self_verified", "fobar")) {
    strictEqual(question.match(/\bx\b/g)?.length, 2, question);
    const told = question.replace(/\bx\b/, gold);
    ok(told.startsWith(statements(problem!).join(" ")), told);
    ok(new RegExp(`\\b${problem!.answer}\\b`).test(question));
    strictEqual(question.includes(asked(problem!)), kind === "fobar");
    ok(question.endsWith(" value of unknown variable x?"));
  }
});

Deno.test("MetaMath rephrases a problem: other words, the same numbers, things and answer", () => {
  const own = new Map(rowsOf("metamath", "answer_augmented").map(({ question, gold }) => [question, gold]));
  const rows = rowsOf("metamath", "rephrased");
  const forms = Map.groupBy(rows, ({ question, problem }) => {
    if (question === asCondition(problem!)) return "condition";
    return question === questionFirst(problem!) ? "question first" : "other side";
  });
  deepStrictEqual([...forms.keys()].sort(), ["condition", "other side", "question first"]);
  for (const { question, solution } of rows) {
    ok(!own.has(question), question);
    ok(!/[a-z] (?:There|Each)\b/.test(question.replaceAll(". ", ".")), question);
    ok(!solution.includes("x"), solution);
  }
  ok(forms.get("other side")!.every(({ question }) => /\b(?:gives|gets|more|fewer)\b/.test(question)));
});

Deno.test("WizardMath's problems get harder by a step, and easier by a step less or by smaller numbers", () => {
  const rows = rowsOf("wizardmath");
  for (let i = 0; i < rows.length; i += 6) {
    const [seed, ...evolved] = rows.slice(i, i + 6).map(({ problem }) => problem!);
    const sizeOf = ({ roles }: Problem) => Number(roles.a);
    for (const one of evolved.slice(0, 2)) {
      const isShorter = one.steps.length === seed!.steps.length - 1;
      ok(
        isShorter || (one.steps.length === seed!.steps.length && sizeOf(one) <= 20),
        questionText(ENGLISH, one),
      );
    }
    for (const one of evolved.slice(2)) strictEqual(one.steps.length, seed!.steps.length + 1);
  }
  deepStrictEqual([...new Set(rows.map(({ problem }) => problem!.steps.length))].sort(), [1, 2, 3]);
});

Deno.test("no question shows its answer but a backward one's, whose number may occur elsewhere, and options", () => {
  const open = all.filter(({ kind }) => !/self_verified|fobar|options|calculation/.test(kind));
  ok(open.length > COUNT);
  for (const { question, gold } of open) ok(!question.match(/\d+/g)!.includes(gold), question);
});

/** A text in which all people are one. */
function nameless(text: string): string {
  const names = mini.personNames("en").join("|");
  return text.replace(new RegExp(`\\b(?:${names})\\b`, "g"), "@");
}

Deno.test("no development or test problem is told by a flavour, in its own words, as a condition or with the question first", () => {
  // Lines by each two numbers that follow each other: a story has two at least.
  const lines = new Map<string, string[]>();
  for (const { question, solution } of all) {
    const line = nameless(`${question} ${solution}`);
    const numbers = line.match(/\d+/g)!;
    for (const two of new Set(numbers.map((n, i) => `${n} ${numbers[i + 1]}`))) {
      lines.set(two, [...lines.get(two) ?? [], line]);
    }
  }
  const isTold = (story: string) => {
    const [one, other] = atLeast(story.match(/\d+/g)!, 2);
    return (lines.get(`${one} ${other}`) ?? []).some((line) => line.includes(story));
  };
  const told = (problem: Problem) => {
    const condition = asCondition(problem);
    const question = asked(problem);
    return [statements(problem).join(" "), condition.slice(3, condition.length - question.length - 2)].map(
      nameless,
    );
  };
  const asking = (["mmwp", "mgsm", "msvamp"] as const).flatMap((benchmark) =>
    (["test", "dev"] as const).flatMap((split) => benchmarkProblems(benchmark, 250, split))
  );
  deepStrictEqual(asking.flatMap(told).filter(isTold), []);
  // The search finds what is there.
  const seeds = Array.from({ length: 100 }, (_, i) => seedProblem(3, i));
  ok(seeds.every((problem) => told(problem).some(isTold)));
});

Deno.test("every problem that a flavour tells, rephrases or evolves belongs to training, and none is of a held-out story", () => {
  for (const { problem } of all) {
    if (problem === null) continue;
    ok(
      isTraining({ sentences: problem.type.sentences, roles: problem.roles }),
      questionText(ENGLISH, problem),
    );
  }
  deepStrictEqual(all.filter(({ question }) => /\b(?:finds|sells)\b/.test(question)), []);
  deepStrictEqual(all.filter(({ question }) => /^(?:If )?\p{L}+ buys \d+ (?!more)/u.test(question)), []);
  deepStrictEqual(
    all.filter(({ question }) => /^(?:If )?(?:There are \d+ \w+ in each|Each )/i.test(question)),
    [],
  );
});
