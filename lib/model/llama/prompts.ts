/**
 * Prompts of generation: ids or embeddings, checked and turned into the feeds of the prefill graph.
 * @module
 */
import { atLeast } from "../../checked.ts";
import { UserError } from "../../errors.ts";
import { type Feeds, float32, float32Data, int32Data, type Value } from "../../tensor/mod.ts";
import type { LlamaConfig } from "./config.ts";
import { padIds } from "../padding.ts";

/** Prompts as ids, one list a sequence. */
export type IdPrompts = readonly (readonly number[])[];

/** Prompts as embeddings (soft prompts). */
export interface EmbedPrompts {
  /** float32 [B, T, hidden_size] */
  readonly inputs_embeds: Value;
  /** int32 [B, T], 1 for a token and 0 for padding, which may stand anywhere. */
  readonly attention_mask: Value;
}

/** A batch that the prefill graph reads. */
export interface PromptBatch {
  readonly reads: "prompt_ids" | "prompt_embeds";
  /** `ids` or `inputs_embeds`, padded on the right, and `last` (see `decodeGraph`). */
  readonly feeds: Feeds;
  /** Tokens of each sequence, padding not counted. */
  readonly lengths: readonly number[];
}

/**
 * @throws {UserError} when there is no prompt, when one is empty, holds an id that the model does not have, or leaves no
 * position for a new token
 */
export function promptBatch(prompts: IdPrompts | EmbedPrompts, config: LlamaConfig): PromptBatch {
  const lengths = "inputs_embeds" in prompts ? tokenCounts(prompts) : prompts.map((ids) => ids.length);
  if (lengths.length === 0) throw new UserError("Cannot generate: there is no prompt");
  lengths.forEach((length, row) => {
    if (length === 0) throw new UserError(`Cannot generate: prompt ${row} is empty`);
    if (length >= config.max_position_embeddings) {
      throw new UserError(
        `Cannot generate: prompt ${row} has ${length} tokens, the model has ${config.max_position_embeddings} positions; shorten it`,
      );
    }
  });
  const longest = Math.max(...lengths);
  const last = new Float32Array(lengths.length * longest);
  lengths.forEach((length, row) => last[row * longest + length - 1] = 1);
  const embeds = "inputs_embeds" in prompts;
  return {
    reads: embeds ? "prompt_embeds" : "prompt_ids",
    feeds: {
      ...(embeds ? { inputs_embeds: alignLeft(prompts, longest) } : { ids: checkedIds(prompts, config) }),
      last: float32(last, [lengths.length, 1, longest]),
    },
    lengths,
  };
}

function checkedIds(prompts: IdPrompts, config: LlamaConfig): Value {
  prompts.forEach((ids, row) => {
    const stray = ids.find((id) => !Number.isInteger(id) || id < 0 || id >= config.vocab_size);
    if (stray !== undefined) {
      throw new UserError(
        `Cannot generate: prompt ${row} has the id ${stray}, the model has ${config.vocab_size} ids; is this its tokenizer?`,
      );
    }
  });
  return padIds(prompts).ids;
}

function tokenCounts({ attention_mask }: EmbedPrompts): number[] {
  const [rows, length] = atLeast(attention_mask.dims, 2);
  const mask = int32Data(attention_mask);
  return Array.from(
    { length: rows },
    (_, row) => mask.subarray(row * length, (row + 1) * length).reduce((sum, x) => sum + x, 0),
  );
}

/** The tokens of each row moved to its front, padding dropped: [B, longest, hidden_size]. */
function alignLeft({ inputs_embeds, attention_mask }: EmbedPrompts, longest: number): Value {
  const [rows, length, width] = atLeast(inputs_embeds.dims, 3);
  const [from, mask] = [float32Data(inputs_embeds), int32Data(attention_mask)];
  const to = new Float32Array(rows * longest * width);
  for (let row = 0; row < rows; row++) {
    let at = row * longest;
    for (let t = row * length; t < (row + 1) * length; t++) {
      if (mask[t] === 1) to.set(from.subarray(t * width, (t + 1) * width), at++ * width);
    }
  }
  return float32(to, [rows, longest, width]);
}
