/** What stage 1 can read beside code-switched text, and what the parts of speech cover. */
import { deepStrictEqual, notStrictEqual, ok, strictEqual } from "node:assert/strict";
import { atLeast } from "../../lib/checked.ts";
import { applyPatch } from "../../lib/lab/plan/patch.ts";
import type { Patch, StepScore } from "../../lib/lab/experiment/types.ts";
import { lingualift } from "../../lib/method/systems/lingualift.ts";
import type { Recipe } from "../../lib/method/recipe/fields.ts";
import { POS_TAGS } from "../../lib/method/recipe/pos.ts";
import { MICRO } from "../../lib/method/recipe/scales.ts";
import { switchedTexts } from "../../lib/method/source/code_switched.ts";
import { taskItems } from "../../lib/method/source/instructions.ts";
import { parallelTexts } from "../../lib/method/source/parallel.ts";
import { TABLE_18, tagQuestionsStep } from "../../lib/method/evaluate/tag_questions.ts";
import { loadPaper } from "../../lib/paper/paper.ts";
import { PAPER_POS } from "../../lib/text/code_switch.ts";
import { answerText, questionText } from "../../lib/method/source/items.ts";
import { mini } from "../../lib/world/mini/mod.ts";
import { withFolder } from "../model/_models.ts";
import { bench, stepContext, TINY } from "./_tiny.ts";

const COUNT = 100;

Deno.test("parallelTexts() have the English and the languages of switchedTexts(), so that only the other side differs", () => {
  const [parallel, switched] = [
    parallelTexts(mini, { seed: 1, count: COUNT }),
    switchedTexts(mini, MICRO.code_switch, { seed: 1, count: COUNT }),
  ];
  const kept = (list: typeof parallel) => list.map(({ target, lang }) => [target, lang]);
  deepStrictEqual(kept(parallel), kept(switched));
  for (const [from, { source, lang }] of parallel.entries()) {
    strictEqual(source, mini.monolingual(lang, { seed: 1, count: 1, from })[0]);
  }
});

Deno.test("taskItems() are training items in the benchmark's languages in turn, with their own answers", () => {
  for (const [task, id] of [["math", "mgsm"], ["nli", "xnli"], ["choice", "xcsqa"]] as const) {
    const languages = mini.languages().filter(({ benchmarks }) => benchmarks.has(id)).map(({ code }) => code);
    const items = taskItems(mini, { task, task_data: "world", task_answers: "label" }, languages, 1, 30);
    deepStrictEqual(items.map(({ lang }) => lang), items.map((_, i) => languages[i % languages.length]));
    const asked = new Set(languages.flatMap((lang) => mini.benchmark(id, lang).map(questionText)));
    for (const [from, { source, target, instruction, lang }] of items.entries()) {
      const [item] = atLeast(mini.instructions(task, lang, { seed: 1, count: 1, from }), 1);
      deepStrictEqual([source, target, instruction], [questionText(item), answerText(item, "label"), task]);
      ok(!asked.has(source), `"${source}" is asked by ${id}`);
    }
  }
});

Deno.test("lingualift: what stage 1 reads changes its bytes; what it does not read does not run it again", async () => {
  const aligned = async (patch: Patch<Recipe>) => {
    const context = bench();
    await lingualift.run(applyPatch(TINY, patch) as Recipe, context);
    return context.steps.find(({ id }) => id === "fit")!.dir;
  };
  const base = await aligned({});
  const parallel = await aligned({ align_data: { text: "parallel" } });
  const mixed = await aligned({ align_data: { task_share: 0.5 } });
  const mispaired = await aligned({ code_switch: { lexicon: "mispaired" } });
  const losses = [base, parallel, mixed, mispaired].map((dir) => Deno.readTextFileSync(`${dir}/loss.csv`));
  strictEqual(new Set(losses).size, 4);
  strictEqual(await aligned({ align_data: { text: "parallel" }, code_switch: { ratio: 0.2 } }), parallel);
  strictEqual(await aligned({ task: "nli" }), base);
  notStrictEqual(await aligned({ task: "nli", align_data: { task_share: 0.5 } }), mixed);
});

Deno.test("lingualift: the world's own lexicon is no part of stage 1's input, so that rows from before share its result", async () => {
  const context = bench();
  await lingualift.run({ ...TINY, transfer: null }, context);
  const { lexicon: _gold, ...settings } = TINY.code_switch;
  const { input } = context.steps.find(({ id }) => id === "code_switched")!;
  deepStrictEqual((input as { code_switch: unknown }).code_switch, settings);
  ok(!("lexicon" in (input as object)));
});

Deno.test("tag_questions: shares of all parts of speech that can be switched sum to less than all words; a set has its tags' scores", async () => {
  const scoresOf = async (pos: readonly (typeof POS_TAGS[number])[]): Promise<StepScore[]> => {
    const scores: StepScore[] = [];
    await withFolder(async (folder) => {
      const context = stepContext(folder, { scores: (rows) => void scores.push(...rows) });
      await tagQuestionsStep.run({ world: "mini", pos }, context);
    });
    return scores;
  };
  const all = await scoresOf(POS_TAGS);
  for (const { value, n, k } of all) ok(k! <= n! && value === k! / n!);
  const words = all.filter(({ metric }) => metric.startsWith("words of"));
  const total = words.reduce((sum, { value }) => sum + value, 0);
  ok(total > 0.5 && total < 1, `${total}`);
  deepStrictEqual(
    await scoresOf(["NOUN", "VERB"]),
    ["", "NOUN", "VERB"].flatMap((pos) => all.filter(({ scope }) => scope === pos)),
  );
  const [overall] = atLeast(all.filter(({ scope }) => scope === ""), 1);
  const tagged = all.filter(({ metric, scope }) => metric === overall.metric && scope !== "");
  ok(overall.n! > tagged.reduce((sum, { n }) => sum + n!, 0), "all tokens, punctuation and names too");
  ok(overall.value > 0.9 && overall.value < 1, `${overall.value}`);
});

Deno.test("tag_questions: the rows of Table 18 are the parts of speech that the paper switches, each once", () => {
  deepStrictEqual(Object.values(TABLE_18).flat().sort(), [...PAPER_POS].sort());
  const printed = loadPaper().tables.find(({ id }) => id === "table-18")!.cells.map(({ row }) => row);
  deepStrictEqual(Object.keys(TABLE_18), printed);
});
