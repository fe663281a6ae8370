/**
 * A SentencePiece unigram vocabulary as `tokenizer.json`: NFKC and joined spaces, words that begin with "▁", `<s>` and
 * `</s>` around a text, as XLM-R has it.
 * @module
 */
import { must } from "../../checked.ts";

/** Pieces with their scores, and the ids of the special ones. */
export interface Unigrams {
  readonly vocabulary: readonly (readonly [string, number])[];
  readonly bos: number;
  readonly eos: number;
  readonly pad: number;
  readonly unk: number;
}

const METASPACE = { type: "Metaspace", replacement: "▁", prepend_scheme: "always", split: true };

/** What goes into `tokenizer.json` and `tokenizer_config.json`. */
export function unigramTokenizer(
  { vocabulary, bos, eos, pad, unk }: Unigrams,
  model_max_length: number,
): { tokenizer: unknown; tokenizerConfig: unknown; padId: number } {
  const token = (id: number): string => must(vocabulary[id], `piece ${id}`)[0];
  const special = (id: number) => ({ SpecialToken: { id: token(id), type_id: 0 } });
  const text = (id: "A" | "B") => ({ Sequence: { id, type_id: 0 } });
  const tokenizer = {
    version: "1.0",
    truncation: null,
    padding: null,
    added_tokens: [bos, eos, pad, unk].sort((a, b) => a - b).map((id) => addedToken(id, token(id))),
    normalizer: {
      type: "Sequence",
      normalizers: [{ type: "NFKC" }, { type: "Replace", pattern: { Regex: " {2,}" }, content: " " }],
    },
    pre_tokenizer: METASPACE,
    post_processor: {
      type: "TemplateProcessing",
      single: [special(bos), text("A"), special(eos)],
      pair: [special(bos), text("A"), special(eos), text("B"), special(eos)],
      special_tokens: Object.fromEntries(
        [bos, eos].map((id) => [token(id), { id: token(id), ids: [id], tokens: [token(id)] }]),
      ),
    },
    decoder: METASPACE,
    model: { type: "Unigram", unk_id: unk, vocab: vocabulary, byte_fallback: false },
  };
  const tokenizerConfig = {
    tokenizer_class: "XLMRobertaTokenizer",
    bos_token: token(bos),
    eos_token: token(eos),
    cls_token: token(bos),
    sep_token: token(eos),
    pad_token: token(pad),
    unk_token: token(unk),
    model_max_length,
  };
  return { tokenizer, tokenizerConfig, padId: pad };
}

/** A special token of `tokenizer.json`: found in the text as it stands there. */
export function addedToken(id: number, content: string): unknown {
  return { id, content, single_word: false, lstrip: false, rstrip: false, normalized: false, special: true };
}
