/**
 * Step: pairs whose texts in other languages are as a machine would have translated them.
 * @module
 */
import type { Artifact, StepContext, StepDefinition } from "../../lab/experiment/types.ts";
import { stream } from "../../random.ts";
import { noisyText, type Vocabulary, vocabularyFrom } from "../../text/translation_noise.ts";
import { languageTable, type Level } from "../../world/table.ts";
import type { World } from "../../world/world.ts";
import { type Pair, readPairs, writePairs } from "./source.ts";
import { openWorld, type WorldInput } from "./worlds.ts";

/** Share of the words that go wrong, by the language's resource level. */
export type TranslationNoise = Readonly<Record<Level, number>>;

interface Input extends WorldInput {
  readonly seed: number;
  readonly rates: TranslationNoise;
  readonly pairs: Artifact;
}

export const noiseStep: StepDefinition<Input, { pairs: number }> = {
  id: "translation_noise",
  version: 1,
  module: import.meta.url,
  runtime: [],
  run(inputs: Input, context: StepContext) {
    const { seed, rates, pairs } = inputs;
    return writePairs(context, noisyPairs(openWorld(inputs), rates, seed, [...readPairs(pairs)]));
  },
};

/** The same pairs with errors in what is not English; the last number of what is to be written, the answer, stays. */
export function noisyPairs(
  world: World,
  rates: TranslationNoise,
  seed: number,
  pairs: readonly Pair[],
): Pair[] {
  const levels = new Map(languageTable().map(({ code, level }) => [code, level]));
  const known = new Map<string, Vocabulary>();
  const vocabulary = (lang: string): Vocabulary => {
    const found = known.get(lang) ?? vocabularyFrom(world.lexicon(lang));
    known.set(lang, found);
    return found;
  };
  return pairs.map((pair, at) => {
    const { lang, source_lang = lang, target_lang = "en" } = pair;
    const noisy = (text: string, own: string, side: string) =>
      own === "en" ? text : noisyText(
        text,
        vocabulary(own),
        { words: rates[levels.get(own) ?? "low"], numbers: side === "source" },
        stream(seed, "translation noise", side, at),
      );
    return {
      ...pair,
      source: noisy(pair.source, source_lang, "source"),
      target: noisy(pair.target, target_lang, "target"),
    };
  });
}
