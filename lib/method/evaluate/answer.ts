/**
 * Step: a system's answers to a benchmark. What differs between systems is their reading alone.
 * @module
 */
import { engineOf } from "../../engine/mod.ts";
import { UserError } from "../../errors.ts";
import type { Artifact, StepContext, StepDefinition } from "../../lab/experiment/types.ts";
import { openLlama } from "../../model/llama/model.ts";
import { loadTokenizer } from "../../model/checkpoint/tokenizer.ts";
import { modelFolders, type Models } from "../models/models.ts";
import type { Instruction } from "../reader/prompts.ts";
import { openReader, type Reader } from "../reader/reader.ts";
import type { Reading } from "../reader/reading.ts";
import type { Evaluation } from "../recipe/fields.ts";
import { openWorld, type WorldInput } from "../source/worlds.ts";
import { askBenchmarks, type Asked, type Asking } from "./asking.ts";
import { TASK_OF } from "./score.ts";

interface Input extends Models, WorldInput {
  /** The last training; null: the LLM as it came. */
  readonly trained: Artifact | null;
  readonly reading: Reading;
  readonly asked: Asked;
  readonly evaluation: Asking;
}

/** Fewer tokens are no question. */
const MIN_ROOM = 16;

export const answerStep: StepDefinition<Input, null> = {
  id: "answer",
  version: 1,
  module: import.meta.url,
  label: ({ asked }) => asked.items,
  async run(inputs: Input, context: StepContext) {
    const { reading, asked, evaluation } = inputs;
    const folders = modelFolders(reading, inputs, inputs.trained);
    const tokenizer = loadTokenizer(inputs.llm_tokenizer.dir);
    const engine = engineOf(context.runtime);
    const encoder = folders.states && await engine.encoder(folders.states.encoder, context.runtime);
    try {
      const reader = openReader(reading, tokenizer, encoder);
      const room = questionRoom(
        reader,
        TASK_OF[asked.items],
        openLlama(folders.llm).config.max_position_embeddings,
        evaluation,
      );
      const system = await engine.open(folders, context.runtime);
      try {
        const respondent = { system, reader, tokenizer, room };
        await askBenchmarks(openWorld(inputs), asked, respondent, evaluation, context);
      } finally {
        await system.dispose();
      }
    } finally {
      await encoder?.dispose();
    }
    return null;
  },
};

/**
 * How many tokens of a question fit beside the rest of its prompt and an answer.
 * @throws {UserError} when hardly any do
 */
export function questionRoom(
  reader: Pick<Reader, "besides">,
  instruction: Instruction,
  positions: number,
  { max_new_tokens }: Pick<Evaluation, "max_new_tokens">,
): number {
  const room = positions - reader.besides(instruction) - max_new_tokens;
  if (room >= MIN_ROOM) return room;
  throw new UserError(
    `Cannot ask: beside ${max_new_tokens} new tokens the LLM's ${positions} positions leave ${room} for a question; ` +
      "lower evaluation.max_new_tokens",
  );
}
