/** Llama 2's vocabulary: against the package's own encoder, and against what PyTorch made a model say. @module */
import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import fc from "fast-check";
import llamaTokenizer from "llama-tokenizer-js";
import { llama2TokenizerJson } from "../../lib/model/checkpoint/llama2_tokenizer.ts";
import { tokenizerFromJson } from "../../lib/model/checkpoint/tokenizer.ts";
import { testWithStories } from "./_models.ts";

const tokenizer = tokenizerFromJson(llama2TokenizerJson(), {}, "Llama 2's vocabulary");

Deno.test("llama2TokenizerJson() encodes as llama-tokenizer-js does, and decodes to the same text", () => {
  const piece = fc.constantFrom(
    ...["the", " ", "  ", "\n", "Swahili", "1,234.5", "'s", "ß", "ทดสอบ", "東京", "🙂", "<0x0A>", "▁", "x"],
  );
  const text = fc.oneof(
    fc.array(piece, { minLength: 1 }).map((parts) => parts.join("")),
    fc.string({ minLength: 1 }),
  );
  fc.assert(
    fc.property(text, (one) => {
      // The package knows special tokens in a text only as their letters.
      fc.pre(!/<(s|\/s|unk)>/.test(one));
      deepStrictEqual(tokenizer.encode(one), llamaTokenizer.encode(one));
      if (!one.includes("▁")) strictEqual(tokenizer.decode(tokenizer.encode(one)), one);
    }),
    { numRuns: 300 },
  );
});

testWithStories("in Llama 2's vocabulary stories15M's greedy tokens are English", (folder) => {
  const { generation } = JSON.parse(Deno.readTextFileSync(`${folder}/golden.json`));
  const story = tokenizer.decode(generation.greedy_ids);
  match(story, /^Once upon a time, there was a little girl named Lily\. She loved to play outside/);
  deepStrictEqual(tokenizer.encode(story).slice(1), generation.greedy_ids);
});
