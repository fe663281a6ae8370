/**
 * Step: stage 1, Language-Align (Section 3.2). Input: an English sentence in which some words have become another
 * language's; target: the sentence itself. In the paper only the alignment layer and the boundary vectors learn.
 * @module
 */
import type { Artifact, StepContext, StepDefinition } from "../../lab/types.ts";
import { stream } from "../../random.ts";
import { codeSwitch } from "../../text/code_switch.ts";
import { lexiconFrom } from "../../text/lexicon.ts";
import { tag } from "../../text/pos.ts";
import type { World } from "../../world/world.ts";
import { createTextEncoder } from "../encode.ts";
import { freshLift, type LiftExample, saveLift, trainLift } from "../lift.ts";
import { instructionIds, targetIds } from "../prompts.ts";
import { POS_TAGS, type Recipe, type Stage } from "../recipe.ts";
import { openWorld } from "../worlds.ts";
import { encoderOf } from "./pretrain_encoder.ts";
import { llamaOf } from "./pretrain_llm.ts";
import { tokenizerOf } from "./tokenizers.ts";

/** The frozen parts and the vocabularies that both stages need. */
export interface Parts {
  readonly llm: Artifact;
  readonly llm_tokenizer: Artifact;
  readonly encoder: Artifact;
  readonly encoder_tokenizer: Artifact;
}

interface Input extends Parts {
  readonly world: string;
  readonly seed: number;
  readonly code_switch: Recipe["code_switch"];
  readonly alignment_layer: Recipe["alignment_layer"];
  readonly instruction: Recipe["instruction"];
  readonly stage: Stage;
}

export const languageAlignStep: StepDefinition<Input, { loss: { first: number; last: number } }> = {
  id: "language_align",
  version: 1,
  module: import.meta.url,
  async run(inputs: Input, context: StepContext) {
    const { seed, stage } = inputs;
    const encoderModel = encoderOf(inputs.encoder);
    const tokenizer = tokenizerOf(inputs.llm_tokenizer);
    const pairs = switchedTexts(openWorld(inputs), inputs.code_switch, seed, stage.examples);
    const encoder = await createTextEncoder(
      encoderModel,
      tokenizerOf(inputs.encoder_tokenizer),
      context.runtime,
    );
    const states = await encoder.encode(pairs.map(({ source }) => source));
    await encoder.dispose();
    const instruction = inputs.instruction === "paper" ? instructionIds(tokenizer, "translate") : [];
    const examples: LiftExample[] = pairs.map(({ target }, i) => ({
      hidden_states: states[i],
      instruction,
      target: targetIds(tokenizer, target),
    }));
    const d_enc = encoderModel.config.hidden_size;
    const random = stream(seed, "alignment", "init");
    const fresh = freshLift(inputs.alignment_layer, d_enc, llamaOf(inputs.llm), random);
    const { lift, loss } = await trainLift(fresh, examples, stage, stream(seed, "align", "order"), context);
    saveLift(context.dir, lift);
    return { loss };
  },
};

/** English texts, each switched into one of the other languages, which take turns. */
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
    const lang = targets[i % targets.length];
    const { text } = codeSwitch(
      target,
      tag(target, { names }),
      lexicons[i % targets.length],
      options,
      stream(seed, "switch", i),
    );
    return { source: text, target, lang };
  });
}
