/**
 * Step: Llama 2's vocabulary as a folder, for a checkpoint whose own tokenizer.json is missing or wrong.
 * @module
 */
import { join } from "node:path";
import { writeFileAtomic } from "../../files.ts";
import type { StepContext, StepDefinition } from "../../lab/experiment/types.ts";
import { llama2TokenizerJson } from "../../model/checkpoint/llama2_tokenizer.ts";

export const llama2TokenizerStep: StepDefinition<null, { vocab_size: number }> = {
  id: "llama2_tokenizer",
  version: 1,
  module: import.meta.url,
  runtime: [],
  run(_input: null, context: StepContext) {
    const tokenizer = llama2TokenizerJson();
    writeFileAtomic(join(context.dir, "tokenizer.json"), JSON.stringify(tokenizer));
    return { vocab_size: Object.keys(tokenizer.model.vocab).length };
  },
};
