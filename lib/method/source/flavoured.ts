/**
 * Step: English word problems with their solutions as one of four published sets has them (Mono-SFT's flavours; Section 5.2,
 * baseline 1). The mini world alone can write them: what it does for each is in `lib/world/mini/flavours`.
 * @module
 */
import { UserError } from "../../errors.ts";
import type { StepContext, StepDefinition } from "../../lab/experiment/types.ts";
import { type Flavour, flavourRows } from "../../world/mini/flavours/mod.ts";
import { shortEnough } from "./lengths.ts";
import { type Limits, type Pair, type Source, writePairs } from "./source.ts";

interface Input extends Limits {
  readonly world: string;
  readonly seed: number;
  readonly flavour: Flavour;
}

export const flavouredStep: StepDefinition<Input, { pairs: number }> = {
  id: "flavoured_instructions",
  version: 1,
  module: import.meta.url,
  label: ({ flavour }) => flavour,
  runtime: [],
  run({ world, seed, flavour, ...limits }: Input, context: StepContext) {
    if (world !== "mini") {
      throw new UserError(
        `Cannot write problems as "${flavour}" has them in the world "${world}": take --world mini`,
      );
    }
    const draw = (from: number, count: number) => flavouredPairs(flavour, seed, count, from);
    return writePairs(context, shortEnough(limits, draw));
  },
};

/** Rows of a flavour as what is read and what is learned; all are asked with the one instruction of word problems. */
export function flavouredPairs(flavour: Flavour, seed: number, count: number, from = 0): Pair[] {
  return flavourRows(flavour, { seed, count, from }).map(({ question, solution }) => ({
    source: question,
    target: solution,
    instruction: "math",
    lang: "en",
  }));
}

/** Where a stage's examples come from: a flavour's rows. */
export function flavoured(flavour: Flavour): Omit<Source, "forms"> {
  return {
    gives: "english",
    draw: (limits, context) => {
      const { world, seed } = context;
      return context.step(flavouredStep, { world, seed, ...limits, flavour });
    },
  };
}
