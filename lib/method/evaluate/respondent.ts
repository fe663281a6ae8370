/**
 * A trained system opened to be asked.
 * @module
 */
import { engineOf } from "../../engine/mod.ts";
import { UserError } from "../../errors.ts";
import type { StepContext } from "../../lab/experiment/types.ts";
import { loadTokenizer } from "../../model/checkpoint/tokenizer.ts";
import { openLlm } from "../../model/llm.ts";
import { modelFolders, type Trained } from "../models/models.ts";
import type { Instruction } from "../reader/prompts.ts";
import { openReader, type Reader } from "../reader/reader.ts";
import { vocabularyOf } from "../reader/vocabulary.ts";
import type { Evaluation } from "../recipe/fields.ts";
import type { Respondent } from "./asking.ts";

/** Fewer tokens are no question. */
const MIN_ROOM = 16;

/** Opens a system, asks it, and closes it. */
export async function withRespondent(
  system: Trained,
  instruction: Instruction,
  evaluation: Pick<Evaluation, "max_new_tokens">,
  { runtime }: Pick<StepContext, "runtime">,
  ask: (respondent: Respondent) => Promise<void>,
): Promise<void> {
  const { reading } = system;
  const folders = modelFolders(reading, system, system.trained);
  const tokenizer = loadTokenizer(system.llm_tokenizer.dir);
  const engine = engineOf(runtime);
  const encoder = folders.states && await engine.encoder(folders.states.encoder, runtime);
  try {
    const { config } = openLlm(folders.llm);
    const vocabulary = vocabularyOf(config, tokenizer);
    const reader = openReader(reading, vocabulary, encoder);
    const room = questionRoom(reader, instruction, config.max_position_embeddings, evaluation);
    const answerer = await engine.open(folders, runtime);
    try {
      await ask({ system: answerer, reader, tokenizer, room, stop_ids: vocabulary.eos });
    } finally {
      await answerer.dispose();
    }
  } finally {
    await encoder?.dispose();
  }
}

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
