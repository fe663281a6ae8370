/** Translations of questions beside the English that they should be: by the translator of Translate-En, a program, or nobody. */
import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { atLeast } from "../../lib/checked.ts";
import type { Answer, Artifact, Benchmark, StepScore } from "../../lib/lab/experiment/types.ts";
import { corpusBleu, corpusChrf, corpusTer } from "../../lib/metric/mod.ts";
import { benchmarksOf } from "../../lib/method/evaluate/benchmarks.ts";
import { scoreTranslationsStep } from "../../lib/method/evaluate/score_translations.ts";
import { writeTranslations } from "../../lib/method/evaluate/translations.ts";
import {
  translationQuality,
  type TranslationRecipe,
  translationRecipe,
} from "../../lib/method/probes/translation_quality.ts";
import { NOISY_TRANSLATIONS } from "../../lib/method/recipe/noise.ts";
import { questionText } from "../../lib/method/source/items.ts";
import { alignBudgetOf } from "../../lib/method/system.ts";
import { translateEn } from "../../lib/method/systems/translate_en.ts";
import { applyPatch } from "../../lib/lab/plan/patch.ts";
import { mini } from "../../lib/world/mini/mod.ts";
import { withFolder } from "../model/_models.ts";
import { bench, stepContext, TINY } from "./_tiny.ts";

const BASE = applyPatch(translationRecipe, {
  ...{ llm: TINY.llm, encoder: TINY.encoder, evaluation: TINY.evaluation },
  translator: alignBudgetOf(TINY),
}) as TranslationRecipe;

async function asked(): Promise<Benchmark> {
  return atLeast(await translationQuality.benchmarks(BASE, { world: "mini" }), 1)[0];
}

async function run(patch: Partial<TranslationRecipe> = {}) {
  const context = bench({ benchmarks: [{ ...await asked(), languages: ["bn", "de"] }] });
  await translationQuality.run({ ...BASE, ...patch }, context);
  return context;
}

Deno.test("MMWP's questions in every language but English are asked, at the levels of the paper", async () => {
  const { languages, groups } = await asked();
  strictEqual(languages.length, 47);
  ok(!languages.includes("en"));
  deepStrictEqual(Object.values(groups).map(({ length }) => length), [21, 17, 9]);
});

Deno.test("the translator is trained and asked by the very steps of Translate-En", async () => {
  const quality = await run();
  const questions = benchmarksOf(mini).filter(({ id }) => id === "mmwp");
  const system = bench({ benchmarks: questions.map((one) => ({ ...one, languages: ["bn", "de", "en"] })) });
  await translateEn.run(translateEn.from(TINY), system);
  const inputOf = ({ steps }: typeof system, step: string) =>
    steps.filter(({ id }) => id === step).at(-1)!.input;
  for (const step of ["fit", "translate_questions"]) {
    deepStrictEqual(inputOf(quality, step), inputOf(system, step));
  }
  ok(quality.steps.some(({ id }) => id === "training_facts"));
});

Deno.test("a translator of noisy translations learns from others, and what is not translated trains nothing", async () => {
  const [right, noisy, itself] = [
    await run(),
    await run(NOISY_TRANSLATIONS),
    await run({ writes: "itself" }),
  ];
  ok(noisy.steps.some(({ id }) => id === "translation_noise"));
  ok(!right.steps.some(({ id }) => id === "translation_noise"));
  deepStrictEqual(itself.steps.map(({ id }) => id), ["score_translations"]);
});

Deno.test("a program that reads lines and writes lines stands in the translator's place", async () => {
  const command = { run: ["sed", "s/^/{mode}: /"], modes: { bn: "B", de: "G" } };
  const { steps } = await run({ command });
  deepStrictEqual(steps.map(({ id }) => id), ["translate_by_command", "score_translations"]);
  deepStrictEqual(translationQuality.programs!({ ...BASE, command }), ["sed"]);
});

/** The step's answers and scores of German questions. */
async function scored(
  translations: "itself" | "another" | ((english: string, at: number) => string),
  items = 4,
) {
  const answers: Answer[] = [];
  const scores: StepScore[] = [];
  const english = mini.benchmark("mmwp", "en", { items });
  await withFolder(async (root) => {
    const context = stepContext(root, {
      answers: (rows) => void answers.push(...rows),
      scores: (rows) => void scores.push(...rows),
    });
    const written: Artifact = { kind: "artifact", key: "", dir: context.checkpointDir, value: null };
    if (typeof translations === "function") {
      writeTranslations(
        written,
        english.map((item, at) => ({
          lang: "de",
          item: item.id,
          text: translations(questionText(item), at),
        })),
      );
    }
    await scoreTranslationsStep.run({
      ...{ world: "mini", of: "mmwp", benchmark: "translated", languages: ["de"], items, split: "test" },
      translations: typeof translations === "function" ? written : translations,
    }, context);
  });
  const score = (metric: string) => scores.find((one) => one.metric === metric)!;
  return { answers, score, english: english.map(questionText) };
}

Deno.test("perfect translations have BLEU and chrF of 100, no edits, and every number", async () => {
  const { answers, score } = await scored((english) => english);
  for (const [metric, value] of [["BLEU", 100], ["chrF", 100], ["TER", 0]] as const) {
    ok(Math.abs(score(metric).value - value) < 1e-9, metric);
    strictEqual(score(metric).scope, "de");
  }
  deepStrictEqual(answers.map(({ correct }) => correct), [true, true, true, true]);
  ok(
    answers.every(({ benchmark, lang, output, gold }) =>
      benchmark === "translated" && lang === "de" && output === gold
    ),
  );
});

Deno.test("the scores are sacreBLEU's of the texts, and a text without one of its numbers is wrong", async () => {
  const change = (english: string, at: number) =>
    at === 0 ? english.replace(/\d+/, "") : `${english} Perhaps.`;
  const { answers, score, english } = await scored(change);
  const texts = english.map(change);
  strictEqual(score("BLEU").value, corpusBleu(texts, [english]).score);
  strictEqual(score("chrF").value, corpusChrf(texts, [english]).score);
  strictEqual(score("TER").value, corpusTer(texts, [english]).score);
  ok(score("TER").value > 0);
  deepStrictEqual(answers.map(({ correct }) => correct), [false, true, true, true]);
});

Deno.test("a question that is not translated keeps its numbers and is no English; another problem is English", async () => {
  const [itself, another] = [await scored("itself"), await scored("another")];
  ok(itself.answers.every(({ correct, output, prompt }) => correct && output === prompt));
  ok(another.answers.every(({ output }) => another.english.includes(output)));
  ok(another.answers.every(({ output, gold }) => output !== gold));
  ok(itself.score("BLEU").value < 20, `${itself.score("BLEU").value}`);
  ok(another.score("chrF").value > itself.score("chrF").value);
});
