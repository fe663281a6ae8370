/**
 * Step: which sentences a system finds, by the LLM's own token embeddings, the encoder's states before the bridge, or
 * what the bridge makes of them.
 * @module
 */
import type { StepContext, StepDefinition } from "../../lab/experiment/types.ts";
import type { AskedSplit } from "../../world/world.ts";
import { openWorld, type WorldInput } from "../source/worlds.ts";
import { type States, withPool } from "./pooling.ts";
import { retrieveSentences } from "./retrieval.ts";

interface Input extends WorldInput {
  readonly source: States;
  readonly benchmark: string;
  readonly languages: readonly string[];
  /** Sentence pairs a language. */
  readonly items: number;
  readonly split: AskedSplit;
}

export const retrieveStep: StepDefinition<Input, null> = {
  id: "retrieve",
  version: 1,
  module: import.meta.url,
  async run(inputs: Input, context: StepContext) {
    const world = openWorld(inputs);
    await withPool(inputs.source, context.runtime, (pool) => retrieveSentences(world, inputs, pool, context));
    return null;
  },
};
