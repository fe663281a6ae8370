/**
 * Corrections of how `@huggingface/tokenizers` (and its copy in transformers.js) cuts texts before the model sees them, so
 * that they are cut as by the reference library in Rust:
 * - `Digits` knows the digits of every script, the package those of ASCII alone;
 * - `Metaspace` cuts before every word unless it says otherwise; the package leaves the text in one piece, so that sums of
 *   scores are rounded elsewhere and equally good tokens are chosen otherwise.
 * @module
 */

/** A pre-tokenizer of the package, as far as it is looked at; a sequence has others. */
interface PreTokenizer {
  readonly tokenizers?: readonly unknown[];
  readonly replacement?: string;
  pre_tokenize_text(text: string, options?: unknown): string[];
}

/** The same in `tokenizer.json`. */
interface PreTokenizerJson {
  readonly type?: string;
  readonly pretokenizers?: readonly unknown[];
  readonly individual_digits?: boolean;
  readonly split?: boolean;
}

/** Corrects a tokenizer's pre-tokenizer in place; null, or one of another kind, stays as it is. */
export function followPreTokenizer(preTokenizer: unknown, json: unknown): void {
  if (preTokenizer === null || preTokenizer === undefined || json === null || json === undefined) return;
  const [node, { type, pretokenizers = [], individual_digits, split = true }] = [
    preTokenizer as PreTokenizer,
    json as PreTokenizerJson,
  ];
  pretokenizers.forEach((each, i) => followPreTokenizer(node.tokenizers?.[i], each));
  if (type === "Digits") {
    const pattern = individual_digits === true ? /\P{N}+|\p{N}/gu : /\P{N}+|\p{N}+/gu;
    node.pre_tokenize_text = (text) => text.match(pattern) ?? [];
  }
  if (type === "Metaspace" && split) {
    const whole = node.pre_tokenize_text.bind(node);
    const mark = node.replacement ?? "▁";
    node.pre_tokenize_text = (text, options) =>
      whole(text, options).flatMap((piece) => beforeEach(piece, mark));
  }
}

/** The pieces of a text, each but the first with `mark` in front. */
function beforeEach(text: string, mark: string): string[] {
  const [first = "", ...rest] = text.split(mark);
  return [...(first === "" ? [] : [first]), ...rest.map((piece) => mark + piece)];
}
