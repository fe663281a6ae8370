/** Tokenizers built as SmolLM2's and XLM-R's are give the ids of Python's `tokenizers` (`tokenizers_golden.py`). */
import { deepStrictEqual, ok } from "node:assert/strict";
import { tokenizerFromJson } from "../../lib/model/checkpoint/tokenizer.ts";
import golden from "./tokenizers_golden.json" with { type: "json" };

for (const [name, { tokenizer, ids }] of Object.entries(golden.tokenizers)) {
  Deno.test(`a tokenizer of ${name}'s kind gives Python's ids in 24 languages`, () => {
    const own = tokenizerFromJson(tokenizer, {}, name);
    const different = golden.texts.flatMap((text, i) => {
      const got = own.encode(text);
      return got.join() === ids[i]!.join() ? [] : [{ text, got, expected: ids[i] }];
    });
    deepStrictEqual(different, []);
  });
}

Deno.test("SmolLM2's kind has every digit as a token of its own", () => {
  const { tokenizer } = golden.tokenizers.SmolLM2;
  const own = tokenizerFromJson(tokenizer, {}, "SmolLM2");
  for (const id of own.encode("24 + 125 = 149")) ok(own.decode([id]).replace(/\D/g, "").length <= 1);
});

/** A tokenizer of one step of cutting; its expected ids are Python's. */
function cutBy(pre_tokenizer: unknown, model: unknown) {
  const nothing = { added_tokens: [], normalizer: null, post_processor: null, decoder: null };
  return tokenizerFromJson({ ...nothing, pre_tokenizer, model }, {}, "the test");
}

Deno.test("Digits cuts at the digits of every script, each apart or a row of them together", () => {
  const model = {
    type: "WordPiece",
    unk_token: "?",
    continuing_subword_prefix: "##",
    vocab: { "?": 0, "a": 1, "१": 2, "२": 3, "१२": 4, "½": 5 },
  };
  const ids = [true, false].map((individual_digits) =>
    cutBy({ type: "Digits", individual_digits }, model).encode("a१२a½")
  );
  deepStrictEqual(ids, [[1, 2, 3, 1, 5], [1, 4, 1, 5]]);
});

Deno.test("Metaspace cuts before every space unless it says otherwise", () => {
  const model = {
    type: "Unigram",
    unk_id: 0,
    vocab: [["<unk>", 0], ["▁", -1], ["▁▁", -1.5], ["a", -1]],
  };
  const metaspace = { type: "Metaspace", replacement: "▁", prepend_scheme: "always" };
  const ids = [{}, { split: true }, { split: false }].map((says) =>
    cutBy({ ...metaspace, ...says }, model).encode("a  a")
  );
  deepStrictEqual(ids, [[1, 3, 1, 1, 3], [1, 3, 1, 1, 3], [1, 3, 2, 3]]);
});
