/**
 * Corrections of `@huggingface/tokenizers` (and of its copy in transformers.js), so that texts are normalised as by
 * the reference library in Rust, which every checkpoint was trained with:
 * - the reference lowers each character for itself; JavaScript lowers a sigma that ends a word to "ς". That is the only
 *   lower case that depends on what stands beside it ("İ" gives "i̇" in both);
 * - the reference sets spaces around every Chinese character; the package passes over those beyond the first plane;
 * - the reference reads the table of XLM-R's normaliser; the package does something like it, and has a space for the joiner
 *   inside of words that Sinhala, Persian and others write.
 * Marks that Unicode 9 and later added are stripped by JavaScript and not by the reference; that is left as it is.
 * @module
 */

import { precompiled } from "./_precompiled.ts";

/** A normaliser of the package, as far as it is looked at; a sequence has others. */
interface Normalizer {
  readonly config?: {
    readonly type?: string;
    readonly lowercase?: boolean;
    readonly precompiled_charsmap?: string | null;
  };
  readonly normalizers?: readonly unknown[];
  normalize(text: string): string;
  tokenize_chinese_chars?(text: string): string;
}

/** As in `is_chinese_char` of the reference, beyond the first plane. */
const CHINESE =
  /[\u{20000}-\u{2A6DF}\u{2A700}-\u{2B73F}\u{2B740}-\u{2B81F}\u{2B920}-\u{2CEAF}\u{2F800}-\u{2FA1F}]/gu;

/** Corrects a tokenizer's normaliser in place; null, or one of another kind, stays as it is. */
export function followReference(normalizer: unknown): void {
  if (normalizer === null || normalizer === undefined) return;
  const node = normalizer as Normalizer;
  for (const each of node.normalizers ?? []) followReference(each);
  const { type, lowercase, precompiled_charsmap: charsmap } = node.config ?? {};
  if (type === "Precompiled" && typeof charsmap === "string") node.normalize = precompiled(charsmap);
  if (type === "Lowercase" || (type === "BertNormalizer" && lowercase === true)) {
    const normalize = node.normalize.bind(node);
    node.normalize = (text) => normalize(text.replaceAll("Σ", "σ"));
  }
  if (type === "BertNormalizer" && node.tokenize_chinese_chars !== undefined) {
    const space = node.tokenize_chinese_chars.bind(node);
    node.tokenize_chinese_chars = (text) => space(text).replace(CHINESE, " $& ");
  }
}
