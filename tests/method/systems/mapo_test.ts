/** MAPO: sampled answers, rewards from a translator, and preferences that the LLM learns. */
import { deepStrictEqual, notStrictEqual, ok, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import fc from "fast-check";
import { atLeast } from "../../../lib/checked.ts";
import { engineOf } from "../../../lib/engine/mod.ts";
import { applyPatch } from "../../../lib/lab/plan/patch.ts";
import { benchmarksOf } from "../../../lib/method/evaluate/benchmarks.ts";
import { modelFolders, type Trained } from "../../../lib/method/models/models.ts";
import { preferencesOf, type Rewarded, solutionOf } from "../../../lib/method/preference/preferences.ts";
import { readSamples, type Sampled } from "../../../lib/method/preference/sample_answers.ts";
import { openReader } from "../../../lib/method/reader/reader.ts";
import { vocabularyOf } from "../../../lib/method/reader/vocabulary.ts";
import { questionText } from "../../../lib/method/source/items.ts";
import { readPairs } from "../../../lib/method/source/source.ts";
import { mapo } from "../../../lib/method/systems/mapo.ts";
import { multiSft } from "../../../lib/method/systems/multi_sft.ts";
import type { FitInput } from "../../../lib/method/train/fit.ts";
import { loadTokenizer } from "../../../lib/model/checkpoint/tokenizer.ts";
import { openLlama } from "../../../lib/model/llama/model.ts";
import { stream } from "../../../lib/random.ts";
import { mini } from "../../../lib/world/mini/mod.ts";
import { readSteps } from "../../engine/_loop.ts";
import { type Bench, bench, digests, TINY } from "../_tiny.ts";

const benchmarks = benchmarksOf(mini).filter(({ id }) => id === "mgsm")
  .map((benchmark) => ({ ...benchmark, languages: ["bn", "en"] }));
const RECIPE = applyPatch(mapo.from(TINY), {
  preference: { questions: 2, samples: 3, steps: 3, batch_size: 4, examples: 12 },
});

const rewarded = fc.record({
  text: fc.constantFrom("a", "b", "c", "d"),
  correct: fc.boolean(),
  reward: fc.integer({ min: 0, max: 3 }),
});

Deno.test("a right answer is preferred to every other of a lower reward, right or wrong, and to nothing else", () => {
  fc.assert(fc.property(fc.array(rewarded), (answers: Rewarded[]) => {
    const got = preferencesOf(answers, stream(1, "pairs"));
    const expected = answers.flatMap((chosen) =>
      answers.filter((other) => chosen.correct && chosen.reward > other.reward && chosen.text !== other.text)
        .map((other) => ({ chosen: chosen.text, rejected: other.text }))
    );
    const sorted = (list: typeof got) => list.map((one) => `${one.chosen} > ${one.rejected}`).sort();
    deepStrictEqual(sorted(got), sorted(expected));
  }));
});

Deno.test("solutions are compared without a calculator's marks and what follows ####", () => {
  strictEqual(solutionOf("3 + 4 = <<3+4=7>>7 pens.\n#### 7"), "3 + 4 = 7 pens.");
});

/** A run whose sampled answers are replaced by three that differ, of which two are right or none is. */
async function mapoRun(right: boolean): Promise<Bench> {
  // Steps are shared by their input, which does not say what was replaced: a seed of its own.
  const run = bench({ benchmarks, seed: right ? 2 : 3 });
  const { step } = run;
  const replaced: Bench["step"] = async (definition, input) => {
    const artifact = await step(definition, input);
    if (definition.id !== "sample_answers") return artifact;
    const samples = readSamples(artifact).map((one): Sampled => ({
      ...one,
      answers: one.answers.map((_, i) => ({
        text: `${one.at % 7} + ${i} = ${i}. The answer is ${i}.`,
        correct: right && i > 0,
      })),
    }));
    const file = join(artifact.dir, "samples.ndjson");
    Deno.writeTextFileSync(file, samples.map((one) => JSON.stringify(one) + "\n").join(""));
    return artifact;
  };
  await mapo.run(RECIPE, { ...run, step: replaced });
  return run;
}

const stepIn = (run: Bench, id: string) => run.steps.find((step) => step.id === id)!;
const fitIn = (run: Bench, name: string) => {
  const found = run.steps.find(({ id, input }) => id === "fit" && (input as FitInput).name === name);
  return found && { dir: found.dir, input: found.input as FitInput };
};

Deno.test("answers are sampled from Multi-SFT's LLM, to questions that it was not trained on, in English and its languages", async () => {
  const run = bench({ benchmarks });
  await mapo.run(RECIPE, run);
  const multi = bench({ benchmarks });
  await multiSft.run(multiSft.from(TINY), multi);
  const { input, dir } = stepIn(run, "sample_answers");
  strictEqual((input as Trained).trained!.dir, fitIn(multi, "transfer")!.dir);
  const samples = readSamples({ dir });
  strictEqual(samples.length, 2 * RECIPE.languages.length);
  for (const { at, lang, question, answers } of samples) {
    ok(at >= TINY.transfer!.examples);
    const [item] = atLeast(
      mini.instructions("math", lang, { seed: 1, count: 1, from: at, data: "world" }),
      1,
    );
    strictEqual(question, questionText(item));
    strictEqual(answers.length, 3);
  }
  ok(new Set(samples.flatMap(({ answers }) => answers.map(({ text }) => text))).size > samples.length);
});

Deno.test("an answer's reward is the mean of 1 / (nats a token) of the English answers after it, by the translator", async () => {
  const run = await mapoRun(true);
  const reward_model = stepIn(run, "preferences").input as Trained;
  strictEqual(reward_model.trained!.dir, fitIn(run, "translator")!.dir);
  const pairs = [...readPairs(stepIn(run, "preferences"))];
  ok(pairs.length > 0);
  const samples = readSamples(stepIn(run, "sample_answers"));
  const folders = modelFolders(reward_model.reading, reward_model, reward_model.trained);
  const compute = { device: "cpu", threads: 1 };
  const engine = engineOf({ engine: "onnx" });
  const encoder = await engine.encoder(folders.states!.encoder, compute);
  const system = await engine.open(folders, compute);
  const vocabulary = vocabularyOf(
    openLlama(folders.llm).config,
    loadTokenizer(reward_model.llm_tokenizer.dir),
  );
  const reader = openReader(reward_model.reading, vocabulary, encoder);
  const reward = async (answer: string, references: readonly string[]) => {
    let sum = 0;
    for (const reference of references) {
      const target = reader.target(reference);
      const [score] = await system.score([{ ...reader.read(answer, "translate").prompt, target }]);
      sum += target.length / -score!;
    }
    return sum / references.length;
  };
  try {
    for (const { source, target, rejected, lang } of pairs) {
      notStrictEqual(lang, "en");
      const asked = samples.find((one) => one.question === source && one.lang === lang)!;
      const english = samples.find((one) => one.at === asked.at && one.lang === "en")!;
      const references = english.answers.map(({ text }) => text);
      ok(asked.answers.find(({ text }) => text === target)!.correct);
      ok(await reward(target, references) > await reward(rejected!, references), `${target} > ${rejected}`);
    }
  } finally {
    await system.dispose();
    await encoder.dispose();
  }
});

Deno.test("the LLM learns the preferences, beginning at its own margins, and what learned them is asked", async () => {
  const run = await mapoRun(true);
  const preference = fitIn(run, "preference")!;
  deepStrictEqual([preference.input.dpo, preference.input.trains], [{ beta: 0.1 }, ["llm"]]);
  strictEqual(preference.input.from!.dir, fitIn(run, "transfer")!.dir);
  const [[, first]] = atLeast(readSteps(preference.dir), 1);
  ok(Math.abs(first! - Math.LN2) < 1e-5, String(first));
  const weights = (dir: string) => digests(`${dir}/llm`)["model.safetensors"];
  notStrictEqual(weights(preference.dir), weights(fitIn(run, "transfer")!.dir));
  strictEqual((stepIn(run, "answer").input as Trained).trained!.dir, preference.dir);
});

Deno.test("where no sampled answer is right there is no preference, and the LLM stays as it was", async () => {
  const run = await mapoRun(false);
  deepStrictEqual([...readPairs(stepIn(run, "preferences"))], []);
  strictEqual(fitIn(run, "preference"), undefined);
  strictEqual((stepIn(run, "answer").input as Trained).trained!.dir, fitIn(run, "transfer")!.dir);
});
