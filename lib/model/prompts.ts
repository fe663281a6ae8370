/**
 * Prompts of generation: ids or embeddings, checked and turned into the feeds of the prefill graph.
 * @module
 */
import { UserError } from "../errors.ts";
import { type Feeds, float32, int32, int32Data, type Value } from "../tensor/mod.ts";
import type { LlamaConfig } from "./llama_config.ts";
import { padIds, positionIds } from "./padding.ts";

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
  readonly kind: "ids" | "inputs_embeds";
  /** Everything that `prefillGraph(config, kind)` asks for but the parameters. */
  readonly feeds: Feeds;
  /** Tokens of each sequence, padding not counted. */
  readonly lengths: readonly number[];
  /** The place in the cache of token t of a sequence; -1 for padding. */
  placeOf(row: number, t: number): number;
}

/**
 * @throws {UserError} when there is no prompt, when one is empty, holds an id that the model does not have, or leaves no
 * position for a new token
 */
export function promptBatch(prompts: IdPrompts | EmbedPrompts, config: LlamaConfig): PromptBatch {
  const feeds: Feeds = "inputs_embeds" in prompts ? embedFeeds(prompts) : idFeeds(prompts, config);
  const mask = int32Data(feeds.attention_mask);
  const positions = int32Data(feeds.position_ids);
  const [rows, length] = feeds.attention_mask.dims;
  const last = new Float32Array(mask.length);
  const lengths = Array.from({ length: rows }, (_, row) => {
    const end = mask.lastIndexOf(1, (row + 1) * length - 1);
    const tokens = end < row * length ? 0 : positions[end] + 1;
    if (tokens === 0) throw new UserError(`Cannot generate: prompt ${row} is empty`);
    if (tokens >= config.max_position_embeddings) {
      throw new UserError(
        `Cannot generate: prompt ${row} has ${tokens} tokens, the model has ${config.max_position_embeddings} positions; shorten it`,
      );
    }
    last[end] = 1;
    return tokens;
  });
  return {
    kind: "inputs_embeds" in prompts ? "inputs_embeds" : "ids",
    feeds: { ...feeds, last: float32(last, [rows, 1, length]) },
    lengths,
    placeOf: (row, t) => mask[row * length + t] === 1 ? positions[row * length + t] : -1,
  };
}

function idFeeds(prompts: IdPrompts, config: LlamaConfig): Feeds {
  if (prompts.length === 0) throw new UserError("Cannot generate: there is no prompt");
  prompts.forEach((ids, row) => {
    if (ids.length === 0) throw new UserError(`Cannot generate: prompt ${row} is empty`);
    const stray = ids.find((id) => !Number.isInteger(id) || id < 0 || id >= config.vocab_size);
    if (stray !== undefined) {
      throw new UserError(
        `Cannot generate: prompt ${row} has the id ${stray}, the model has ${config.vocab_size} ids; is this its tokenizer?`,
      );
    }
  });
  return { ...padIds(prompts) };
}

function embedFeeds({ inputs_embeds, attention_mask }: EmbedPrompts): Feeds {
  const [rows, length] = attention_mask.dims;
  const position_ids = int32(positionIds(int32Data(attention_mask), length), [rows, length]);
  return { inputs_embeds, attention_mask, position_ids };
}
