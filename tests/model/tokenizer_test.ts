/** Tokenizers of checkpoints. @module */
import { deepStrictEqual, strictEqual, throws } from "node:assert/strict";
import { loadTokenizer, tokenizerFromJson } from "../../lib/model/checkpoint/tokenizer.ts";
import { testWithStories, withFolder } from "./_models.ts";

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
  const words = { model: { type: "WordLevel", vocab: { a: 0 }, unk_token: "a" } };
  throws(() => tokenizerFromJson(words, {}, '"t.json"'), {
    name: "UserError",
    message:
      'Cannot use "t.json" as a tokenizer: its model "WordLevel" is not supported; supported: BPE, Unigram, WordPiece',
  });
});

Deno.test("loadTokenizer() refuses a file with bytes that are not UTF-8", async () => {
  await withFolder((folder) => {
    Deno.writeFileSync(
      `${folder}/tokenizer.json`,
      Uint8Array.from('{"model":{"vocab":{"\xe4":0}}}', (c) => c.charCodeAt(0)),
    );
    throws(() => loadTokenizer(folder), {
      name: "UserError",
      message: /tokenizer.json": it is not JSON in UTF-8/,
    });
  });
});
