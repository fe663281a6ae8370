/**
 * Texts as the rows of ids that an encoder reads: the lab's own tokenizers, whichever engine computes the states.
 * @module
 */
import { tokenPieces } from "../model/checkpoint/token_spans.ts";
import type { Tokenizer } from "../model/checkpoint/tokenizer.ts";
import type { TextEncoder } from "./engine.ts";

/** The ids that stand before and after a text's. */
export interface Boundaries {
  readonly before: readonly number[];
  readonly after: readonly number[];
}

/** Those of the lab's own encoders, as `lib/text/subword.ts` numbers them. */
export const MINI_BOUNDARIES: Boundaries = { before: [1], after: [2] };

/** What the tokenizer's own template puts around a text. */
export function boundariesOf(tokenizer: Tokenizer): Boundaries {
  const whole = tokenizer.encode("a");
  const own = tokenizer.encode("a", { addSpecialTokens: false });
  const at = whole.findIndex((_, i) => own.every((id, k) => whole[i + k] === id));
  return { before: whole.slice(0, at), after: whole.slice(at + own.length) };
}

/** The part of a `TextEncoder` that needs no states. */
export interface TextRows extends Pick<TextEncoder, "max_tokens" | "countTokens" | "pieces"> {
  readonly boundaries: Boundaries;
  /** The ids of a text, boundary tokens included; of a longer one those of its beginning. */
  row(text: string, max_tokens?: number): number[];
}

/** @param max_tokens that the encoder reads at most, boundary tokens included */
export function textRows(tokenizer: Tokenizer, around: Boundaries, max_tokens: number): TextRows {
  const { before, after } = around;
  const boundaries = before.length + after.length;
  const idsOf = (text: string) => tokenizer.encode(text, { addSpecialTokens: false });
  return {
    boundaries: around,
    max_tokens,
    row(text, most = max_tokens) {
      return [...before, ...idsOf(text).slice(0, Math.min(most, max_tokens) - boundaries), ...after];
    },
    countTokens: (text) => idsOf(text).length + boundaries,
    pieces: (text) => [
      ...before.map(() => ""),
      ...tokenPieces(tokenizer, idsOf(text)),
      ...after.map(() => ""),
    ],
  };
}
