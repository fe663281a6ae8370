/**
 * Step: the subword vocabularies. The LLM's is learned on its own English-heavy text, so that a language it hardly saw
 * falls into single bytes, as Bengali does in Llama 2; the encoder's on the same amount of every language, as mT5's.
 * @module
 */
import { join } from "node:path";
import { writeFileAtomic } from "../../files.ts";
import type { StepContext, StepDefinition } from "../../lab/experiment/types.ts";
import { trainTokenizer } from "../../text/subword.ts";
import { equalShares, languageShares } from "../../world/mini/mod.ts";
import { INSTRUCTIONS, SPECIAL_TOKENS } from "../reader/prompts.ts";
import { openWorld, type WorldInput } from "../source/worlds.ts";

interface Input extends WorldInput {
  readonly model: "llm" | "encoder";
  readonly vocab_size: number;
  readonly seed: number;
}

/** Texts that a vocabulary is learned on. */
const DOCUMENTS = 24_000;

export const tokenizerStep: StepDefinition<Input, { vocab_size: number }> = {
  id: "tokenizer",
  version: 1,
  module: import.meta.url,
  label: ({ model }) => model,
  runtime: [],
  run(input: Input, context: StepContext) {
    const world = openWorld(input);
    const rows = world.languages();
    const shares = input.model === "llm"
      ? languageShares({}, rows)
      : equalShares(rows.map(({ code }) => code));
    const texts = world.mixed(shares, { seed: input.seed, count: DOCUMENTS }).map(({ text }) => text);
    const prompts = input.model === "llm" ? Array(100).fill(Object.values(INSTRUCTIONS).join("")) : [];
    const { tokenizer, config } = trainTokenizer([...texts, ...prompts], {
      vocab_size: input.vocab_size,
      space: input.model === "encoder" ? "apart" : "joined",
      special_tokens: SPECIAL_TOKENS,
      roles: { pad_token: "<pad>", bos_token: "<bos>", eos_token: "<eos>", mask_token: "<mask>" },
    });
    writeFileAtomic(join(context.dir, "tokenizer.json"), JSON.stringify(tokenizer));
    writeFileAtomic(join(context.dir, "tokenizer_config.json"), JSON.stringify(config));
    return { vocab_size: Object.keys(tokenizer.model.vocab).length };
  },
};
