/**
 * Step: the questions of a task's training items in other languages, to be written out in English (QAlign's first stage;
 * Zhu et al., 2024, arXiv:2401.07817).
 * @module
 */
import { atLeast } from "../../checked.ts";
import { UserError } from "../../errors.ts";
import type { StepContext, StepDefinition } from "../../lab/experiment/types.ts";
import type { World } from "../../world/world.ts";
import { questionText } from "./items.ts";
import { shortEnough } from "./lengths.ts";
import { checkSameItem } from "./same_item.ts";
import { type Limits, type Pair, writePairs } from "./source.ts";
import { codesOf, type TaskLanguages } from "./task_languages.ts";
import { openWorld, type TaskSource, type WorldInput } from "./worlds.ts";

interface Input extends WorldInput, Limits, TaskSource {
  readonly seed: number;
  /** English among them is left out. */
  readonly languages: TaskLanguages;
}

export const questionPairsStep: StepDefinition<Input, { pairs: number }> = {
  id: "question_pairs",
  version: 1,
  module: import.meta.url,
  runtime: [],
  run(inputs: Input, context: StepContext) {
    const world = openWorld(inputs);
    const languages = codesOf(world, inputs, inputs.languages).filter((code) => code !== "en");
    if (languages.length === 0) {
      throw new UserError("Cannot pair questions with English: the training data is in English only");
    }
    const draw = (from: number, count: number) =>
      questionPairs(world, inputs, languages, inputs.seed, count, from);
    return writePairs(context, shortEnough(inputs, draw));
  },
};

/** Questions in languages that take turns (`source`), each with the same item's in English (`target`). */
export function questionPairs(
  world: World,
  { task, task_data: data }: TaskSource,
  languages: readonly string[],
  seed: number,
  count: number,
  from = 0,
): Pair[] {
  const item = (code: string, at: number) =>
    atLeast(world.instructions(task, code, { seed, count: 1, from: at, data }), 1)[0];
  return Array.from({ length: count }, (_, i) => {
    const at = from + i;
    const lang = languages[at % languages.length]!;
    const [own, english] = [item(lang, at), item("en", at)];
    checkSameItem(own, english, data);
    return { source: questionText(own), target: questionText(english), instruction: "translate", lang };
  });
}
