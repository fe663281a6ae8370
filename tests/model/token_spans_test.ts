/** Where a text's tokens stand: the spans of any vocabulary, in order, are the characters that its tokens stand for. */
import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { tokenPieces, tokenSpans } from "../../lib/model/checkpoint/token_spans.ts";
import { llama2TokenizerJson } from "../../lib/model/checkpoint/llama2_tokenizer.ts";
import { tokenizerFromJson } from "../../lib/model/checkpoint/tokenizer.ts";
import { trainTokenizer } from "../../lib/text/subword.ts";
import { mini } from "../../lib/world/mini/mod.ts";

const TEXTS = mini.monolingual("en", { seed: 1, count: 40 });

const wordpiece = {
  normalizer: {
    type: "BertNormalizer",
    clean_text: true,
    handle_chinese_chars: true,
    lowercase: true,
    strip_accents: null,
  },
  pre_tokenizer: { type: "BertPreTokenizer" },
  post_processor: null,
  decoder: { type: "WordPiece", prefix: "##", cleanup: true },
  added_tokens: [],
  model: {
    type: "WordPiece",
    unk_token: "[UNK]",
    continuing_subword_prefix: "##",
    max_input_chars_per_word: 100,
    vocab: Object.fromEntries(
      [
        "[UNK]",
        ..."abcdefghijklmnopqrstuvwxyz0123456789.,?'-",
        ...[..."abcdefghijklmnopqrstuvwxyz0123456789"].map((c) => `##${c}`),
        "how",
        "##ow",
        "##ny",
      ]
        .map((piece, id) => [piece, id]),
    ),
  },
};

const own = trainTokenizer(TEXTS, { vocab_size: 400, special_tokens: ["<pad>"] });
const TOKENIZERS = {
  "byte-level BPE": tokenizerFromJson(own.tokenizer, own.config, "own"),
  "Llama 2's BPE": tokenizerFromJson(llama2TokenizerJson(), {}, "llama2"),
  WordPiece: tokenizerFromJson(wordpiece, {}, "wordpiece"),
};

for (const [name, tokenizer] of Object.entries(TOKENIZERS)) {
  Deno.test(`tokenSpans() of ${name} cover an English text's letters, each once, in order`, () => {
    for (const text of TEXTS) {
      const ids = tokenizer.encode(text, { addSpecialTokens: false });
      const spans = tokenSpans(tokenPieces(tokenizer, ids), text);
      strictEqual(spans.length, ids.length);
      let at = 0, letters = "";
      for (const span of spans) {
        if (span === null) continue;
        ok(span.from >= at && span.to > span.from);
        at = span.to;
        letters += text.slice(span.from, span.to);
      }
      strictEqual(letters.replace(/\s/g, ""), text.replace(/\s/g, ""), text);
    }
  });
}

Deno.test("a token that stands nowhere near has no span, and those after it have theirs", () => {
  const pieces = ["", "Ann", " has", "\ufffd", " 12", " has", ""];
  deepStrictEqual(tokenSpans(pieces, "Ann has 12 ½ has"), [
    null,
    { from: 0, to: 3 },
    { from: 4, to: 7 },
    null,
    { from: 8, to: 10 },
    { from: 13, to: 16 },
    null,
  ]);
  deepStrictEqual(tokenSpans(["Ann", "zoo"], "Ann has a long way to go to the zoo"), [
    { from: 0, to: 3 },
    null,
  ]);
});
