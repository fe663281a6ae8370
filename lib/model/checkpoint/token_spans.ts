/**
 * Where in a text its tokens stand, for putting the tokens of two vocabularies beside each other. `@huggingface/tokenizers`
 * gives no offsets, so that each token's own text is looked for where the token before it ended.
 * @module
 */
import type { Tokenizer } from "./tokenizer.ts";

/** Characters [from, to) of a text. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A token may begin so many characters after the one before: a space, and what a normalizer leaves out. */
const GAP = 3;

/**
 * The characters of each token, without a space before it; null where the token's text is not what stands there (part of
 * a character, a normalised one).
 * @param pieces what `tokenPieces` gives of the text
 */
export function tokenSpans(pieces: readonly string[], text: string): (Span | null)[] {
  const lower = text.toLowerCase();
  let at = 0;
  return pieces.map((piece) => {
    const letters = piece.trim().toLowerCase();
    if (letters === "") return null;
    const from = lower.indexOf(letters, at);
    if (from < 0 || from > at + GAP) return null;
    at = from + letters.length;
    return { from, to: at };
  });
}

/** The text of each token by itself; "" for special tokens. */
export function tokenPieces(tokenizer: Pick<Tokenizer, "decode">, ids: readonly number[]): string[] {
  // WordPiece marks a token that goes on a word.
  return ids.map((id) => tokenizer.decode([id]).replace(/^##/, ""));
}
