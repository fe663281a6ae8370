/**
 * Step: real translations, to be written out in English (Figure 4's last point; MindMerger's first stage).
 * @module
 */
import { atLeast } from "../../checked.ts";
import type { StepContext, StepDefinition } from "../../lab/experiment/types.ts";
import type { Draw, World } from "../../world/world.ts";
import { shortEnough } from "./lengths.ts";
import { type Limits, type Pair, writePairs } from "./source.ts";
import { openWorld, otherLanguages, type WorldInput } from "./worlds.ts";

interface Input extends WorldInput, Limits {
  readonly seed: number;
  /** By code; without them all others than English. */
  readonly languages?: readonly string[];
}

export const parallelStep: StepDefinition<Input, { pairs: number }> = {
  id: "parallel",
  version: 1,
  module: import.meta.url,
  runtime: [],
  run(inputs: Input, context: StepContext) {
    const world = openWorld(inputs);
    const { seed, languages } = inputs;
    const draw = (from: number, count: number) => parallelTexts(world, { seed, count, from }, languages);
    return writePairs(context, shortEnough(inputs, draw));
  },
};

/** Texts in other languages (`source`, `lang`), which take turns, and in English (`target`). */
export function parallelTexts(
  world: World,
  { seed, count, from = 0 }: Draw,
  targets: readonly string[] = otherLanguages(world),
): Pair[] {
  return Array.from({ length: count }, (_, at) => {
    const lang = targets[(from + at) % targets.length]!;
    const [pair] = atLeast(world.parallel(lang, "en", { seed, count: 1, from: from + at }), 1);
    return { source: pair.source, target: pair.target, instruction: "translate", lang };
  });
}
