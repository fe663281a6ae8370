/**
 * Step: several sampled answers of a system to each of some training questions, in English and in other languages: what
 * MAPO's preferences are made of (She et al., 2024, arXiv:2401.06838; code NJUNLP/MAPO 2c4227a).
 * @module
 */
import { join } from "node:path";
import { atLeast } from "../../checked.ts";
import { readNdjson, writeNdjson } from "../../ndjson.ts";
import type { Artifact, StepContext, StepDefinition } from "../../lab/experiment/types.ts";
import type { Item } from "../../world/world.ts";
import { scoreAnswer } from "../evaluate/score.ts";
import { withRespondent } from "../evaluate/respondent.ts";
import type { Respondent } from "../evaluate/asking.ts";
import type { Trained } from "../models/models.ts";
import { questionText } from "../source/items.ts";
import { codesOf, type TaskLanguages } from "../source/task_languages.ts";
import { openWorld, type TaskSource, type WorldInput } from "../source/worlds.ts";

/** How answers are sampled. */
export interface SamplingNumbers {
  /** Training items, each asked in every language. */
  readonly questions: number;
  /** Answers a question and language. */
  readonly samples: number;
  readonly temperature: number;
  /** An answer's length in tokens at most. */
  readonly max_new_tokens: number;
}

interface Input extends Trained, WorldInput, TaskSource, SamplingNumbers {
  readonly seed: number;
  /** The first training item that is asked: those before were trained on. */
  readonly from: number;
  /** English among them or not: it is asked anyhow. */
  readonly languages: TaskLanguages;
}

/** A question in a language, with what was sampled. */
export interface Sampled {
  /** Number of the training item. */
  readonly at: number;
  readonly lang: string;
  readonly question: string;
  readonly answers: readonly { readonly text: string; readonly correct: boolean }[];
}

const SAMPLES_FILE = "samples.ndjson";
/** Prompts that are answered at a time. */
const BATCH = 64;

export const sampleAnswersStep: StepDefinition<Input, { correct: number }> = {
  id: "sample_answers",
  version: 1,
  module: import.meta.url,
  async run(inputs: Input, context: StepContext) {
    const { task, task_data: data, seed, from, questions } = inputs;
    const world = openWorld(inputs);
    const languages = ["en", ...codesOf(world, inputs, inputs.languages).filter((code) => code !== "en")];
    const sampled: Sampled[] = [];
    await withRespondent(inputs, task, inputs, context, async (respondent) => {
      for (const [done, lang] of languages.entries()) {
        context.progress(done, languages.length, lang);
        const items = Array.from(
          { length: questions },
          (_, i) => atLeast(world.instructions(task, lang, { seed, count: 1, from: from + i, data }), 1)[0],
        );
        sampled.push(...await sampleItems(items, lang, respondent, inputs, context));
      }
    });
    writeNdjson(join(context.dir, SAMPLES_FILE), sampled);
    const answers = sampled.flatMap((one) => one.answers);
    return { correct: answers.filter(({ correct }) => correct).length / answers.length };
  },
};

/** Reads what the step wrote. */
export function readSamples({ dir }: Pick<Artifact, "dir">): Sampled[] {
  return [...readNdjson<Sampled>(join(dir, SAMPLES_FILE))];
}

async function sampleItems(
  items: readonly Item[],
  lang: string,
  { system, reader, tokenizer, room, stop_ids }: Respondent,
  { task, seed, from, samples, temperature, max_new_tokens }: Input,
  { signal }: StepContext,
): Promise<Sampled[]> {
  const wanted = items.flatMap((item, i) =>
    Array.from({ length: samples }, (_, sample) => ({ item, i, name: `${lang} ${from + i} ${sample}` }))
  );
  const texts: string[] = [];
  for (let at = 0; at < wanted.length; at += BATCH) {
    signal.throwIfAborted();
    const batch = wanted.slice(at, at + BATCH);
    const prompts = batch.map(({ item }) => reader.read(questionText(item), task, room).prompt);
    const sampling = { temperature, seed, names: batch.map(({ name }) => name) };
    const options = { max_new_tokens, stop_ids, max_text_tokens: room, sampling };
    texts.push(...(await system.generate(prompts, options)).map((ids) => tokenizer.decode(ids)));
  }
  return items.map((item, i) => ({
    at: from + i,
    lang,
    question: questionText(item),
    answers: texts.slice(i * samples, (i + 1) * samples).map((text) => ({
      text,
      // By the last number, as MAPO's code has it.
      correct: scoreAnswer(text, item, "release").correct,
    })),
  }));
}
