/**
 * An LLM's vocabulary as systems use it: texts as ids, begun and ended as its configuration says.
 * @module
 */
import type { Tokenizer } from "../../model/checkpoint/tokenizer.ts";
import { eosTokenIds } from "../../model/llama/config.ts";
import type { LlmConfig } from "../../model/llm.ts";
import { BOS, EOS } from "./prompts.ts";

/** What of a configuration says where texts begin and end. */
type Boundaries = Pick<LlmConfig, "bos_token_id" | "eos_token_id">;

/** A tokenizer with the ids that begin and end a text. */
export interface Vocabulary {
  readonly tokenizer: Pick<Tokenizer, "encode">;
  readonly bos: number;
  /** Each ends a text; the first is learned and written. */
  readonly eos: readonly [number, ...number[]];
}

/** That of a mini LLM, whose tokenizer was trained here. */
export function ownVocabulary(tokenizer: Vocabulary["tokenizer"]): Vocabulary {
  return { tokenizer, bos: BOS, eos: [EOS] };
}

/** That of an LLM. @throws {TypeError} when its configuration names no such ids, see `hasBoundaries` */
export function vocabularyOf(config: Boundaries, tokenizer: Vocabulary["tokenizer"]): Vocabulary {
  const [first, ...others] = eosTokenIds(config);
  if (typeof config.bos_token_id !== "number" || first === undefined) {
    throw new TypeError("internal: an LLM whose texts have no beginning or no end");
  }
  return { tokenizer, bos: config.bos_token_id, eos: [first, ...others] };
}

/** Whether a configuration names the id that begins a text, and one that ends it. */
export function hasBoundaries(config: Boundaries): boolean {
  return typeof config.bos_token_id === "number" && eosTokenIds(config).length > 0;
}

/** [bos; text] */
export function textIds({ tokenizer, bos }: Vocabulary, text: string): number[] {
  return [bos, ...tokenizer.encode(text, { addSpecialTokens: false })];
}

/** [target; eos] */
export function targetIds({ tokenizer, eos }: Vocabulary, target: string): number[] {
  return [...tokenizer.encode(target, { addSpecialTokens: false }), eos[0]];
}
