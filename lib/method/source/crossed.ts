/**
 * Step: a task's items across languages (Lin et al., 2024, arXiv:2404.11932; code Lingy12/CrossIn 8ffcf42): a question in one
 * language with the answer in another, which a line in brackets names, and questions to be written in English.
 * @module
 */
import { atLeast } from "../../checked.ts";
import type { StepContext, StepDefinition } from "../../lab/experiment/types.ts";
import { type Stream, stream } from "../../random.ts";
import type { World } from "../../world/world.ts";
import { answerText, questionText, type TaskAnswers } from "./items.ts";
import { shortEnough } from "./lengths.ts";
import { checkSameItem } from "./same_item.ts";
import { type Limits, type Pair, writePairs } from "./source.ts";
import { openWorld, type TaskSource, type WorldInput } from "./worlds.ts";

/** What is asked in which language and answered in which; "translate" writes a question in English. */
export const CROSSINGS = ["en2x", "x2en", "x2x", "translate"] as const;
export type Crossing = typeof CROSSINGS[number];

interface Crossed extends TaskSource {
  readonly task_answers: TaskAnswers;
  /** In turn, so that each has as many examples. */
  readonly kinds: readonly Crossing[];
  /** By code, without English. */
  readonly languages: readonly string[];
}

interface Input extends Crossed, WorldInput, Limits {
  readonly seed: number;
}

export const crossedStep: StepDefinition<Input, { pairs: number }> = {
  id: "crossed",
  version: 1,
  module: import.meta.url,
  runtime: [],
  run(inputs: Input, context: StepContext) {
    const world = openWorld(inputs);
    const draw = (from: number, count: number) => crossedPairs(world, inputs, inputs.seed, count, from);
    return writePairs(context, shortEnough(inputs, draw));
  },
};

/** Pairs `from` to `from + count` of an endless sequence. */
export function crossedPairs(
  world: World,
  { task, task_data: data, task_answers, kinds, languages }: Crossed,
  seed: number,
  count: number,
  from = 0,
): Pair[] {
  return Array.from({ length: count }, (_, i): Pair => {
    const at = from + i;
    const kind = kinds[at % kinds.length]!;
    const [asked, answered] = direction(kind, languages, stream(seed, "crossed", at));
    const itemIn = (lang: string) =>
      atLeast(world.instructions(task, lang, { seed, count: 1, from: at, data }), 1)[0];
    const [question, other] = [itemIn(asked), itemIn(kind === "translate" ? "en" : answered)];
    checkSameItem(question, other, data);
    const source = questionText(question);
    const lang = asked === "en" ? answered : asked;
    if (kind === "translate") return { source, target: questionText(other), instruction: "translate", lang };
    const target = answerText(other, task_answers);
    const langs = { lang, source_lang: asked, target_lang: answered };
    return { source: `${source}\n[${answered}]`, target, instruction: task, ...langs };
  });
}

/** The languages of question and answer; those of "x2x" are drawn apart, English too, and may be the same. */
function direction(kind: Crossing, others: readonly string[], random: Stream): [string, string] {
  if (kind === "x2x") return [random.pick(["en", ...others]), random.pick(["en", ...others])];
  const other = random.pick(others);
  return kind === "en2x" ? ["en", other] : [other, "en"];
}
