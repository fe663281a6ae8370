/**
 * No test item, and none equal to one up to names, is in any training text. Proven on the texts themselves, not on the
 * keys that keep them apart: every name becomes "@", and what a test item tells is looked for in everything that can be
 * trained on. The controls show that the search finds such texts where they are.
 */
import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { atLeast } from "../../../lib/checked.ts";
import { stream } from "../../../lib/random.ts";
import { languageOf, mini } from "../../../lib/world/mini/mod.ts";
import { benchmarkProblems, type MathBenchmark } from "../../../lib/world/mini/math.ts";
import { isQuestion } from "../../../lib/world/mini/partition.ts";
import { drawPair, questionText, renderParts } from "../../../lib/world/mini/problem.ts";
import { PROBLEM_PAIRS } from "../../../lib/world/mini/problem_types.ts";
import type { Item } from "../../../lib/world/world.ts";

const codes = mini.languages().map(({ code }) => code);
const MATH: readonly MathBenchmark[] = ["mmwp", "mgsm", "msvamp"];

/** Replaces every form of every name by "@"; the longest first, because one may begin another. */
function nameless(code: string): (text: string) => string {
  const forms = [...mini.personNames(code)].sort((a, b) => b.length - a.length).map((form) =>
    form.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")
  );
  const spaced = languageOf(code).joiner === " " && code !== "th";
  const [before, after] = spaced ? ["(?<![\\p{L}\\p{M}])", "(?![\\p{L}\\p{M}])"] : ["", ""];
  const pattern = new RegExp(`${before}(?:${forms.join("|")})${after}`, "gu");
  return (text) => text.replace(pattern, "@");
}

/** An item as one text; options of a choice in alphabetical order. */
function asText(item: Item, joiner: string): string {
  if (item.task === "math") return `${item.question}${joiner}${item.solution}`;
  if (item.task === "nli") return `${item.premise}${joiner}${item.hypothesis}`;
  return `${item.question} ${[...item.choices].sort().join(" ")}.`;
}

/** Everything that can be trained on, as one text. */
function trainingText(code: string, count: number, seed = 7): string {
  const { joiner } = languageOf(code);
  const instructions = (["math", "nli", "choice"] as const).flatMap((task) =>
    mini.instructions(task, code, { seed, count }).map((item) => asText(item, joiner))
  );
  const texts = mini.monolingual(code, { seed, count });
  const pairs = mini.parallel("en", code, { seed: seed + 1, count }).map(({ target }) => target);
  const mixed = mini.mixed(new Map([[code, 1]]), { seed: seed + 2, count }).map(({ text }) => text);
  return [...instructions, ...texts, ...pairs, ...mixed].map(nameless(code)).join("\n");
}

/** What the test items tell: stories without their question, premise with hypothesis, question with options, pairs. */
function testTexts(code: string): string[] {
  const language = languageOf(code);
  const stories = MATH.flatMap((benchmark) =>
    benchmarkProblems(benchmark, 250, "test").map(({ type, roles }) =>
      renderParts(language, type.sentences.filter((part) => !isQuestion(part)), roles)
    )
  );
  const others = (["xnli", "xcsqa"] as const).flatMap((id) =>
    mini.benchmark(id, code).map((item) => asText(item, language.joiner))
  );
  const pairs = mini.retrieval(code).map(({ target }) => target);
  return [...stories, ...others, ...pairs].map(nameless(code));
}

for (const code of codes) {
  const count = code === "en" ? 8000 : 150;
  Deno.test(`no test item of ${code} is in its training text, whatever the names are`, () => {
    const text = trainingText(code, count);
    deepStrictEqual(testTexts(code).filter((one) => text.includes(one)), []);
  });
}

Deno.test("the search for leaks finds a test item told with other names, and items among problems drawn freely", () => {
  const english = languageOf("en");
  const problem = benchmarkProblems("mmwp", 30, "test")[0]!;
  const renamed = { ...problem, roles: { ...problem.roles, A: (Number(problem.roles.A) + 1) % 16 } };
  const [told, wanted] = [questionText(english, renamed), questionText(english, problem)].map(nameless("en"));
  strictEqual(told, wanted);
  const s = stream(7, "unfiltered");
  const free = Array.from(
    { length: 15_000 },
    () => questionText(english, drawPair(s.pick(PROBLEM_PAIRS), s)[0]),
  );
  const text = free.map(nameless("en")).join("\n");
  ok(testTexts("en").filter((one) => text.includes(one)).length > 50);
});

Deno.test("held-out templates are told in no training text: their words occur in single sentences only", () => {
  const lines = trainingText("en", 4000).split("\n");
  const telling = lines.filter((line) => /\b(finds|sells)\b/.test(line) && /[.?] ./.test(line));
  deepStrictEqual(telling, []);
  ok(lines.some((line) => /^@ finds \d+ more \w+\.$/.test(line)));
  deepStrictEqual(lines.filter((line) => /^@ buys .* @ buys /.test(line)), []);
});

Deno.test("the answer is not in the prompt: no question shows its gold number", () => {
  for (const benchmark of MATH) {
    for (const item of mini.benchmark(benchmark, "en")) {
      ok(item.task === "math" && !item.question.match(/\d+/g)?.includes(item.gold), item.id);
    }
  }
});

Deno.test("dev and test items of a benchmark tell different stories", () => {
  const english = languageOf("en");
  for (const benchmark of MATH) {
    const [dev, test] = atLeast(
      (["dev", "test"] as const).map((split) =>
        benchmarkProblems(benchmark, 200, split).map((one) => nameless("en")(questionText(english, one)))
      ),
      2,
    );
    deepStrictEqual(dev.filter((one) => test.includes(one)), []);
  }
  const [mgsm, mmwp] = atLeast(
    [benchmarkProblems("mgsm", 200, "test"), benchmarkProblems("mmwp", 200, "test")].map((
      all,
    ) => all.map((one) => nameless("en")(questionText(english, one)))),
    2,
  );
  deepStrictEqual(mgsm.filter((one) => mmwp.includes(one)), []);
});
