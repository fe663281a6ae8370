/**
 * Step: items of a task with their answers, in English (Section 3.3) or in several languages: question and answer alike
 * (MathOctopus's parallel training; the paper's Appendix E.6), or answers in English (MindMerger's second stage).
 * @module
 */
import { atLeast } from "../../checked.ts";
import type { StepContext, StepDefinition } from "../../lab/experiment/types.ts";
import type { Item, World } from "../../world/world.ts";
import { answerText, questionText, type TaskAnswers } from "./items.ts";
import { shortEnough } from "./lengths.ts";
import { checkSameItem } from "./same_item.ts";
import { type Limits, type Pair, writePairs } from "./source.ts";
import { codesOf, type TaskLanguages } from "./task_languages.ts";
import { openWorld, type TaskSource, type WorldInput } from "./worlds.ts";

/** In which language an item is answered: its own, or English whatever it asks in. */
export type AnswerLanguage = "own" | "en";

interface Input extends WorldInput, Limits, TaskSource {
  readonly seed: number;
  readonly languages: TaskLanguages;
  readonly answers: AnswerLanguage;
  readonly task_answers: TaskAnswers;
}

export const instructionsStep: StepDefinition<Input, { pairs: number }> = {
  id: "instructions",
  version: 1,
  module: import.meta.url,
  runtime: [],
  run(inputs: Input, context: StepContext) {
    const world = openWorld(inputs);
    const languages = codesOf(world, inputs, inputs.languages);
    const draw = (from: number, count: number) =>
      taskItems(world, inputs, languages, inputs.seed, count, from);
    return writePairs(context, shortEnough(inputs, draw));
  },
};

/** Training items of a task with their answers, in languages that take turns. */
export function taskItems(
  world: World,
  { task, task_data: data, answers = "own", task_answers }: TaskSource & {
    readonly answers?: AnswerLanguage;
    readonly task_answers: TaskAnswers;
  },
  languages: readonly string[],
  seed: number,
  count: number,
  from = 0,
): Pair[] {
  const pair = (lang: string, item: Item, answered = item): Pair => ({
    source: questionText(item),
    target: answerText(answered, task_answers),
    instruction: task,
    lang,
    ...(lang === "en" || answered !== item ? {} : { target_lang: lang }),
  });
  if (languages.length === 1) {
    const [lang] = atLeast(languages, 1);
    return world.instructions(task, lang, { seed, count, from, data }).map((item) => pair(lang, item));
  }
  const itemIn = (lang: string, from: number) =>
    atLeast(world.instructions(task, lang, { seed, count: 1, from, data }), 1)[0];
  return Array.from({ length: count }, (_, at) => {
    const lang = languages[(from + at) % languages.length]!;
    const item = itemIn(lang, from + at);
    if (answers !== "en") return pair(lang, item);
    const english = itemIn("en", from + at);
    checkSameItem(item, english, data);
    return pair(lang, item, english);
  });
}
