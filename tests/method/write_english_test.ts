/** Problems written out in English by what a system has learned, without its task. */
import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { WRITTEN, writtenBenchmarks } from "../../lib/method/evaluate/benchmarks.ts";
import { INSTRUCTIONS } from "../../lib/method/reader/prompts.ts";
import { questionText } from "../../lib/method/source/items.ts";
import { lingualift } from "../../lib/method/systems/lingualift.ts";
import { monoSft } from "../../lib/method/systems/mono_sft.ts";
import { corpusChrf } from "../../lib/metric/chrf.ts";
import { numbersIn } from "../../lib/metric/number.ts";
import type { StepScore } from "../../lib/lab/experiment/types.ts";
import { mini } from "../../lib/world/mini/mod.ts";
import { applyPatch } from "../../lib/lab/plan/patch.ts";
import type { Recipe } from "../../lib/method/recipe/fields.ts";
import { type Answering, writeEnglish } from "../../lib/method/evaluate/write_english.ts";
import { bench, stepContext, TINY } from "./_tiny.ts";

const benchmarks = writtenBenchmarks(mini, "mini").map((one) => ({ ...one, languages: ["bn", "en"] }));

Deno.test("every system writes the same problems in English, told to translate and not to solve", async () => {
  const [lift, mono] = [bench({ benchmarks }), bench({ benchmarks })];
  await lingualift.run(applyPatch(TINY, { transfer: null }) as Recipe, lift);
  await monoSft.run(monoSft.from(TINY), mono);
  const english = mini.benchmark("mgsm", "en", { items: TINY.evaluation.items });
  for (const { answers, steps } of [lift, mono]) {
    deepStrictEqual(answers.map(({ lang, item }) => [lang, item]), [
      ...english.map(({ id }) => ["bn", id]),
      ...english.map(({ id }) => ["en", id]),
    ]);
    ok(
      answers.every(({ benchmark, prompt }) =>
        benchmark === WRITTEN && prompt.endsWith(INSTRUCTIONS.translate)
      ),
    );
    deepStrictEqual(answers.slice(english.length).map(({ gold }) => gold), english.map(questionText));
    ok(!steps.some(({ id }) => id === "answer" || id === "floor"), "nothing is solved");
  }
});

Deno.test("a text is right where it has the problem's numbers, whatever their order, and its chrF stands beside", async () => {
  const items = mini.benchmark("mgsm", "en", { items: 4 });
  const gold = items.map(questionText);
  const numbers = gold.map((text) => numbersIn(text).join(" "));
  const [, second] = numbers;
  const written = new Map([
    [gold[0]!, `${gold[0]} `],
    [gold[1]!, second!.split(" ").reverse().join(" and ")],
    [gold[2]!, `${gold[2]} And 999.`],
    [gold[3]!, "How many?"],
  ]);
  const scores: StepScore[] = [];
  const answers: { item: string; extracted: string | null; correct: boolean }[] = [];
  const answering: Answering = {
    askItems: (asked) =>
      Promise.resolve({
        outputs: new Map(asked.map((item) => [item.id, written.get(questionText(item))!])),
        read: "",
      }),
  };
  const context = stepContext(Deno.makeTempDirSync(), {
    answers: (rows) => void answers.push(...rows),
    scores: (rows) => void scores.push(...rows),
  });
  await writeEnglish(mini, { of: "mgsm", languages: ["en"], items: 4, split: "test" }, answering, context);
  deepStrictEqual(answers.map(({ correct }) => correct), [true, true, false, false]);
  strictEqual(answers[3]!.extracted, null);
  const texts = gold.map((text) => written.get(text)!.trim());
  deepStrictEqual(scores.map(({ metric, scope, n }) => [metric, scope, n]), [["chrF", "en", 4]]);
  strictEqual(scores[0]!.value, corpusChrf(texts, [gold]).score / 100);
});
