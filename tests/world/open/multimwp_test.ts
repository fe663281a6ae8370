/** MultiMWP read strictly, parted by template, and with numbers drawn anew that only reading can put to use. */
import { deepStrictEqual, notDeepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import { benchmarksOf } from "../../../lib/method/evaluate/benchmarks.ts";
import { benchmarkFloors } from "../../../lib/method/floor/floor.ts";
import { fitNumbers, solves } from "../../../lib/method/floor/numbers.ts";
import { dataSet, inventory } from "../../../lib/world/open/catalog.ts";
import { calculate } from "../../../lib/world/open/equation.ts";
import { loadGsm8k, loadMsvamp } from "../../../lib/world/open/math.ts";
import {
  loadMultiMwp,
  type MultiMwpProblem,
  numbersIn,
  parseMultiMwp,
  splitOf,
  templateOf,
} from "../../../lib/world/open/multimwp.ts";
import {
  BALANCED_TEST,
  balancedProblems,
  drawBalanced,
  OPERATIONS,
} from "../../../lib/world/open/multimwp_balanced.ts";
import { openData } from "../../../lib/world/open/world.ts";
import { mini } from "../../../lib/world/mini/mod.ts";
import { languageTable } from "../../../lib/world/table.ts";
import type { MathItem, World } from "../../../lib/world/world.ts";
import { withFolder } from "../../model/_models.ts";
import { dataTest, refuses, source } from "./_data.ts";

const ENGLISH = [
  "Ann has 24 apples and Ben has 7 fewer. How many has Ben?",
  "A rope of 10 m is cut into 4 pieces. How long is each?",
  "Ann shares 7 pears among 3 friends. How much has each?",
  "Ann is x years old.",
  "Ann has 1,200 nuts and buys 30. How many has she?",
];
/** Languages whose texts were looked at; of Chinese, whose translators wrote the most numbers as words, 432 are left. */
const LOOKED_AT = new Set("as en hi or si ta zh".split(" "));
const EQUATIONS = ["x = 24 - 7", "x = 10/4", "x = 7 / 3", "y = x - 20", "x = 1200 + 30"];

function parse(text: string, { equations = EQUATIONS.join("\n"), english = ENGLISH.join("\n") } = {}) {
  return parseMultiMwp(
    { text: source(text, "own.txt"), english: source(english), equations: source(equations) },
    { partial: true },
  );
}

Deno.test("a record is a problem where its equation is a calculation with an exact answer and its numbers are English's", () => {
  const { problems, dropped } = parse(ENGLISH.join("\n"));
  deepStrictEqual(problems.map(({ id, expression, answer }) => [id, expression, answer]), [
    ["multimwp/1", "24 - 7", "17"],
    ["multimwp/2", "10 / 4", "2.5"],
    ["multimwp/5", "1200 + 30", "1230"],
  ]);
  deepStrictEqual(dropped, { noNumber: 1, inexact: 1, otherNumbers: 0 });

  const bengali = [
    "অ্যানের ২৪টি আপেল আছে, বেনের ৭টি কম।",
    "১০ মিটার দড়ি চার টুকরো।",
    "৭ ৩",
    "x",
    "৩০ ১২০০",
  ];
  // A byte-order mark, CRLF, and no line break at the end.
  const other = parse(`\ufeff${bengali.join("\r\n")}`);
  deepStrictEqual(other.problems.map(({ id }) => id), ["multimwp/1", "multimwp/5"]);
  strictEqual(other.dropped.otherNumbers, 1);
  strictEqual(other.problems[0]!.template, problems[0]!.template);
});

Deno.test("equations that are damaged, or of unknowns, give no number", () => {
  for (
    const equation of ["x = 6 = 12", "780/20 = 39", "x = 05 + 3", "x + y = 7", "x = 3 / 0", "x = 2x", ""]
  ) {
    const equations = [equation === "" ? "?" : equation, ...EQUATIONS.slice(1)].join("\n");
    strictEqual(parse(ENGLISH.join("\n"), { equations }).problems[0]!.id, "multimwp/2", equation);
  }
});

Deno.test("files that are not line by line the same problems are refused, with the line", () => {
  refuses(() => parse(ENGLISH.slice(1).join("\n")), /own.txt": it has 4 rows, the published file 5/);
  refuses(() => parse(["", ...ENGLISH.slice(1)].join("\n")), /own.txt": line 1 is empty/);
  refuses(
    () => parseMultiMwp({ text: source("a"), english: source("a"), equations: source("x = 1") }),
    /it has 1 rows, the published file 3160/,
  );
  throws(() => loadMultiMwp("/nowhere", "xx"), /MultiMWP has no language "xx"/);
});

Deno.test("templateOf() takes names, numbers and spaces out of a text, and nothing else", () => {
  strictEqual(templateOf("Ann has 1,200 nuts.  Ben has 3."), templateOf("Zoë has 7 nuts. Tom has 12."));
  ok(templateOf("Ann has 3 nuts.") !== templateOf("Ann has 3 pears."));
});

dataTest(
  "MultiMWP as published: 226 equations give no number, and no template lies in two parts",
  (folder) => {
    const { problems, dropped } = loadMultiMwp(folder, "en");
    strictEqual(dropped.noNumber, 226);
    strictEqual(problems.length, 2836);
    const parts = Map.groupBy(problems, splitOf);
    const templates = [...parts.values()].map((part) => new Set(part.map(({ template }) => template)));
    templates.forEach((one, i) => templates.slice(i + 1).forEach((other) => ok(one.isDisjointFrom(other))));
    ok(parts.get("test")!.length > 1000 && parts.get("train")!.length > 1400);
  },
);

dataTest(
  "text, equation and answer of every language agree, before and after the numbers are drawn anew",
  (folder) => {
    const english = loadMultiMwp(folder, "en").problems;
    const drawn = drawBalanced(english, BALANCED_TEST);
    const inEnglish = new Map(balancedProblems(drawn, english).map((problem) => [problem.id, problem]));
    strictEqual(inEnglish.size, BALANCED_TEST.count);
    for (const { part, isThere } of inventory(folder, dataSet("multimwp"))) {
      if (!isThere) continue;
      const { problems } = loadMultiMwp(folder, part);
      const published = new Map(problems.map((problem) => [problem.id, problem]));
      const own = balancedProblems(drawn, problems);
      if (LOOKED_AT.has(part)) ok(own.length >= 400, `${part}: ${own.length}`);
      for (const problem of own) {
        const { id, line, question, expression, answer } = problem;
        const [a, sign, b] = expression.split(" ") as [string, string, string];
        deepStrictEqual(numbersIn(question).sort(), [a, b].sort(), `${part} ${id}: ${question}`);
        strictEqual(`${calculate(expression)}`, answer);
        ok(/^\d+$/.test(answer), answer);
        const before: MultiMwpProblem = published.get(line)!;
        strictEqual(before.expression.split(" ")[1], sign);
        // Only digits change, and they stay in their script.
        const masked = (text: string) => text.replace(/\p{Nd}+(?:[.,]\p{Nd}+)*/gu, "#");
        strictEqual(masked(question), masked(before.question));
        const isNative = (text: string) => /[^\P{Nd}0-9]/u.test(text);
        strictEqual(isNative(question), isNative(before.question), `${part} ${id}: ${question}`);
        const same = inEnglish.get(id)!;
        deepStrictEqual([same.expression, same.answer], [expression, answer]);
      }
    }
  },
);

dataTest(
  "the balanced problems: operations alike in number, pairs and order, so that numbers alone give a quarter",
  (folder) => {
    const english = loadMultiMwp(folder, "en").problems;
    const draw = (split: "train" | "test", count: number) =>
      balancedProblems(drawBalanced(english, { split, seed: 1, count }), english);
    const [train, test] = [draw("train", 4000), draw("test", BALANCED_TEST.count)];
    const trained = new Set(train.map(({ template }) => template));
    ok(test.every(({ template }) => !trained.has(template)));
    for (const problems of [train, test]) {
      for (const operation of OPERATIONS) {
        const own = problems.filter((problem) => problem.operation === operation);
        strictEqual(own.length, problems.length / 4);
        const smallerFirst = own.filter(({ question }) => {
          const [first, second] = numbersIn(question).map(Number) as [number, number];
          return first < second;
        });
        strictEqual(smallerFirst.length, own.length / 4, operation);
      }
      for (const { question } of problems) {
        const [small, large] = numbersIn(question).map(Number).sort((a, b) => a - b) as [number, number];
        ok(small >= 2 && large % small === 0 && large / small >= 2, question);
      }
    }
    const item = ({ id, question, answer }: { id: string; question: string; answer: string }): MathItem => ({
      task: "math",
      id,
      kind: "multimwp",
      question,
      solution: "",
      gold: answer,
    });
    const floor = (fitted: readonly MathItem[], asked: readonly MathItem[]) => {
      const guess = fitNumbers(fitted);
      return asked.filter((one) => solves(guess(one.question), one)).length / asked.length;
    };
    ok(floor(train.map(item), test.map(item)) < 0.3);
    // As published, numbers give it away.
    const parts = Map.groupBy(english, splitOf);
    ok(floor(parts.get("train")!.map(item), parts.get("test")!.map(item)) > 0.4);
  },
);

dataTest(
  "the first of more problems are the problems, another seed gives others, and `from` goes on",
  (folder) => {
    const english = loadMultiMwp(folder, "en").problems;
    const draw = (count: number, seed = 1, from = 0) =>
      drawBalanced(english, { split: "train", seed, count, from });
    deepStrictEqual(draw(40).slice(0, 10), draw(10));
    deepStrictEqual(draw(40).slice(10), draw(30, 1, 10));
    notDeepStrictEqual(draw(10, 2), draw(10));
  },
);

dataTest("no MSVAMP problem, and one of GSM8K's training problems, is a template of MultiMWP", (folder) => {
  const templates = new Set(loadMultiMwp(folder, "en").problems.map(({ template }) => template));
  const shared = (rows: readonly { readonly question: string }[]) =>
    rows.filter(({ question }) => templates.has(templateOf(question)));
  strictEqual(shared(loadMsvamp(folder, "en")).length, 0);
  const [gsm8k, ...others] = shared(loadGsm8k(folder, "train"));
  deepStrictEqual(others, []);
  strictEqual(splitOf({ template: templateOf(gsm8k!.question) }), "dev");
  strictEqual(shared(loadGsm8k(folder, "test")).length, 0);
});

dataTest(
  "the open world asks both, the same problems in each language, and its numbers-only floor tells them apart",
  (folder) => {
    const world = openData(folder);
    const codes = world.languages().filter(({ benchmarks }) => benchmarks.has("multimwp_balanced"))
      .map(({ code }) => code);
    ok([...LOOKED_AT].every((code) => codes.includes(code)));
    const english = new Map(
      world.benchmark("multimwp_balanced", "en").map((item) => [item.id, item as MathItem]),
    );
    strictEqual(english.size, BALANCED_TEST.count);
    for (const code of LOOKED_AT) {
      for (const item of world.benchmark("multimwp_balanced", code, { items: 100 }) as MathItem[]) {
        const { gold, solution } = english.get(item.id)!;
        deepStrictEqual([item.gold, item.solution], [gold, solution]);
      }
    }
    // One text with other numbers is the same unit.
    const [one] = [...english.values()];
    ok(one!.solution.endsWith(`= ${one!.gold}.\nThe answer is ${one!.gold}.`), one!.solution);
    const units = new Set([...english.keys()].map((id) => id.split("#")[0]));
    strictEqual(
      units.size,
      new Set(
        drawBalanced(loadMultiMwp(folder, "en").problems, BALANCED_TEST)
          .map(({ template }) => template),
      ).size,
    );
    const dev = world.benchmark("multimwp_balanced", "en", { split: "dev" });
    ok(dev.every(({ id }) => !english.has(id)));

    const which = { languages: ["en", "as"], items: 480, split: "test" as const };
    const floor = (id: "multimwp" | "multimwp_balanced") =>
      benchmarkFloors(world, "math", id, which).map(({ value }) => value);
    for (const value of floor("multimwp_balanced")) ok(value < 0.3, `${value}`);
    for (const value of floor("multimwp")) ok(value > 0.4, `${value}`);
  },
);

dataTest(
  "what is learned of MultiMWP: no template that is asked, and the same problems in every language",
  (folder) => {
    const world = openData(folder);
    const data = "multimwp";
    const languages = world.instructionLanguages("math", data);
    ok(
      [...LOOKED_AT].every((code) => languages.includes(code)) &&
        world.instructionLanguages("math").length === 1,
    );
    const draw = { seed: 1, count: 200, data } as const;
    const english = world.instructions("math", "en", draw);
    const asked = new Set(
      world.benchmark("multimwp", "en").map((item) => templateOf((item as MathItem).question)),
    );
    ok(english.every(({ question }) => !asked.has(templateOf(question))));
    const told = english.map(({ id, gold, solution }) => [id, gold, solution]);
    for (const code of languages) {
      const own = world.instructions("math", code, draw);
      deepStrictEqual(own.map(({ id, gold, solution }) => [id, gold, solution]), told, code);
    }
    deepStrictEqual(world.instructions("math", "en", { ...draw, from: 150, count: 50 }), english.slice(150));
    const dev = world.instructions("math", "en", { ...draw, split: "dev" });
    const trained = new Set(english.map(({ question }) => templateOf(question)));
    ok(dev.every(({ question }) => !trained.has(templateOf(question))));
    refuses(() => world.instructions("math", "sw", draw), /in "sw": the real sets have them in .*si/);
    refuses(
      () => world.instructions("math", "en", { ...draw, split: "test" }),
      /test split: use a benchmark/,
    );
    refuses(() => world.instructions("nli", "en", draw), /Cannot learn "nli" from multimwp/);
    refuses(() => mini.instructions("math", "en", draw), /real data; take --world open/);
  },
);

dataTest("languages that the paper does not have are asked MultiMWP alone", (folder) => {
  const paper = new Set(languageTable().map(({ code }) => code));
  for (const { code, benchmarks } of openData(folder).languages()) {
    if (!paper.has(code)) deepStrictEqual([...benchmarks], ["multimwp", "multimwp_balanced"], code);
  }
});

Deno.test("a set's language that the paper does not have is no language of its benchmarks", async () => {
  await withFolder((folder) => {
    Deno.mkdirSync(`${folder}/xnli`);
    for (const code of ["en", "ur"]) Deno.writeTextFileSync(`${folder}/xnli/${code}.tsv`, "");
    deepStrictEqual(openData(folder).languages().map(({ code }) => code), ["en"]);
  });
});

Deno.test("MultiMWP's languages are grouped by whether there is a dictionary, and the mini world does not have it", () => {
  const language = (code: string) => ({
    ...languageTable()[0]!,
    code,
    benchmarks: new Set(["multimwp_balanced"] as const),
  });
  const world: World = {
    ...mini,
    languages: () => ["en", "hi", "zh", "as"].map(language),
    dictionaries: () => ["hi", "zh"],
  };
  const [benchmark] = benchmarksOf(world).filter(({ id }) => id === "multimwp_balanced");
  deepStrictEqual(benchmark!.groups, { "no dictionary": ["as"], English: ["en"], dictionary: ["hi", "zh"] });
  deepStrictEqual(benchmarksOf(mini).filter(({ id }) => id.startsWith("multimwp")), []);
  refuses(() => mini.benchmark("multimwp", "en"), /real data; take --world open/);
});
