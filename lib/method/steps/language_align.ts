/**
 * Step: stage 1, Language-Align (Section 3.2). Input: an English sentence in which some words have become another
 * language's; target: the sentence itself. In the paper only the alignment layer and the boundary vectors learn.
 * @module
 */
import type { StepContext, StepDefinition } from "../../lab/types.ts";
import { stream } from "../../random.ts";
import { codeSwitch } from "../../text/code_switch.ts";
import { lexiconFrom } from "../../text/lexicon.ts";
import { tag } from "../../text/pos.ts";
import type { World } from "../../world/world.ts";
import { POS_TAGS, type Recipe } from "../recipe.ts";
import { openWorld } from "../worlds.ts";
import { freshStart, type StageInput, trainStage } from "./stage.ts";

interface Input extends StageInput {
  readonly code_switch: Recipe["code_switch"];
}

export const languageAlignStep: StepDefinition<Input, { loss: { first: number; last: number } }> = {
  id: "language_align",
  version: 1,
  module: import.meta.url,
  run(inputs: Input, context: StepContext) {
    const { seed, stage } = inputs;
    const pairs = switchedTexts(openWorld(inputs), inputs.code_switch, seed, stage.examples)
      .map(({ source, target }) => ({ source, target, instruction: "translate" as const }));
    return trainStage(freshStart(inputs), { name: "align", pairs }, inputs, context);
  },
};

/** English texts (`target`), each switched (`source`) into one of the other languages (`lang`), which take turns. */
export function switchedTexts(
  world: World,
  settings: Recipe["code_switch"],
  seed: number,
  count: number,
): { source: string; target: string; lang: string }[] {
  const names = new Set(world.personNames("en"));
  const options = { ...settings, pos: settings.pos ?? POS_TAGS };
  const targets = world.languages().map(({ code }) => code).filter((code) => code !== "en");
  const lexicons = targets.map((code) => {
    const pairs = [...world.goldLexicon(code)].flatMap(([english, translations]) =>
      translations.map((translation) => [english, translation] as const)
    );
    return lexiconFrom(code, pairs, "world");
  });
  return world.monolingual("en", { seed, count }).map((target, i) => {
    const turn = i % targets.length;
    const random = stream(seed, "switch", i);
    const { text } = codeSwitch(target, tag(target, { names }), lexicons[turn], options, random);
    return { source: text, target, lang: targets[turn] };
  });
}
