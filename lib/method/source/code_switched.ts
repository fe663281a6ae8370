/**
 * Step: English sentences in which some words have become another language's, to be written out in English
 * (Section 3.2). The languages take turns.
 * @module
 */
import { UserError } from "../../errors.ts";
import type { Artifact, StepContext, StepDefinition } from "../../lab/experiment/types.ts";
import { stream } from "../../random.ts";
import { codeSwitch } from "../../text/code_switch.ts";
import type { Lexicon } from "../../text/lexicon.ts";
import { mispaired } from "../../text/mispaired.ts";
import { tag } from "../../text/pos.ts";
import type { Draw, World } from "../../world/world.ts";
import { readInduced } from "../lexicon/file.ts";
import type { Recipe } from "../recipe/fields.ts";
import { POS_TAGS } from "../recipe/pos.ts";
import { type EnglishSource, englishTexts } from "./english.ts";
import { shortEnough } from "./lengths.ts";
import { type Limits, type Pair, writePairs } from "./source.ts";
import { openWorld, otherLanguages, type WorldInput } from "./worlds.ts";

/** How words are switched. */
type Settings = Omit<Recipe["code_switch"], "lexicon">;

interface Input extends WorldInput, Limits {
  readonly seed: number;
  readonly code_switch: Settings;
  readonly english: EnglishSource;
  /** An induced lexicon, or the world's own mispaired; without it the world's own. */
  readonly lexicon?: Artifact | "mispaired";
}

export const codeSwitchedStep: StepDefinition<Input, { pairs: number }> = {
  id: "code_switched",
  version: 1,
  module: import.meta.url,
  runtime: [],
  run(inputs: Input, context: StepContext) {
    const { seed, code_switch, english } = inputs;
    const world = openWorld(inputs);
    const lexicons = lexiconsOf(inputs, world);
    const texts = (draw: Draw) => englishTexts(world, english, draw);
    const draw = (from: number, count: number) =>
      switchedTexts(world, code_switch, { seed, count, from }, texts, lexicons);
    return writePairs(context, shortEnough(inputs, draw));
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
  { seed, count, from = 0 }: Draw,
  texts: (draw: Draw) => string[] = (draw) => world.monolingual("en", draw),
  lexicon: (code: string) => Lexicon = world.lexicon,
): Pair[] {
  const names = new Set(world.personNames("en"));
  const options = { ...settings, pos: settings.pos ?? POS_TAGS };
  const targets = settings.languages === "all" ? otherLanguages(world) : world.dictionaries();
  if (targets.length === 0) {
    throw new UserError(
      "Cannot code-switch: the world has no dictionary; `deno task data` says where to get MUSE's",
    );
  }
  const lexicons = targets.map(lexicon);
  return texts({ seed, count, from }).map((target, at) => {
    const i = from + at;
    const turn = i % targets.length;
    const random = stream(seed, "switch", i);
    const { text } = codeSwitch(target, tag(target, { names }), lexicons[turn]!, options, random);
    return { source: text, target, instruction: "translate", lang: targets[turn]! };
  });
}
