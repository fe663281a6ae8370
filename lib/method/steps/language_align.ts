/**
 * Step: stage 1, Language-Align (Section 3.2). Input: an English sentence in which some words have become another
 * language's, or its translation; target: the sentence itself. In the paper only the alignment layer and the boundary
 * vectors learn. Appendix E.6 mixes in items of the task in several languages.
 * @module
 */
import type { Artifact, StepContext, StepDefinition } from "../../lab/types.ts";
import { stream } from "../../random.ts";
import { codeSwitch } from "../../text/code_switch.ts";
import type { Lexicon } from "../../text/lexicon.ts";
import { mispaired } from "../../text/mispaired.ts";
import { tag } from "../../text/pos.ts";
import type { BenchmarkId, Task, World } from "../../world/world.ts";
import { shortEnough } from "../examples.ts";
import { readInduced } from "../induced_lexicon.ts";
import { POS_TAGS, type Recipe } from "../recipe.ts";
import { answerText, questionText } from "../tasks.ts";
import { openWorld } from "../worlds.ts";
import { type StageInput, trainStage } from "./stage.ts";

/** How words are switched. */
type Settings = Omit<Recipe["code_switch"], "lexicon">;

/** What is told of code-switching. */
export interface Switching {
  /** Null: translations instead. */
  readonly code_switch: Settings | null;
  /** An induced lexicon, or the world's own mispaired; without it the world's own. */
  readonly lexicon?: Artifact | "mispaired";
}

interface Input extends StageInput, Switching {
  /** Of the items that are mixed in; null: none are. */
  readonly task: Task | null;
  readonly task_share: number;
}

export const languageAlignStep: StepDefinition<Input, { loss: { first: number; last: number } }> = {
  id: "language_align",
  version: 1,
  module: import.meta.url,
  run(inputs: Input, context: StepContext) {
    const { seed, stage, code_switch, task, task_share } = inputs;
    const world = openWorld(inputs);
    const wanted = task === null ? 0 : Math.round(task_share * stage.examples);
    const items = task === null || wanted === 0 ? [] : shortEnough(
      { ...stage, examples: wanted },
      (from, count) => taskItems(world, task, seed, count, from),
    );
    const lexicons = lexiconsOf(inputs, world);
    const texts = shortEnough(
      { ...stage, examples: stage.examples - wanted },
      (from, count) =>
        code_switch === null
          ? parallelTexts(world, seed, count, from)
          : switchedTexts(world, code_switch, seed, count, from, lexicons),
    );
    const translations = texts.map(({ source, target }) => ({
      source,
      target,
      instruction: "translate" as const,
    }));
    const pairs = [...translations, ...items];
    return trainStage(null, { name: "align", pairs }, inputs, context);
  },
};

/** By language, what words are switched with. */
function lexiconsOf({ lexicon, seed }: Input, world: World): (code: string) => Lexicon {
  if (lexicon === undefined) return world.lexicon;
  if (lexicon === "mispaired") {
    return (code) => mispaired(world.lexicon(code), stream(seed, "mispaired", code));
  }
  const induced = readInduced(lexicon.dir);
  return (code) => induced.get(code)!;
}

/** English texts (`target`), each switched (`source`) into one of the other languages (`lang`), which take turns. */
export function switchedTexts(
  world: World,
  settings: Settings,
  seed: number,
  count: number,
  from = 0,
  lexicon: (code: string) => Lexicon = world.lexicon,
): { source: string; target: string; lang: string }[] {
  const names = new Set(world.personNames("en"));
  const options = { ...settings, pos: settings.pos ?? POS_TAGS };
  const targets = others(world);
  const lexicons = targets.map(lexicon);
  return world.monolingual("en", { seed, count, from }).map((target, at) => {
    const i = from + at;
    const turn = i % targets.length;
    const random = stream(seed, "switch", i);
    const { text } = codeSwitch(target, tag(target, { names }), lexicons[turn], options, random);
    return { source: text, target, lang: targets[turn] };
  });
}

/** Texts in the other languages (`source`, `lang`), which take turns, and in English (`target`). */
export function parallelTexts(
  world: World,
  seed: number,
  count: number,
  from = 0,
): { source: string; target: string; lang: string }[] {
  const targets = others(world);
  return Array.from({ length: count }, (_, at) => {
    const lang = targets[(from + at) % targets.length];
    const [{ source, target }] = world.parallel(lang, "en", { seed, count: 1, from: from + at });
    return { source, target, lang };
  });
}

/** Whose languages the items of a task are taken in: GSM8KInstruct has MGSM's. */
const BENCHMARK_OF: Readonly<Record<Task, BenchmarkId>> = { math: "mgsm", nli: "xnli", choice: "xcsqa" };

/** Training items of a task with their answers, in the languages of its benchmark, which take turns. */
export function taskItems(world: World, task: Task, seed: number, count: number, from = 0) {
  const languages = world.languages().filter(({ benchmarks }) => benchmarks.has(BENCHMARK_OF[task]));
  return Array.from({ length: count }, (_, at) => {
    const lang = languages[(from + at) % languages.length].code;
    const [item] = world.instructions(task, lang, { seed, count: 1, from: from + at });
    return { source: questionText(item), target: answerText(item), instruction: task, lang };
  });
}

function others(world: World): string[] {
  return world.languages().map(({ code }) => code).filter((code) => code !== "en");
}
