/** Tokenizers of checkpoints. @module */
import { deepStrictEqual, strictEqual, throws } from "node:assert/strict";
import { loadTokenizer, tokenizerFromJson } from "../../lib/model/tokenizer.ts";
import { testWithStories } from "./_models.ts";

// The folder's tokenizer.json is not the one that stories15M was trained with: its vocabulary is Mistral's, where "▁Once"
// is 5713, not Llama 2's, where it is 9038 (see golden.json). The expected ids below are therefore the file's own.
testWithStories("loadTokenizer() reads tokenizer.json: ids, special tokens, byte fallback", (folder) => {
  const tokenizer = loadTokenizer(folder);
  strictEqual(tokenizer.vocabSize, 32000);
  deepStrictEqual(tokenizer.encode("Once upon a time"), [1, 5713, 3714, 264, 727]);
  deepStrictEqual(tokenizer.encode("Once upon a time", { addSpecialTokens: false }), [5713, 3714, 264, 727]);
  // U+1F980 has no token of its own: four bytes 0xF0 0x9F 0xA6 0x80, at 3 + byte.
  deepStrictEqual(tokenizer.encode("\u{1F980}", { addSpecialTokens: false }).slice(-4), [243, 162, 169, 131]);
  strictEqual(tokenizer.decode([1, 5713, 3714, 2]), "Once upon");
  strictEqual(tokenizer.decode([1, 5713], { keepSpecialTokens: true }).includes("<s>"), true);
  strictEqual(tokenizer.decode([]), "");
  strictEqual(tokenizer.tokenId("</s>"), 2);
});

testWithStories("encodeBatch() and decodeBatch() treat every text for itself", (folder) => {
  const tokenizer = loadTokenizer(folder);
  const texts = ["One", "Two words", "หนึ่ง สอง", "🙂 ok"];
  const batch = tokenizer.encodeBatch(texts);
  deepStrictEqual(batch, texts.map((text) => tokenizer.encode(text)));
  deepStrictEqual(tokenizer.decodeBatch(batch), texts);
});

Deno.test("loadTokenizer() names a missing or unusable file", () => {
  throws(() => loadTokenizer("nowhere"), {
    name: "UserError",
    message: /nowhere\/tokenizer.json": there is no such/,
  });
  throws(() => tokenizerFromJson([], {}, '"t.json"'), {
    message: /Cannot use "t.json" as a tokenizer: it has no/,
  });
  throws(() => tokenizerFromJson({ model: { type: "Quantum" } }, {}, '"t.json"'), { name: "UserError" });
});
