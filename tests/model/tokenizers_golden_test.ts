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
